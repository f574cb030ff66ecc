create or replace function statistics.undo_batch(p_batch_id uuid, out rows_deleted bigint, out rows_restored bigint)
language plpgsql volatile parallel unsafe
set jit = off
as $$
declare
  v_services int[];
  v_sources int[];
  v_first timestamptz[];
  v_last timestamptz[];
  v_taken record;
begin
  -- A batch holds figures of services or activity of agents; of the other kind there is nothing.
  select u.rows_deleted, u.rows_restored into rows_deleted, rows_restored from statistics.undo_agent_batch(p_batch_id) u;
  perform statistics.lock_services((select array_agg(l.service_id) from statistics.loads l where l.batch_id = p_batch_id));
  -- Asked when no merge can be under way any more.
  if exists (select from statistics.final_batches f where f.batch_id = p_batch_id) then
    raise exception using errcode = 'QH409',
      message = format('figures of batch %s were kept instead of, or added to, others when services were merged', p_batch_id),
      hint = 'It can no longer be undone; import corrected figures for that time.';
  end if;
  -- The part of each source's time in which the batch wrote, confirmed or replaced.
  select array_agg(l.service_id), array_agg(l.source_id),
    array_agg(least(l.first_start_time, lower(l.replaced_spans))),
    array_agg(greatest(l.last_start_time, upper(l.replaced_spans)))
  into v_services, v_sources, v_first, v_last
  from statistics.loads l
  where l.batch_id = p_batch_id;
  if v_services is null then
    return;
  end if;
  if exists (
    select from unnest(v_services, v_first) as t (service_id, first_time) where t.first_time < statistics.kept_from(t.service_id)
  ) then
    raise exception using errcode = 'QH409',
      message = format('batch %s loaded rows from %s on, and the detail of months before %s was let go of by the retention policy', p_batch_id,
        (select min(m) from unnest(v_first) m), (select max(statistics.kept_from(s)) from unnest(v_services) s)),
      hint = 'It can no longer be undone; import corrected figures for the time after that moment.';
  end if;
  perform statistics.pass_on_versions(p_batch_id);

  -- Versions in between are cut out; those on top make room for what lies below them.
  delete from statistics.overwritten_rows o where o.batch_id = p_batch_id;
  with removed as (
    delete from statistics.contact_statistics f
    using unnest(v_services, v_sources, v_first, v_last) as t (service_id, source_id, first_time, last_time)
    where f.service_id = t.service_id and f.source_id = t.source_id
      and f.interval_start_time between t.first_time and t.last_time
      and f.batch_id = p_batch_id
    returning f.service_id, f.source_id, f.interval_start_time, f.interval_minutes
  ), noted as (
    select statistics.log_changed_rows(array_agg(r.service_id), array_agg(r.source_id), array_agg(r.interval_start_time)) from removed r
  ), days as (
    select r.service_id, r.source_id, min(r.interval_start_time) as from_time,
      max(r.interval_start_time + r.interval_minutes * interval '1 minute') as to_time, count(*) as row_count
    from removed r
    group by r.service_id, r.source_id, date_bin('1 day', r.interval_start_time, '2000-01-01 00:00:00+00')
  )
  select coalesce(sum(d.row_count), 0) as row_count, array_agg(d.service_id) as service_ids, array_agg(d.source_id) as source_ids,
    array_agg(d.from_time) as from_times, array_agg(d.to_time) as to_times, (select count(*) from noted) as noted
  into v_taken
  from days d;
  perform statistics.touch_spans(v_taken.service_ids, v_taken.source_ids, v_taken.from_times, v_taken.to_times);
  delete from statistics.loads l where l.batch_id = p_batch_id;
  rows_deleted := rows_deleted + v_taken.row_count;
  rows_restored := rows_restored + statistics.restore_versions(v_services, v_sources, v_first, v_last);
  perform statistics.announce_change(p_batch_id, v_services, (select min(t.moment) from unnest(v_first) as t (moment)),
    (select max(t.moment) from unnest(v_last) as t (moment)));
end
$$;
comment on function statistics.undo_batch(uuid) is
  'Makes the facts what they would be if the batch had never been loaded: its rows are deleted, and what it overwrote or replaced comes back. An unknown batch gives zeros.';
