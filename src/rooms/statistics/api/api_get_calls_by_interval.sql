create or replace function api.api_get_calls_by_interval(
  p_start_time timestamptz default null,
  p_end_time timestamptz default null,
  p_interval_minutes int default 15,
  p_service_ids int[] default null,
  p_group_ids int[] default null,
  p_time_zone text default null
)
returns table (
  interval_start timestamptz,
  interval_end timestamptz,
  service_id int,
  group_id int,
  total_received bigint,
  total_treated bigint,
  total_missed bigint,
  avg_handle_time_ms bigint,
  service_level numeric,
  occupancy_rate numeric,
  total_unique_received bigint,
  granularity_minutes int,
  service_level_variant text,
  coverage_pct double precision
)
language plpgsql stable parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_period record;
begin
  perform org.time_zone(p_time_zone);
  v_period := statistics.period(p_service_ids, p_start_time, p_end_time);
  return query
  select f.bucket_start, f.bucket_end, f.service_id, nullif(f.group_id, 0), f.offered, f.handled, f.abandoned,
    round(f.aht_seconds * 1000)::bigint, round(f.service_level_pct::numeric, 2), round(f.occupancy_pct::numeric, 2),
    f.unique_offered, f.granularity_minutes::int,
    f.service_level_variant, f.coverage_pct
  from statistics.figures(v_period.start_time, v_period.end_time, p_interval_minutes, p_time_zone, p_service_ids,
    -- A null among the ids is the service itself, as null stands for it in the answer.
    array_replace(p_group_ids, null, 0)) f
  order by f.bucket_start, f.service_id, f.group_id;
end
$$;
comment on function api.api_get_calls_by_interval(timestamptz, timestamptz, int, int[], int[], text) is 'Calls per interval (end exclusive) by ids: one row per service, or with p_group_ids one per queue. Without times: the last 24 hours that have data.';
