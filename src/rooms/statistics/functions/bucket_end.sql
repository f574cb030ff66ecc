create or replace function statistics.bucket_end(p_start_time timestamptz, p_minutes int, p_time_zone text)
returns timestamptz
language sql stable parallel safe
as $$
  -- 36 hours after any midnight lies inside the next day, whatever the clocks do.
  select case
    when p_minutes = 43200 then statistics.bucket_start(p_start_time + interval '768 hours', 43200, p_time_zone)
    when p_minutes = 10080 then statistics.bucket_start(p_start_time + interval '180 hours', 10080, p_time_zone)
    when p_minutes = 1440 then statistics.local_day(p_start_time + interval '36 hours', p_time_zone)
    -- Clocks change by whole or half hours, so buckets that divide half an hour always fill their day.
    when 30 % p_minutes = 0 then p_start_time + make_interval(mins => p_minutes)
    else least(
      p_start_time + make_interval(mins => p_minutes),
      statistics.local_day(statistics.local_day(p_start_time, p_time_zone) + interval '36 hours', p_time_zone))
  end
$$;
comment on function statistics.bucket_end(timestamptz, int, text) is 'First instant after the bucket of so many minutes that starts at a moment.';
