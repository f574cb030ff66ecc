create or replace function statistics.bucket_start(p_time timestamptz, p_minutes int, p_time_zone text)
returns timestamptz
language sql stable parallel safe
as $$
  select case
    when p_minutes = 43200 then statistics.local_day(date_trunc('month', p_time, p_time_zone) + interval '12 hours', p_time_zone)
    when p_minutes = 10080 then statistics.local_day(date_trunc('week', p_time, p_time_zone) + interval '12 hours', p_time_zone)
    when p_minutes = 1440 then statistics.local_day(p_time, p_time_zone)
    else date_bin(make_interval(mins => p_minutes), p_time, statistics.local_day(p_time, p_time_zone))
  end
$$;
comment on function statistics.bucket_start(timestamptz, int, text) is
  'First instant of the bucket of so many minutes in which a moment lies: from local midnight in elapsed time; 1440 a local day, 10080 an ISO week, 43200 a month.';
