create or replace function statistics.kept_from(p_service_id int)
returns timestamptz
language plpgsql stable parallel safe
as $$
declare
  v_dropped_until timestamptz;
  v_zone text;
  v_start timestamptz;
begin
  select (max(d.month) + interval '1 month') at time zone 'UTC' into v_dropped_until from statistics.dropped_months d;
  if v_dropped_until is null then
    return '-infinity';
  end if;
  -- From the first month of the service's zone that the remaining facts hold whole: only that can be folded again without loss.
  select s.time_zone into v_zone from org.service_settings s where s.service_id = p_service_id;
  v_start := statistics.bucket_start(v_dropped_until, 43200, coalesce(v_zone, 'UTC'));
  if v_start < v_dropped_until then
    v_start := statistics.bucket_end(v_start, 43200, coalesce(v_zone, 'UTC'));
  end if;
  -- In zones that are not whole hours from UTC the hour in which it begins belongs to two months.
  return date_bin('1 hour', v_start + interval '59 minutes 59 seconds', '2000-01-01 00:00:00+00');
end
$$;
comment on function statistics.kept_from(int) is 'From when on the facts of a service can still change; what is earlier is kept in rollups only. -infinity while nothing was let go of.';
