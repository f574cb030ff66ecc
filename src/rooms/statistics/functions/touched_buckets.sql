create or replace function statistics.touched_buckets(
  p_service_ids int[],
  p_minutes int,
  p_time_zone text,
  p_start_time timestamptz default '-infinity',
  p_end_time timestamptz default 'infinity'
)
returns table (service_id int, group_id int, bucket timestamptz)
language sql stable parallel safe
as $$
  -- An hour (UTC) can reach into two days where the zone is not whole hours from UTC: both of its ends are asked.
  select distinct l.service_id, l.group_id,
    case when p_minutes = 60 then h.hour else statistics.bucket_start(h.hour + e.part, p_minutes, p_time_zone) end
  from statistics.touched_log l
  cross join generate_series(0, l.hour_count - 1) as n (place)
  cross join lateral (select l.bucket + n.place * interval '1 hour' as hour) h
  join (values (interval '0'), (interval '59 minutes')) as e (part) on p_minutes > 60 or e.part = interval '0'
  where l.service_id = any (p_service_ids)
    and l.bucket < p_end_time
    and l.bucket > p_start_time - interval '32 days'
$$;
comment on function statistics.touched_buckets(int[], int, text, timestamptz, timestamptz) is
  'Hours (UTC), days or months (in a zone) of services whose rollups may be stale.';
