create or replace function statistics.bucket_bounds(
  p_start_time timestamptz,
  p_end_time timestamptz,
  p_minutes int,
  p_time_zone text,
  p_service_zone text,
  out month_from timestamptz,
  out month_to timestamptz,
  out day_from timestamptz,
  out day_to timestamptz,
  out hour_from timestamptz,
  out hour_to timestamptz,
  out has_hours boolean,
  out has_days boolean
)
language plpgsql stable parallel safe
as $$
declare
  v_has_months boolean := p_minutes is null or (p_minutes = 43200 and p_time_zone = p_service_zone);
begin
  has_days := p_minutes is null or (p_minutes >= 1440 and p_time_zone = p_service_zone);
  if has_days then
    day_from := statistics.local_day(p_start_time, p_service_zone);
    if day_from < p_start_time then
      day_from := statistics.bucket_end(day_from, 1440, p_service_zone);
    end if;
    day_to := statistics.local_day(p_end_time, p_service_zone);
    has_days := day_from < day_to;
  end if;
  -- Hours that straddle a bucket's edge cannot be used: those of zones that are not whole hours from UTC.
  has_hours := case
    when has_days then statistics.has_whole_hours(p_service_zone, p_start_time, p_end_time)
    when p_minutes is null then true
    else p_minutes % 60 = 0 and statistics.has_whole_hours(p_time_zone, p_start_time, p_end_time)
  end;
  if has_hours then
    hour_from := date_bin('1 hour', p_start_time + interval '59 minutes 59.999999 seconds', '2000-01-01 00:00:00+00');
    hour_to := date_bin('1 hour', p_end_time, '2000-01-01 00:00:00+00');
    has_hours := hour_from < hour_to;
  end if;
  -- What is empty stands at the end of what holds it, so that "before it and after it" is simply everything.
  if not has_hours then
    hour_from := case when has_days then day_from else p_end_time end;
    hour_to := case when has_days then day_to else p_end_time end;
  end if;
  if not has_days then
    day_from := hour_to;
    day_to := hour_to;
  end if;
  month_from := day_to;
  month_to := day_to;
  if v_has_months and has_days then
    month_from := statistics.bucket_start(day_from, 43200, p_service_zone);
    if month_from < day_from then
      month_from := statistics.bucket_end(month_from, 43200, p_service_zone);
    end if;
    month_to := statistics.bucket_start(day_to, 43200, p_service_zone);
    if month_from >= month_to then
      month_from := day_to;
      month_to := day_to;
    end if;
  end if;
end
$$;
comment on function statistics.bucket_bounds(timestamptz, timestamptz, int, text, text) is
  'Which whole months, days and hours of the rollups lie inside a stretch of time and each inside one asked bucket; months lie in days, days in hours.';
