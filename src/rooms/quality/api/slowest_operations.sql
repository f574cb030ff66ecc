create or replace function api.slowest_operations(p_days int default 7)
returns table (operation text, call_count bigint, error_count bigint, avg_ms numeric, max_ms numeric, total_ms numeric)
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select u.operation, sum(u.call_count)::bigint, sum(u.error_count)::bigint, round((sum(u.total_ms) / sum(u.call_count))::numeric, 1),
    round(max(u.max_ms)::numeric, 1), round(sum(u.total_ms)::numeric)
  from platform.usage u
  where u.used_on > (platform.now() at time zone 'UTC')::date - p_days
  group by u.operation
$$;
comment on function api.slowest_operations(int) is 'Operations of the last days (7) with calls, errors, and milliseconds on average and at most, as callers waited for them.';
