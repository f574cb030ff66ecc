create or replace function statistics.granularity_conflicts(p_replace boolean default false)
returns table (
  row_number int,
  service_id int,
  source_id int,
  interval_start_time timestamptz,
  interval_minutes smallint,
  other_start_time timestamptz,
  other_minutes smallint,
  other_row_number int
)
language plpgsql volatile parallel unsafe
set jit = off
as $$
declare
  v_services int[];
  v_sources int[];
  v_first timestamptz;
  v_last timestamptz;
begin
  -- Nobody may bring rows of another length between this answer and the load.
  perform statistics.lock_services(array(select i.service_id from pg_temp.interval_rows i group by i.service_id));
  -- With these bounds only the partitions that the rows touch are looked at, whatever the planner thinks of their sizes.
  select min(i.interval_start_time) - interval '1 hour', max(i.interval_start_time) + interval '1 hour'
  into v_first, v_last
  from pg_temp.interval_rows i;
  -- Rows of one length on one grid cannot overlap; only sources with several are compared row by row.
  with own_grids as (
    select i.service_id, i.source_id, i.interval_minutes, min(i.interval_start_time) as first_time, max(i.interval_start_time) as last_time,
      -- Quarters have one grid only (the table checks it), and most files are nothing else.
      case when i.interval_minutes > 15 then extract(epoch from i.interval_start_time)::bigint / 60 % i.interval_minutes end as phase
    from pg_temp.interval_rows i
    group by i.service_id, i.source_id, i.interval_minutes, phase
  ), lanes as (
    select g.service_id, g.source_id, min(g.first_time) as first_time, max(g.last_time) as last_time
    from own_grids g
    group by g.service_id, g.source_id
  ), grids as (
    select g.service_id, g.source_id, g.interval_minutes, g.phase from own_grids g
    union
    select f.service_id, f.source_id, f.interval_minutes,
      case when f.interval_minutes > 15 then extract(epoch from f.interval_start_time)::bigint / 60 % f.interval_minutes end
    from lanes l
    join statistics.contact_statistics f
      on f.service_id = l.service_id and f.source_id = l.source_id
      and f.interval_start_time > l.first_time - interval '60 minutes' and f.interval_start_time < l.last_time + interval '60 minutes'
      and f.interval_start_time between v_first and v_last
    where not p_replace
  )
  select array_agg(m.service_id), array_agg(m.source_id)
  into v_services, v_sources
  from (select g.service_id, g.source_id from grids g group by g.service_id, g.source_id having count(*) > 1) m;
  if v_services is null then
    return;
  end if;
  return query
  with incoming as materialized (
    select i.row_number, i.service_id, i.source_id, i.interval_start_time, i.interval_minutes,
      i.interval_start_time + make_interval(mins => i.interval_minutes) as interval_end_time
    from unnest(v_services, v_sources) as m (service_id, source_id)
    join pg_temp.interval_rows i on i.service_id = m.service_id and i.source_id = m.source_id
  ), others as materialized (
    select i.* from incoming i
    union all
    select null, f.service_id, f.source_id, f.interval_start_time, f.interval_minutes,
      f.interval_start_time + make_interval(mins => f.interval_minutes)
    from (select i.service_id, i.source_id, min(i.interval_start_time) as first_time, max(i.interval_end_time) as last_time
      from incoming i group by i.service_id, i.source_id) l
    join statistics.contact_statistics f
      on f.service_id = l.service_id and f.source_id = l.source_id
      and f.interval_start_time > l.first_time - interval '60 minutes' and f.interval_start_time < l.last_time
      and f.interval_start_time between v_first and v_last
    where not p_replace
  )
  select distinct on (i.row_number, i.service_id, i.source_id, i.interval_start_time)
    i.row_number, i.service_id, i.source_id, i.interval_start_time, i.interval_minutes,
    o.interval_start_time, o.interval_minutes, o.row_number
  from incoming i
  cross join lateral (
    select date_bin('1 hour', i.interval_start_time, '2000-01-01 00:00:00+00')
    union
    select date_bin('1 hour', i.interval_end_time - interval '1 minute', '2000-01-01 00:00:00+00')
  ) as ih (hour)
  join (
    select o.*, oh.hour
    from others o
    cross join lateral (
      select date_bin('1 hour', o.interval_start_time, '2000-01-01 00:00:00+00')
      union
      select date_bin('1 hour', o.interval_end_time - interval '1 minute', '2000-01-01 00:00:00+00')
    ) as oh (hour)
  ) o on o.service_id = i.service_id and o.source_id = i.source_id and o.hour = ih.hour
  where o.interval_start_time < i.interval_end_time
    and i.interval_start_time < o.interval_end_time
    and (o.interval_start_time, o.interval_minutes) <> (i.interval_start_time, i.interval_minutes)
    and (o.row_number is null or o.row_number < i.row_number)
  order by i.row_number, i.service_id, i.source_id, i.interval_start_time, o.row_number nulls first;
end
$$;
comment on function statistics.granularity_conflicts(boolean) is
  'Rows of pg_temp.interval_rows that overlap a row of another length: one earlier in the same rows, or (unless replacing) a fact. Keeps other writers out until the transaction ends.';
