create or replace function ingest.fill_argus_report(p_service_id int, p_own_name text, p_minutes int)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  insert into pg_temp.interval_rows (
    row_number, service_id, source_id, interval_start_time, interval_minutes,
    offered, handled, answered_in_threshold, abandoned, abandoned_in_5s, failed,
    talk_seconds, outbound_talk_seconds, hold_seconds, wrap_seconds, wait_handled_seconds, wait_abandoned_seconds,
    max_wait_handled_seconds, max_wait_abandoned_seconds,
    reported_handled_pct, reported_handled_less_short_abandons_pct, reported_service_level_pct,
    reported_service_level_of_handled_pct, reported_abandonment_pct, reported_handle_seconds,
    reported_handle_and_wrap_seconds, reported_aht_seconds, reported_aht_with_wrap_seconds,
    reported_wait_handled_avg_seconds, reported_wait_abandoned_avg_seconds)
  select ingest.place(r.sheet, r.row_number), p_service_id, n.source_id, p.moment + n.shift, p_minutes,
    r.offered, r.handled, r.answered_in_threshold, r.abandoned, r.abandoned_in_5s, r.failed,
    r.talk_seconds, r.outbound_talk_seconds, r.hold_seconds, r.wrap_seconds, r.wait_handled_seconds, r.wait_abandoned_seconds,
    r.max_wait_handled_seconds, r.max_wait_abandoned_seconds,
    r.reported_handled_pct, r.reported_handled_less_short_abandons_pct, r.reported_service_level_pct,
    r.reported_service_level_of_handled_pct, r.reported_abandonment_pct, r.reported_handle_seconds,
    r.reported_handle_and_wrap_seconds, r.reported_aht_seconds, r.reported_aht_with_wrap_seconds,
    r.reported_wait_handled_avg_seconds, r.reported_wait_abandoned_avg_seconds
  from pg_temp.staged_rows r
  join pg_temp.staged_periods p on p.sheet = r.sheet and p.period = r.period
  join pg_temp.staged_names n on n.name = coalesce(r.source_name, p_own_name)
  where not exists (select from pg_temp.rejected_rows x where x.place = ingest.place(r.sheet, r.row_number));
end
$$;
comment on function ingest.fill_argus_report(int, text, int) is 'Gives the good rows of a staged report to the loader.';
