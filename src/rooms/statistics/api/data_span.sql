create or replace function api.data_span(p_service text default null)
returns table (
  service_id int,
  service_code text,
  time_zone text,
  data_start timestamptz,
  data_end timestamptz,
  months text[]
)
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_service_id int;
begin
  if p_service is not null then
    v_service_id := (org.find_service(p_service)).service_id;
  end if;
  return query
  select s.service_id, s.service_code, s.time_zone, d.data_start, d.data_end, d.months
  from org.service_settings s
  cross join lateral statistics.data_span(s.service_id, s.time_zone) d
  where v_service_id is null or s.service_id = v_service_id
  order by s.service_code;
end
$$;
comment on function api.data_span(text) is 'From when to when services have figures, and the months that have any, in the zone of each service.';
