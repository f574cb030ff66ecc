create or replace function statistics.has_whole_hours(p_time_zone text, p_start_time timestamptz, p_end_time timestamptz)
returns boolean
language sql stable parallel safe
as $$
  select not exists (
    select
    from generate_series(p_start_time - interval '1 day', p_end_time + interval '7 days', interval '7 days') as t (moment)
    where extract(minute from t.moment at time zone 'UTC') <> extract(minute from t.moment at time zone p_time_zone)
  )
$$;
comment on function statistics.has_whole_hours(text, timestamptz, timestamptz) is
  'Whether a zone is whole hours from UTC for all of a stretch of time, so that its hours are UTC hours.';
