create or replace function statistics.note_replaced_hours(p_batch_id uuid)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  with replaced as (
    select h.service_id, h.source_id, range_agg(tstzrange(h.from_time, h.from_time + interval '1 hour')) as spans
    from (
      select distinct i.service_id, i.source_id, date_trunc('hour', i.interval_start_time, v.time_zone) as from_time
      from pg_temp.interval_rows i
      join org.service_settings v on v.service_id = i.service_id
    ) h
    group by h.service_id, h.source_id
  ), confirmed as (
    -- A row that the batch only confirmed belongs to an earlier one: it must not look replaced.
    select i.service_id, i.source_id, range_agg(tstzrange(i.interval_start_time, i.interval_start_time + interval '15 minutes')) as spans
    from pg_temp.interval_rows i
    join statistics.contact_statistics f
      on f.service_id = i.service_id and f.source_id = i.source_id and f.interval_start_time = i.interval_start_time
    where f.batch_id <> p_batch_id
    group by i.service_id, i.source_id
  )
  update statistics.loads l
  set replaced_spans = (l.replaced_spans + r.spans) - coalesce(c.spans, '{}')
  from replaced r
  left join confirmed c on c.service_id = r.service_id and c.source_id = r.source_id
  where l.service_id = r.service_id and l.source_id = r.source_id and l.batch_id = p_batch_id;
end
$$;
comment on function statistics.note_replaced_hours(uuid) is
  'Notes which hours a batch replaced whole, so that rows which an earlier batch had there do not come back when another is undone.';
