create or replace function quality.sla_projection()
returns table (test_name text, latest numeric, target numeric, slope double precision, days_left numeric)
language sql
stable
parallel safe
as $$
  select t.test_name, t.latest, t.target, t.slope,
    case
      when t.latest >= t.target then 0
      when t.slope * 365 > 0.01 * t.target then round(((t.target - t.latest) / t.slope)::numeric)
      else 9999
    end
  from (
    select v.test_name, (array_agg(v.value order by v.run_at desc))[1] as latest, (array_agg(v.target order by v.run_at desc))[1] as target,
      regr_slope(v.value, extract(epoch from v.run_at) / 86400) as slope, count(distinct date_bin('1 day', v.run_at, '2000-01-01 00:00+00')) as nights
    from quality.validation_runs v
    where v.value is not null and not v.higher_is_better and v.run_at > platform.now() - interval '60 days'
    group by v.test_name
  ) t
  where t.nights >= 7
$$;
comment on function quality.sla_projection() is 'For each measured query with results of seven nights: the 95th percentile now, how it changes per day, and in how many days it reaches what was promised (9999: it does not).';
