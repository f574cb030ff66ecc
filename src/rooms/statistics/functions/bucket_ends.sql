create or replace function statistics.bucket_ends(
  p_start_time timestamptz,
  p_end_time timestamptz,
  p_minutes int,
  p_time_zone text
)
returns table (bucket_start timestamptz, bucket_end timestamptz)
language plpgsql stable parallel safe
as $$
declare
  v_step interval := case p_minutes when 43200 then interval '1 month' when 10080 then interval '7 days' else interval '1 day' end;
  v_local timestamp := date_trunc(
    case p_minutes when 43200 then 'month' when 10080 then 'week' else 'day' end, p_start_time at time zone p_time_zone);
  v_length interval := make_interval(mins => p_minutes);
  v_day_end timestamptz;
begin
  bucket_start := statistics.bucket_start(p_start_time, greatest(p_minutes, 1440), p_time_zone);
  while bucket_start < p_end_time loop
    v_local := v_local + v_step;
    v_day_end := v_local at time zone p_time_zone;
    -- The first of two midnights, see local_day.
    if (v_day_end - interval '1 hour') at time zone p_time_zone >= v_local then
      v_day_end := v_day_end - interval '1 hour';
    end if;
    if p_minutes >= 1440 then
      bucket_end := v_day_end;
      return next;
    else
      while bucket_start < v_day_end loop
        bucket_end := least(bucket_start + v_length, v_day_end);
        return next;
        bucket_start := bucket_end;
      end loop;
    end if;
    bucket_start := v_day_end;
  end loop;
end
$$;
comment on function statistics.bucket_ends(timestamptz, timestamptz, int, text) is
  'All buckets of so many minutes that reach into a stretch of time, in a zone, with their ends.';
