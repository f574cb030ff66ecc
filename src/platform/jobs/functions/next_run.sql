create or replace function platform.next_run(p_cron text, p_time_zone text, p_after timestamptz)
returns timestamptz
language sql
stable
parallel safe
as $$
  with fields as materialized (
    select platform.cron_values(f[1], 0, 59) as minutes, platform.cron_values(f[2], 0, 23) as hours, platform.cron_values(f[3], 1, 31) as days,
      platform.cron_values(f[4], 1, 12) as months, platform.cron_values(f[5], 0, 7) as weekdays, f[3] = '*' or f[5] = '*' as is_either
    from regexp_split_to_array(trim(p_cron), '\s+') as f
  ), dates as (
    select (p_after at time zone p_time_zone)::date + n as day from generate_series(0, 366) as n
  )
  select min(m.moment)
  from (
    select (d.day + make_time(h, mi, 0)) at time zone p_time_zone as moment
    from fields f
    cross join lateral (
      select d.day
      from dates d
      where extract(month from d.day)::int = any (f.months)
        -- Of day of month and day of week both must fit, unless both are restricted: then one is enough.
        and case when f.is_either
          then extract(day from d.day)::int = any (f.days) and (extract(dow from d.day)::int = any (f.weekdays) or extract(isodow from d.day)::int = any (f.weekdays))
          else extract(day from d.day)::int = any (f.days) or extract(dow from d.day)::int = any (f.weekdays) or extract(isodow from d.day)::int = any (f.weekdays) end
      order by d.day
      limit 2
    ) d
    cross join unnest(f.hours) as h
    cross join unnest(f.minutes) as mi
  ) m
  where m.moment > p_after
$$;
comment on function platform.next_run(text, text, timestamptz) is 'The first moment after another at which a cron expression of five fields fits in a time zone; null when none does within a year.';
