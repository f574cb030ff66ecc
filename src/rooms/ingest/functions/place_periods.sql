create or replace function ingest.place_periods(p_kind text, p_minutes int, p_zone text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_zone text := org.time_zone(p_zone);
  v_step interval := make_interval(mins => p_minutes);
begin
  update pg_temp.staged_periods p
  set start_local = g.start_local, moment = g.moment,
    later = case when g.later <> g.moment then g.later end,
    is_skip_edge = g.is_skipped and ((g.start_local - v_step) at time zone v_zone) at time zone v_zone = g.start_local - v_step,
    problem = case
      when p_kind <> 'argus_load' and g.start_local <> p.period then 'OFF_GRID'
      when g.is_skipped then 'SKIPPED_HOUR'
    end
  from (
    select s.sheet, s.period, b.start_local, org.local_moment(b.start_local, v_zone) as moment, m.later,
      m.later at time zone v_zone <> b.start_local as is_skipped
    from pg_temp.staged_periods s
    cross join lateral (select date_bin(v_step, s.period, '2000-01-01') as start_local) b
    cross join lateral (select b.start_local at time zone v_zone as later) m
    where s.problem is null
  ) g
  where g.sheet = p.sheet and g.period = p.period;
  if not exists (select from pg_temp.staged_periods p where p.problem is not null or p.start_local <> p.period) then
    return;
  end if;
  insert into pg_temp.found (place, name, rule, value, expected)
  select ingest.place(r.sheet, r.row_number), 'period', coalesce(p.problem, 'OFF_GRID_START'),
    coalesce(r.raw ->> 'period', ingest.period_text(p_kind, r.period)),
    case when p.problem is null then ingest.period_text(p_kind, p.start_local) when p.problem = 'OFF_GRID' then p_minutes::text end
  from pg_temp.staged_periods p
  join pg_temp.staged_rows r on r.sheet = p.sheet and r.period = p.period
  where p.problem is not null and not (p.problem = 'SKIPPED_HOUR' and p.is_skip_edge and exists (
      select from pg_temp.staged_names n where n.name = coalesce(r.source_name, '') and n.shift <> interval '0'))
    or p.problem is null and p.start_local <> p.period;
end
$$;
comment on function ingest.place_periods(text, int, text) is 'Gives each staged period its moment by grid and zone: off the grid and the skipped hour of a clock change are findings, a repeated stamp gets both moments.';
