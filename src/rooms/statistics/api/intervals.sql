create or replace function api.intervals(
  p_service text default null,
  p_queue text default null,
  p_start_time text default null,
  p_end_time text default null,
  p_interval_minutes int default 15,
  p_time_zone text default null,
  p_by text default 'service'
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
  service_code text,
  queue text,
  group_key int,
  interval_count bigint,
  offered bigint,
  unique_offered bigint,
  handled bigint,
  answered_in_threshold bigint,
  abandoned bigint,
  abandoned_in_5s bigint,
  abandoned_in_threshold bigint,
  failed bigint,
  talk_seconds bigint,
  outbound_talk_seconds bigint,
  hold_seconds bigint,
  wrap_seconds bigint,
  wait_handled_seconds bigint,
  wait_abandoned_seconds bigint,
  ready_seconds bigint,
  max_wait_handled_seconds int,
  max_wait_abandoned_seconds int,
  service_level_pct double precision,
  service_level_of_handled_pct double precision,
  handled_pct double precision,
  handled_less_short_abandons_pct double precision,
  abandonment_pct double precision,
  aht_seconds double precision,
  aht_without_wrap_seconds double precision,
  talk_avg_seconds double precision,
  wrap_avg_seconds double precision,
  asa_seconds double precision,
  wait_abandoned_avg_seconds double precision,
  occupancy_pct double precision,
  service_level_variant text,
  coverage_pct double precision
)
language plpgsql stable parallel unsafe security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
  v_asked record;
begin
  v_asked := statistics.asked_for(p_service, p_queue, p_start_time, p_end_time, p_time_zone);
  return query
  select f.bucket_start, f.bucket_end, f.service_id, nullif(f.group_id, 0), f.offered, f.handled, f.abandoned,
    round(f.aht_seconds * 1000)::bigint, round(f.service_level_pct::numeric, 2), round(f.occupancy_pct::numeric, 2),
    f.unique_offered, f.granularity_minutes::int,
    s.service_code, q.group_code, f.group_id, f.interval_count,
    f.offered, f.unique_offered, f.handled, f.answered_in_threshold, f.abandoned, f.abandoned_in_5s,
    f.abandoned_in_threshold, f.failed, f.talk_seconds, f.outbound_talk_seconds, f.hold_seconds, f.wrap_seconds,
    f.wait_handled_seconds, f.wait_abandoned_seconds, f.ready_seconds, f.max_wait_handled_seconds,
    f.max_wait_abandoned_seconds,
    f.service_level_pct, f.service_level_of_handled_pct, f.handled_pct, f.handled_less_short_abandons_pct,
    f.abandonment_pct, f.aht_seconds, f.aht_without_wrap_seconds, f.talk_avg_seconds, f.wrap_avg_seconds,
    f.asa_seconds, f.wait_abandoned_avg_seconds, f.occupancy_pct,
    f.service_level_variant, f.coverage_pct
  from statistics.figures(v_asked.start_time, v_asked.end_time, nullif(p_interval_minutes, 0), p_time_zone,
    v_asked.service_ids, v_asked.group_ids, case when p_queue is null then coalesce(p_by, 'service') end) f
  -- Said once more, so that of many services only those asked about are read.
  join org.service_settings s on s.service_id = f.service_id and s.service_id = any (v_asked.service_ids)
  left join org.queues q on q.service_id = f.service_id and q.group_id = f.group_id
  order by f.bucket_start, s.service_code, f.group_id;
end
$$;
comment on function api.intervals(text, text, text, text, int, text, text) is 'Volume, times and ratios per interval and service, or per interval and queue; codes and ISO times; p_interval_minutes 0 is the whole period.';
