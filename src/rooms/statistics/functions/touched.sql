create or replace function statistics.touched(
  p_service_ids int[],
  p_time_zone text,
  p_start_time timestamptz,
  p_end_time timestamptz,
  out is_touched boolean,
  out hour_services int[],
  out hour_groups int[],
  out hours timestamptz[],
  out day_services int[],
  out day_groups int[],
  out days timestamptz[],
  out month_services int[],
  out month_groups int[],
  out months timestamptz[]
)
language plpgsql stable parallel safe
as $$
begin
  -- Hardly ever is anything touched: that is found out for the price of one probe.
  is_touched := statistics.is_touched(p_service_ids, p_start_time, p_end_time);
  if not is_touched then
    return;
  end if;
  select array_agg(t.service_id), array_agg(t.group_id), array_agg(t.bucket) into hour_services, hour_groups, hours
  from statistics.touched_buckets(p_service_ids, 60, p_time_zone, p_start_time, p_end_time) t;
  select array_agg(t.service_id), array_agg(t.group_id), array_agg(t.bucket) into day_services, day_groups, days
  from statistics.touched_buckets(p_service_ids, 1440, p_time_zone, p_start_time, p_end_time) t;
  select array_agg(t.service_id), array_agg(t.group_id), array_agg(t.bucket) into month_services, month_groups, months
  from statistics.touched_buckets(p_service_ids, 43200, p_time_zone, p_start_time, p_end_time) t;
end
$$;
comment on function statistics.touched(int[], text, timestamptz, timestamptz) is
  'The hours (UTC), days and months (in a zone) of services whose rollups may be stale, as parallel arrays of service, queue and bucket.';
