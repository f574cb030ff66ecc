create or replace function statistics.touched_hours()
returns setof statistics.rollups
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  -- The view over it is read by people who may not read the tables; inside a view a function runs as its reader.
  select f.*
  from (
    select l.service_id, range_agg(tstzrange(l.bucket, l.bucket + l.hour_count * interval '1 hour')) as spans
    from statistics.touched_log l
    group by l.service_id
  ) t
  cross join lateral (
    select array_agg(lower(s.span) order by lower(s.span)) as from_times, array_agg(upper(s.span) order by lower(s.span)) as to_times
    from unnest(t.spans) as s (span)
  ) e
  cross join lateral statistics.folded_facts(t.service_id, e.from_times, e.to_times, null, 60, 'UTC') f
  where exists (
    select
    from statistics.touched_log l
    where l.service_id = f.service_id and l.group_id = f.group_id
      and f.bucket >= l.bucket and f.bucket < l.bucket + l.hour_count * interval '1 hour')
$$;
comment on function statistics.touched_hours() is 'The hours whose rollups may be stale, computed from the facts; for api.mv_hourly_stats.';
