create or replace function statistics.restore_versions(
  p_service_ids int[],
  p_source_ids int[],
  p_first timestamptz[],
  p_last timestamptz[]
)
returns bigint
language plpgsql volatile parallel unsafe
set jit = off
as $$
declare
  v_back record;
  v_found record;
begin
  -- Where a key has no row, the latest version left is the truth, unless a batch after it replaced that hour whole.
  with best as materialized (
    select distinct on (o.service_id, o.source_id, o.interval_start_time)
      o.service_id, o.source_id, o.interval_start_time, o.batch_id, v.load_number
    from unnest(p_service_ids, p_source_ids, p_first, p_last) as t (service_id, source_id, first_time, last_time)
    join statistics.overwritten_rows o
      on o.service_id = t.service_id and o.source_id = t.source_id and o.interval_start_time between t.first_time and t.last_time
    join statistics.loads v on v.service_id = o.service_id and v.source_id = o.source_id and v.batch_id = o.batch_id
    where not exists (
      select
      from statistics.contact_statistics f
      where f.service_id = o.service_id and f.source_id = o.source_id and f.interval_start_time = o.interval_start_time)
    order by o.service_id, o.source_id, o.interval_start_time, v.load_number desc
  ), taken as (
    delete from statistics.overwritten_rows o
    using best b
    where o.service_id = b.service_id and o.source_id = b.source_id and o.interval_start_time = b.interval_start_time
      and o.batch_id = b.batch_id
      and not exists (
        select
        from statistics.loads r
        where r.service_id = b.service_id and r.source_id = b.source_id
          and r.load_number > b.load_number and r.replaced_spans @> b.interval_start_time)
    returning o.*
  ), restored as (
    insert into statistics.contact_statistics
    select t.*
    from taken t
    returning service_id, source_id, interval_start_time, interval_minutes
  ), noted as (
    select statistics.log_changed_rows(array_agg(r.service_id), array_agg(r.source_id), array_agg(r.interval_start_time)) from restored r
  ), days as (
    select r.service_id, r.source_id, min(r.interval_start_time) as from_time,
      max(r.interval_start_time + r.interval_minutes * interval '1 minute') as to_time, count(*) as row_count
    from restored r
    group by r.service_id, r.source_id, date_bin('1 day', r.interval_start_time, '2000-01-01 00:00:00+00')
  )
  select coalesce(sum(d.row_count), 0) as row_count, array_agg(d.service_id) as service_ids, array_agg(d.source_id) as source_ids,
    array_agg(d.from_time) as from_times, array_agg(d.to_time) as to_times, (select count(*) from noted) as noted
  into v_back
  from days d;
  if v_back.row_count = 0 then
    return 0;
  end if;
  perform statistics.touch_spans(v_back.service_ids, v_back.source_ids, v_back.from_times, v_back.to_times);

  select n.*, l.load_number > m.load_number as is_first_later
  into v_found
  from (
    select f.service_id, f.source_id, f.interval_start_time, f.interval_minutes, f.batch_id,
      lead(f.interval_start_time) over w as next_time, lead(f.interval_minutes) over w as next_minutes, lead(f.batch_id) over w as next_batch_id
    from unnest(p_service_ids, p_source_ids, p_first, p_last) as t (service_id, source_id, first_time, last_time)
    join statistics.contact_statistics f
      on f.service_id = t.service_id and f.source_id = t.source_id
      and f.interval_start_time > t.first_time - interval '60 minutes' and f.interval_start_time < t.last_time + interval '60 minutes'
    window w as (partition by f.service_id, f.source_id order by f.interval_start_time)
  ) n
  join statistics.loads l on l.service_id = n.service_id and l.source_id = n.source_id and l.batch_id = n.batch_id
  join statistics.loads m on m.service_id = n.service_id and m.source_id = n.source_id and m.batch_id = n.next_batch_id
  where n.next_time < n.interval_start_time + n.interval_minutes * interval '1 minute'
  limit 1;
  if found then
    raise exception using errcode = 'QH409',
      message = format('undoing would leave a row of %s minutes at %s over one of %s minutes at %s',
        v_found.interval_minutes, v_found.interval_start_time, v_found.next_minutes, v_found.next_time),
      hint = format('Undo batch %s first: it was loaded later, into the hour that this one replaced.',
        case when v_found.is_first_later then v_found.batch_id else v_found.next_batch_id end);
  end if;
  return v_back.row_count;
end
$$;
comment on function statistics.restore_versions(int[], int[], timestamptz[], timestamptz[]) is
  'Brings overwritten and replaced versions back in stretches of sources'' time; refuses when rows of different lengths would overlap.';
