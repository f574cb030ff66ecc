create or replace function quality.measured_period(out services int[], out from_time timestamptz, out until_time timestamptz)
language sql
stable
parallel safe
as $$
  select array_agg(n.service_id order by n.service_id), max(n.newest_end) - interval '13 months', max(n.newest_end)
  from statistics.newest_figures() n
$$;
comment on function quality.measured_period() is 'What validations ask about: the services that have figures, and the 13 months up to the newest.';
