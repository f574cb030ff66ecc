create or replace function api.facts(
  p_service text default null,
  p_queue text default null,
  p_start_time text default null,
  p_end_time text default null
)
returns table (
  interval_start_time timestamptz,
  interval_end_time timestamptz,
  service_id int,
  service_code text,
  group_id int,
  queue text,
  source_id int,
  kind text,
  external_name text,
  interval_minutes int,
  counts boolean,
  offered int,
  unique_offered int,
  handled int,
  answered_in_threshold int,
  abandoned int,
  abandoned_in_5s int,
  abandoned_in_threshold int,
  failed int,
  talk_seconds bigint,
  outbound_talk_seconds bigint,
  hold_seconds bigint,
  wrap_seconds bigint,
  wait_handled_seconds bigint,
  wait_abandoned_seconds bigint,
  ready_seconds bigint,
  max_wait_handled_seconds int,
  max_wait_abandoned_seconds int,
  reported_handled_pct numeric,
  reported_handled_less_short_abandons_pct numeric,
  reported_service_level_pct numeric,
  reported_service_level_of_handled_pct numeric,
  reported_abandonment_pct numeric,
  reported_handle_seconds bigint,
  reported_handle_and_wrap_seconds bigint,
  reported_aht_seconds numeric,
  reported_aht_with_wrap_seconds numeric,
  reported_wait_handled_avg_seconds numeric,
  reported_wait_abandoned_avg_seconds numeric,
  reported_talk_avg_seconds numeric,
  reported_wrap_avg_seconds numeric,
  batch_id uuid,
  created_at timestamptz,
  updated_at timestamptz
)
language plpgsql stable parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_asked record;
begin
  v_asked := statistics.asked_for(p_service, p_queue, p_start_time, p_end_time, null);
  return query
  with counted as materialized (
    select c.service_id, c.source_id, c.interval_start_time
    from statistics.counted_rows(
      v_asked.service_ids,
      array_fill(v_asked.start_time::timestamptz, array[cardinality(v_asked.service_ids)]),
      array_fill(v_asked.end_time::timestamptz, array[cardinality(v_asked.service_ids)]),
      coalesce(v_asked.group_ids, '{0}'), v_asked.start_time, v_asked.end_time) c
    where c.group_id = any (coalesce(v_asked.group_ids, '{0}'))
  )
  select f.interval_start_time, f.interval_start_time + make_interval(mins => f.interval_minutes), f.service_id, s.service_code,
    nullif(m.group_id, 0), q.group_code, f.source_id, m.kind, m.external_name, f.interval_minutes::int,
    (f.service_id, f.source_id, f.interval_start_time) in (select c.service_id, c.source_id, c.interval_start_time from counted c),
    f.offered, f.unique_offered, f.handled, f.answered_in_threshold, f.abandoned, f.abandoned_in_5s,
    f.abandoned_in_threshold, f.failed, f.talk_seconds, f.outbound_talk_seconds, f.hold_seconds, f.wrap_seconds,
    f.wait_handled_seconds, f.wait_abandoned_seconds, f.ready_seconds, f.max_wait_handled_seconds,
    f.max_wait_abandoned_seconds,
    f.reported_handled_pct, f.reported_handled_less_short_abandons_pct, f.reported_service_level_pct,
    f.reported_service_level_of_handled_pct, f.reported_abandonment_pct, f.reported_handle_seconds,
    f.reported_handle_and_wrap_seconds, f.reported_aht_seconds, f.reported_aht_with_wrap_seconds,
    f.reported_wait_handled_avg_seconds, f.reported_wait_abandoned_avg_seconds, f.reported_talk_avg_seconds,
    f.reported_wrap_avg_seconds,
    f.batch_id, f.created_at, f.updated_at
  from statistics.contact_statistics f
  join org.service_settings s on s.service_id = f.service_id
  join org.source_spans m
    on m.service_id = f.service_id and m.source_id = f.source_id
    and f.interval_start_time >= m.valid_from and f.interval_start_time < m.valid_to
  left join org.queues q on q.service_id = f.service_id and q.group_id = m.group_id
  where f.service_id = any (v_asked.service_ids)
    and f.interval_start_time >= v_asked.start_time and f.interval_start_time < v_asked.end_time
    and (v_asked.group_ids is null or m.group_id = any (v_asked.group_ids))
  order by f.interval_start_time, f.source_id;
end
$$;
comment on function api.facts(text, text, text, text) is 'The rows behind a number, with source, batch and what the file reported; counts says whether a row is part of the service''s (or queue''s) figure.';
