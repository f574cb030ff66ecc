create or replace function ingest.interval_of_data(p_named int)
returns smallint
language plpgsql volatile parallel unsafe
as $$
declare
  v_found smallint;
begin
  -- A stray stamp makes a few wrong gaps; the interval's own gap stands behind a good part of all.
  with gaps as (
    select extract(epoch from lead(p.period) over (order by p.period) - p.period) / 60 as minutes
    from (select distinct s.period from pg_temp.staged_periods s where s.problem is null) p
  ), counted as (
    select g.minutes::int as minutes, count(*) as n, sum(count(*)) over () as total
    from gaps g
    where g.minutes is not null
    group by 1
  )
  select min(c.minutes) into v_found
  from counted c
  where c.minutes in (15, 30, 60) and c.n * 50 >= c.total;
  -- Two or three rows are no proof that a finer interval never occurs.
  if v_found > p_named and (select count(distinct s.period) < 4 from pg_temp.staged_periods s where s.problem is null) then
    return null;
  end if;
  if v_found is null and p_named is null then
    select case
        when bool_or(extract(minute from s.period) in (15, 45)) then 15
        when bool_or(extract(minute from s.period) = 30) then 30
      end into v_found
    from pg_temp.staged_periods s
    where s.problem is null;
  end if;
  return v_found;
end
$$;
comment on function ingest.interval_of_data(int) is 'Length of the interval in minutes by the staged periods: the smallest gap of 15, 30 or 60 that is no stray; null when they do not tell.';
