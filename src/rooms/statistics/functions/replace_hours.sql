create or replace function statistics.replace_hours(p_batch_id uuid)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_services int[];
  v_sources int[];
  v_from timestamptz[];
  v_to timestamptz[];
begin
  with hours as materialized (
    select distinct i.service_id, i.source_id, date_trunc('hour', i.interval_start_time, v.time_zone) as from_time
    from pg_temp.interval_rows i
    join org.service_settings v on v.service_id = i.service_id
  ), removed as (
    delete from statistics.contact_statistics f
    using hours h
    where f.service_id = h.service_id and f.source_id = h.source_id
      and f.interval_start_time > h.from_time - interval '60 minutes'
      and f.interval_start_time < h.from_time + interval '60 minutes'
      and f.interval_start_time + f.interval_minutes * interval '1 minute' > h.from_time
      and not exists (
        select
        from pg_temp.interval_rows i
        where i.service_id = f.service_id and i.source_id = f.source_id and i.interval_start_time = f.interval_start_time)
    returning f.*
  ), journaled as (
    insert into statistics.overwritten_rows
    select r.*
    from removed r
    where r.batch_id <> p_batch_id
  ), cells as (
    -- A row that reaches into a replaced hour from the one before goes too, and is not in that hour's span.
    select r.service_id, r.source_id, range_agg(tstzrange(r.interval_start_time, r.interval_start_time + interval '15 minutes')) as spans
    from removed r
    group by r.service_id, r.source_id
  ), noted as (
    update statistics.loads l
    set replaced_spans = l.replaced_spans + c.spans
    from cells c
    where l.service_id = c.service_id and l.source_id = c.source_id and l.batch_id = p_batch_id
  )
  select array_agg(r.service_id), array_agg(r.source_id), array_agg(r.interval_start_time),
    array_agg(r.interval_start_time + r.interval_minutes * interval '1 minute')
  into v_services, v_sources, v_from, v_to
  from removed r;
  perform statistics.touch_spans(v_services, v_sources, v_from, v_to);
  perform statistics.log_changed_rows(v_services, v_sources, v_from);
end
$$;
comment on function statistics.replace_hours(uuid) is
  'Takes away (and keeps for undo) what stands in the service''s hours that pg_temp.interval_rows brings and is not written by it.';
