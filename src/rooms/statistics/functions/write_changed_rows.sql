create or replace function statistics.write_changed_rows(
  p_batch_id uuid,
  p_now timestamptz,
  out rows_inserted bigint,
  out rows_updated bigint,
  out rows_unchanged bigint
)
language plpgsql volatile parallel unsafe
set jit = off
as $$
declare
  v_services int[];
  v_sources int[];
  v_from timestamptz[];
  v_to timestamptz[];
  v_first timestamptz;
  v_last timestamptz;
begin
  -- With these bounds only the partitions that the rows touch are looked at, whatever the planner thinks of their sizes.
  select min(i.interval_start_time), max(i.interval_start_time) into v_first, v_last from pg_temp.interval_rows i;
  -- All parts see the facts as they were before this statement, so the journal gets the old versions.
  with compared as materialized (
    select i.*, f.batch_id as old_batch_id
    from pg_temp.interval_rows i
    left join statistics.contact_statistics f
      on f.service_id = i.service_id and f.source_id = i.source_id and f.interval_start_time = i.interval_start_time
      and f.interval_start_time between v_first and v_last
    where f.batch_id is null
      or (f.interval_minutes,
        f.offered, f.unique_offered, f.handled, f.answered_in_threshold, f.abandoned, f.abandoned_in_5s, f.abandoned_in_threshold,
        f.failed, f.talk_seconds, f.outbound_talk_seconds, f.hold_seconds, f.wrap_seconds, f.wait_handled_seconds,
        f.wait_abandoned_seconds, f.ready_seconds, f.max_wait_handled_seconds, f.max_wait_abandoned_seconds,
        f.reported_handled_pct, f.reported_handled_less_short_abandons_pct, f.reported_service_level_pct,
        f.reported_service_level_of_handled_pct, f.reported_abandonment_pct, f.reported_handle_seconds,
        f.reported_handle_and_wrap_seconds, f.reported_aht_seconds, f.reported_aht_with_wrap_seconds,
        f.reported_wait_handled_avg_seconds, f.reported_wait_abandoned_avg_seconds, f.reported_talk_avg_seconds,
        f.reported_wrap_avg_seconds) is distinct from (i.interval_minutes,
        i.offered, i.unique_offered, i.handled, i.answered_in_threshold, i.abandoned, i.abandoned_in_5s, i.abandoned_in_threshold,
        i.failed, i.talk_seconds, i.outbound_talk_seconds, i.hold_seconds, i.wrap_seconds, i.wait_handled_seconds,
        i.wait_abandoned_seconds, i.ready_seconds, i.max_wait_handled_seconds, i.max_wait_abandoned_seconds,
        i.reported_handled_pct, i.reported_handled_less_short_abandons_pct, i.reported_service_level_pct,
        i.reported_service_level_of_handled_pct, i.reported_abandonment_pct, i.reported_handle_seconds,
        i.reported_handle_and_wrap_seconds, i.reported_aht_seconds, i.reported_aht_with_wrap_seconds,
        i.reported_wait_handled_avg_seconds, i.reported_wait_abandoned_avg_seconds, i.reported_talk_avg_seconds,
        i.reported_wrap_avg_seconds)
  ), journaled as (
    insert into statistics.overwritten_rows
    select f.*
    from compared c
    join statistics.contact_statistics f
      on f.service_id = c.service_id and f.source_id = c.source_id and f.interval_start_time = c.interval_start_time
      and f.interval_start_time between v_first and v_last
    where c.old_batch_id <> p_batch_id
  ), updated as (
    update statistics.contact_statistics f
    set interval_minutes = c.interval_minutes,
      offered = c.offered,
      unique_offered = c.unique_offered,
      handled = c.handled,
      answered_in_threshold = c.answered_in_threshold,
      abandoned = c.abandoned,
      abandoned_in_5s = c.abandoned_in_5s,
      abandoned_in_threshold = c.abandoned_in_threshold,
      failed = c.failed,
      talk_seconds = c.talk_seconds,
      outbound_talk_seconds = c.outbound_talk_seconds,
      hold_seconds = c.hold_seconds,
      wrap_seconds = c.wrap_seconds,
      wait_handled_seconds = c.wait_handled_seconds,
      wait_abandoned_seconds = c.wait_abandoned_seconds,
      ready_seconds = c.ready_seconds,
      max_wait_handled_seconds = c.max_wait_handled_seconds,
      max_wait_abandoned_seconds = c.max_wait_abandoned_seconds,
      reported_handled_pct = c.reported_handled_pct,
      reported_handled_less_short_abandons_pct = c.reported_handled_less_short_abandons_pct,
      reported_service_level_pct = c.reported_service_level_pct,
      reported_service_level_of_handled_pct = c.reported_service_level_of_handled_pct,
      reported_abandonment_pct = c.reported_abandonment_pct,
      reported_handle_seconds = c.reported_handle_seconds,
      reported_handle_and_wrap_seconds = c.reported_handle_and_wrap_seconds,
      reported_aht_seconds = c.reported_aht_seconds,
      reported_aht_with_wrap_seconds = c.reported_aht_with_wrap_seconds,
      reported_wait_handled_avg_seconds = c.reported_wait_handled_avg_seconds,
      reported_wait_abandoned_avg_seconds = c.reported_wait_abandoned_avg_seconds,
      reported_talk_avg_seconds = c.reported_talk_avg_seconds,
      reported_wrap_avg_seconds = c.reported_wrap_avg_seconds,
      batch_id = p_batch_id,
      updated_at = p_now
    from compared c
    where c.old_batch_id is not null
      and f.service_id = c.service_id and f.source_id = c.source_id and f.interval_start_time = c.interval_start_time
      and f.interval_start_time between v_first and v_last
  ), inserted as (
    insert into statistics.contact_statistics (
      service_id, source_id, interval_start_time, interval_minutes,
      offered, unique_offered, handled, answered_in_threshold, abandoned, abandoned_in_5s, abandoned_in_threshold, failed,
      talk_seconds, outbound_talk_seconds, hold_seconds, wrap_seconds, wait_handled_seconds, wait_abandoned_seconds,
      ready_seconds, max_wait_handled_seconds, max_wait_abandoned_seconds, reported_handled_pct,
      reported_handled_less_short_abandons_pct, reported_service_level_pct, reported_service_level_of_handled_pct,
      reported_abandonment_pct, reported_handle_seconds, reported_handle_and_wrap_seconds, reported_aht_seconds,
      reported_aht_with_wrap_seconds, reported_wait_handled_avg_seconds, reported_wait_abandoned_avg_seconds,
      reported_talk_avg_seconds, reported_wrap_avg_seconds,
    batch_id, created_at, updated_at)
    select c.service_id, c.source_id, c.interval_start_time, c.interval_minutes,
      c.offered, c.unique_offered, c.handled, c.answered_in_threshold, c.abandoned, c.abandoned_in_5s, c.abandoned_in_threshold,
      c.failed, c.talk_seconds, c.outbound_talk_seconds, c.hold_seconds, c.wrap_seconds, c.wait_handled_seconds,
      c.wait_abandoned_seconds, c.ready_seconds, c.max_wait_handled_seconds, c.max_wait_abandoned_seconds, c.reported_handled_pct,
      c.reported_handled_less_short_abandons_pct, c.reported_service_level_pct, c.reported_service_level_of_handled_pct,
      c.reported_abandonment_pct, c.reported_handle_seconds, c.reported_handle_and_wrap_seconds, c.reported_aht_seconds,
      c.reported_aht_with_wrap_seconds, c.reported_wait_handled_avg_seconds, c.reported_wait_abandoned_avg_seconds,
      c.reported_talk_avg_seconds, c.reported_wrap_avg_seconds,
    p_batch_id, p_now, p_now
    from compared c
    where c.old_batch_id is null
    order by c.service_id, c.source_id, c.interval_start_time
  ), days as (
    select c.service_id, c.source_id, min(c.interval_start_time) as from_time,
      -- An updated row may have been longer than it is now.
      max(c.interval_start_time) + interval '1 minute' * max(case when c.old_batch_id is null then c.interval_minutes else 60 end) as to_time,
      count(*) filter (where c.old_batch_id is null) as inserts,
      count(*) filter (where c.old_batch_id is not null) as updates
    from compared c
    group by c.service_id, c.source_id, date_bin('1 day', c.interval_start_time, '2000-01-01 00:00:00+00')
  )
  select coalesce(sum(d.inserts), 0), coalesce(sum(d.updates), 0),
    array_agg(d.service_id), array_agg(d.source_id), array_agg(d.from_time), array_agg(d.to_time)
  into rows_inserted, rows_updated, v_services, v_sources, v_from, v_to
  from days d;
  select count(*) - rows_inserted - rows_updated into rows_unchanged from pg_temp.interval_rows i;
  perform statistics.touch_spans(v_services, v_sources, v_from, v_to);
  perform statistics.note_confirmed_rows(p_batch_id, rows_inserted + rows_updated > 0);
end
$$;
comment on function statistics.write_changed_rows(uuid, timestamptz) is
  'Writes what differs of pg_temp.interval_rows, keeps the versions that it overwrites, logs what it touches and notes what it confirms.';
