create or replace function statistics.note_confirmed_rows(p_batch_id uuid, p_has_written boolean)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_first timestamptz;
  v_last timestamptz;
begin
  select min(i.interval_start_time), max(i.interval_start_time) into v_first, v_last from pg_temp.interval_rows i;
  -- Runs of rows one after the other become one range before they are merged: a file of a year is a few hundred ranges.
  with confirmed as (
    select i.service_id, i.source_id, i.interval_start_time, i.interval_minutes * interval '1 minute' as length
    from pg_temp.interval_rows i
    where not p_has_written
    union all
    select i.service_id, i.source_id, i.interval_start_time, i.interval_minutes * interval '1 minute'
    from pg_temp.interval_rows i
    join statistics.contact_statistics f
      on f.service_id = i.service_id and f.source_id = i.source_id and f.interval_start_time = i.interval_start_time
    where p_has_written and f.batch_id <> p_batch_id and f.interval_start_time between v_first and v_last
  ), runs as (
    select c.service_id, c.source_id, min(c.interval_start_time) as from_time, max(c.interval_start_time + c.length) as to_time
    from (
      select n.*,
        n.interval_start_time - n.length * row_number() over (partition by n.service_id, n.source_id, n.length order by n.interval_start_time) as run
      from confirmed n
    ) c
    group by c.service_id, c.source_id, c.length, c.run
  ), merged as (
    select r.service_id, r.source_id, range_agg(tstzrange(r.from_time, r.to_time)) as spans
    from runs r
    group by r.service_id, r.source_id
  )
  update statistics.loads l
  set confirmed_spans = l.confirmed_spans + m.spans
  from merged m
  where l.service_id = m.service_id and l.source_id = m.source_id and l.batch_id = p_batch_id;
end
$$;
comment on function statistics.note_confirmed_rows(uuid, boolean) is
  'Notes for which rows a batch brought exactly what was there, so that they stay when the batch that wrote them is undone.';
