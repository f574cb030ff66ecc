create or replace function api.api_get_service_summary(p_service_id int default null, p_date date default null)
returns table (
  service_id int,
  summary_date date,
  total_calls bigint,
  service_level numeric,
  avg_handle_time_ms bigint,
  peak_hour int,
  peak_hour_calls bigint,
  peak_hour_start timestamptz,
  service_code text,
  time_zone text,
  total_treated bigint,
  total_missed bigint,
  abandonment_pct double precision,
  asa_seconds double precision,
  occupancy_pct double precision,
  service_level_variant text,
  coverage_pct double precision
)
language plpgsql stable parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_service_id is not null then
    perform org.find_service_by_id(p_service_id);
  end if;
  return query
  select s.service_id, d.day, f.offered, round(f.service_level_pct::numeric, 2), round(f.aht_seconds * 1000)::bigint,
    extract(hour from h.bucket_start at time zone s.time_zone)::int, h.offered, h.bucket_start,
    s.service_code, s.time_zone, f.handled, f.abandoned, f.abandonment_pct, f.asa_seconds, f.occupancy_pct,
    s.service_level_variant, f.coverage_pct
  from org.service_settings s
  cross join lateral (select coalesce(p_date, (platform.now() at time zone s.time_zone)::date) as day) d
  -- The service's day begins at the first of its midnights and may last 23 or 25 hours.
  cross join lateral (
    select org.local_moment(d.day::timestamp, s.time_zone) as from_time, org.local_moment((d.day + 1)::timestamp, s.time_zone) as to_time
  ) b
  left join lateral statistics.figures(b.from_time, b.to_time, null, s.time_zone, array[s.service_id]) f on true
  left join lateral (
    select g.bucket_start, g.offered
    from statistics.figures(b.from_time, b.to_time, 60, s.time_zone, array[s.service_id]) g
    where g.offered is not null
    order by g.offered desc, g.bucket_start
    limit 1
  ) h on true
  where p_service_id is null or s.service_id = p_service_id
  order by s.service_id;
end
$$;
comment on function api.api_get_service_summary(int, date) is 'A service''s day in its own zone (null: today, all services): calls, service level in per cent, handle time in ms, and the hour with most calls.';
