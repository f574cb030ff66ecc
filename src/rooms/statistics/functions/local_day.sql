create or replace function statistics.local_day(p_time timestamptz, p_time_zone text)
returns timestamptz
language sql stable parallel safe
as $$
  -- Where a clock goes back over midnight (Havana, the Azores), date_trunc answers the second midnight; the day starts at the first.
  select case
    when ((date_trunc('day', p_time, p_time_zone) - interval '1 hour') at time zone p_time_zone)::date = (p_time at time zone p_time_zone)::date
      then date_trunc('day', p_time, p_time_zone) - interval '1 hour'
    else date_trunc('day', p_time, p_time_zone)
  end
$$;
comment on function statistics.local_day(timestamptz, text) is 'First instant of the day of a zone in which a moment lies.';
