create or replace function statistics.pass_on_versions(p_batch_id uuid)
returns void
language plpgsql volatile parallel unsafe
set jit = off
as $$
begin
  if not exists (
    select
    from statistics.loads l
    join statistics.loads h
      on h.service_id = l.service_id and h.source_id = l.source_id and h.load_number > l.load_number
      and h.confirmed_spans && tstzrange(l.first_start_time, l.last_start_time, '[]')
    where l.batch_id = p_batch_id
  ) then
    return;
  end if;
  with own as (
    select l.service_id, l.source_id, l.load_number, f.interval_start_time, f.interval_minutes, true as is_current
    from statistics.loads l
    join statistics.contact_statistics f
      on f.service_id = l.service_id and f.source_id = l.source_id
      and f.interval_start_time between l.first_start_time and l.last_start_time
    where l.batch_id = p_batch_id and f.batch_id = p_batch_id
    union all
    select l.service_id, l.source_id, l.load_number, o.interval_start_time, o.interval_minutes, false
    from statistics.loads l
    join statistics.overwritten_rows o
      on o.service_id = l.service_id and o.source_id = l.source_id
      and o.interval_start_time between l.first_start_time and l.last_start_time
    where l.batch_id = p_batch_id and o.batch_id = p_batch_id
  ), heirs as materialized (
    -- The first batch that brought the same row while this version stood: until another version or a replaced hour came.
    select distinct on (w.service_id, w.source_id, w.interval_start_time) w.*, h.batch_id as heir_id, h.loaded_at
    from own w
    join statistics.loads h
      on h.service_id = w.service_id and h.source_id = w.source_id and h.load_number > w.load_number
      and h.confirmed_spans @> w.interval_start_time
    where not exists (
        select
        from statistics.overwritten_rows o
        join statistics.loads v on v.service_id = o.service_id and v.source_id = o.source_id and v.batch_id = o.batch_id
        where o.service_id = w.service_id and o.source_id = w.source_id and o.interval_start_time = w.interval_start_time
          and v.load_number > w.load_number and v.load_number <= h.load_number)
      and not exists (
        select
        from statistics.contact_statistics f
        join statistics.loads v on v.service_id = f.service_id and v.source_id = f.source_id and v.batch_id = f.batch_id
        where f.service_id = w.service_id and f.source_id = w.source_id and f.interval_start_time = w.interval_start_time
          and v.load_number > w.load_number and v.load_number <= h.load_number)
      and not exists (
        select
        from statistics.loads r
        where r.service_id = w.service_id and r.source_id = w.source_id
          and r.load_number > w.load_number and r.load_number <= h.load_number
          and r.replaced_spans @> w.interval_start_time)
    order by w.service_id, w.source_id, w.interval_start_time, h.load_number
  ), current_rows as (
    update statistics.contact_statistics f
    set batch_id = h.heir_id, updated_at = h.loaded_at
    from heirs h
    where h.is_current
      and f.service_id = h.service_id and f.source_id = h.source_id and f.interval_start_time = h.interval_start_time
  ), former_rows as (
    update statistics.overwritten_rows o
    set batch_id = h.heir_id, updated_at = h.loaded_at
    from heirs h
    where not h.is_current
      and o.service_id = h.service_id and o.source_id = h.source_id and o.interval_start_time = h.interval_start_time
      and o.batch_id = p_batch_id
  ), passed as (
    select h.service_id, h.source_id, h.heir_id,
      range_agg(tstzrange(h.interval_start_time, h.interval_start_time + h.interval_minutes * interval '1 minute')) as spans
    from heirs h
    group by h.service_id, h.source_id, h.heir_id
  )
  update statistics.loads l
  set confirmed_spans = l.confirmed_spans - p.spans
  from passed p
  where l.service_id = p.service_id and l.source_id = p.source_id and l.batch_id = p.heir_id;
end
$$;
comment on function statistics.pass_on_versions(uuid) is
  'Gives the versions that a batch wrote and a later one confirmed to that later one, as if it had written them.';
