create or replace function api.usage(
  p_start_on date default null, p_end_on date default null, p_principal_id text default null, p_operation text default null
)
returns table (
  used_on date, principal_id text, principal_kind text, principal_name text, operation text, call_count bigint, error_count bigint,
  avg_ms double precision, max_ms double precision, last_used_at timestamptz
)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select u.used_on, u.principal_id, u.principal_kind, u.principal_name, u.operation, u.call_count, u.error_count, u.total_ms / u.call_count,
    u.max_ms, u.last_used_at
  from platform.usage u
  where u.used_on >= coalesce(p_start_on, (platform.now() at time zone 'UTC')::date - 30)
    and (p_end_on is null or u.used_on <= p_end_on)
    and (p_principal_id is null or u.principal_id = p_principal_id)
    and (p_operation is null or p_operation in (u.operation, split_part(u.operation, ' ', 1)))
$$;
comment on function api.usage(date, date, text, text) is 'Calls, errors and time (ms) per key or person, operation and day (UTC).';
