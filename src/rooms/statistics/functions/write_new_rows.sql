create or replace function statistics.write_new_rows(p_batch_id uuid, p_now timestamptz)
returns bigint
language plpgsql volatile parallel unsafe
set work_mem = '64MB'
set jit = off
as $$
declare
  v_written bigint;
begin
  insert into statistics.contact_statistics (
    service_id, source_id, interval_start_time, interval_minutes,
    offered, unique_offered, handled, answered_in_threshold, abandoned, abandoned_in_5s, abandoned_in_threshold, failed,
    talk_seconds, outbound_talk_seconds, hold_seconds, wrap_seconds, wait_handled_seconds, wait_abandoned_seconds, ready_seconds,
    max_wait_handled_seconds, max_wait_abandoned_seconds, reported_handled_pct, reported_handled_less_short_abandons_pct,
    reported_service_level_pct, reported_service_level_of_handled_pct, reported_abandonment_pct, reported_handle_seconds,
    reported_handle_and_wrap_seconds, reported_aht_seconds, reported_aht_with_wrap_seconds, reported_wait_handled_avg_seconds,
    reported_wait_abandoned_avg_seconds, reported_talk_avg_seconds, reported_wrap_avg_seconds,
    batch_id, created_at, updated_at)
  select i.service_id, i.source_id, i.interval_start_time, i.interval_minutes,
    i.offered, i.unique_offered, i.handled, i.answered_in_threshold, i.abandoned, i.abandoned_in_5s, i.abandoned_in_threshold,
    i.failed, i.talk_seconds, i.outbound_talk_seconds, i.hold_seconds, i.wrap_seconds, i.wait_handled_seconds,
    i.wait_abandoned_seconds, i.ready_seconds, i.max_wait_handled_seconds, i.max_wait_abandoned_seconds, i.reported_handled_pct,
    i.reported_handled_less_short_abandons_pct, i.reported_service_level_pct, i.reported_service_level_of_handled_pct,
    i.reported_abandonment_pct, i.reported_handle_seconds, i.reported_handle_and_wrap_seconds, i.reported_aht_seconds,
    i.reported_aht_with_wrap_seconds, i.reported_wait_handled_avg_seconds, i.reported_wait_abandoned_avg_seconds,
    i.reported_talk_avg_seconds, i.reported_wrap_avg_seconds,
    p_batch_id, p_now, p_now
  from pg_temp.interval_rows i
  order by i.service_id, i.source_id, i.interval_start_time;
  get diagnostics v_written = row_count;
  perform statistics.touch_spans(array_agg(d.service_id), array_agg(d.source_id), array_agg(d.from_time), array_agg(d.to_time))
  from (
    select i.service_id, i.source_id, min(i.interval_start_time) as from_time,
      max(i.interval_start_time) + max(i.interval_minutes) * interval '1 minute' as to_time
    from pg_temp.interval_rows i
    group by i.service_id, i.source_id, date_bin('1 day', i.interval_start_time, '2000-01-01 00:00:00+00')
  ) d;
  return v_written;
end
$$;
comment on function statistics.write_new_rows(uuid, timestamptz) is
  'Writes pg_temp.interval_rows where nothing is yet, in the order of the key, and logs what they touch.';
