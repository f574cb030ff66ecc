create or replace function api.volume_drift()
returns table (service_code text, measure text, day date, value numeric, expected numeric, change_pct numeric, days_compared int, severity text, evidence text)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  with hours as materialized (
    select s.service_id, s.service_code, (f.bucket_start at time zone s.time_zone)::date as day, coalesce(f.offered, 0) as offered, coalesce(f.offered * f.coverage_pct / 100, 0) as covered
    from quality.measured_period() p
    cross join lateral statistics.figures(p.until_time - interval '37 days', p.until_time, 60, null) f
    join org.service_settings s on s.service_id = f.service_id
    where p.services is not null
  ), days as (
    select h.service_id, h.service_code, h.day, sum(h.offered) as calls, 100.0 * max(h.offered) / nullif(sum(h.offered), 0) as peak_pct,
      100.0 * (1 - sum(h.covered) / nullif(sum(h.offered), 0)) as unknown_pct
    from hours h
    group by h.service_id, h.service_code, h.day
  ), latest as (
    -- The last day may not be over.
    select distinct on (d.service_id) d.* from days d
    where d.day < (select max(o.day) from days o where o.service_id = d.service_id)
    order by d.service_id, d.day desc
  ), compared as (
    select l.service_code, l.day, m.measure, m.value, avg(m.former) as expected, count(*)::int as days_compared, m.is_share
    from latest l
    join days f on f.service_id = l.service_id and f.day in (l.day - 7, l.day - 14, l.day - 21, l.day - 28)
    cross join lateral (
      values ('volume', l.calls::numeric, f.calls::numeric, false), ('peak hour', l.peak_pct::numeric, f.peak_pct::numeric, true), ('unknown', l.unknown_pct::numeric, f.unknown_pct::numeric, true)
    ) as m (measure, value, former, is_share)
    where m.value is not null and m.former is not null
    group by l.service_code, l.day, m.measure, m.value, m.is_share
  ), judged as (
    -- Volume in per cent of what is usual; shares of the day in points.
    select c.*, case when c.is_share then c.value - c.expected else 100.0 * (c.value - c.expected) / nullif(c.expected, 0) end as change
    from compared c
  )
  select j.service_code, j.measure, j.day, round(j.value, 1), round(j.expected, 1), round(j.change, 1), j.days_compared,
    case when j.days_compared < 2 or j.change is null then 'skipped' when abs(j.change) >= case when j.is_share then 40 else 80 end then 'critical'
      when abs(j.change) >= case when j.is_share then 20 else 40 end then 'warning' else 'ok' end,
    case j.measure
      when 'volume' then format('%s calls; the same weekday had %s before', round(j.value), round(j.expected))
      when 'peak hour' then format('the busiest hour holds %s %% of the day; before %s %%', round(j.value, 1), round(j.expected, 1))
      else format('of %s %% of the calls the service level is unknown; before %s %%', round(j.value, 1), round(j.expected, 1)) end
  from judged j
$$;
comment on function api.volume_drift() is 'The last whole day of each service against the same weekday of up to four weeks before: volume (per cent), share of the busiest hour and share whose service level is unknown (points).';
