create or replace function statistics.zone_of_services(p_service_ids int[])
returns text
language sql stable parallel safe
as $$
  select case when count(distinct s.time_zone) = 1 then min(s.time_zone) else 'UTC' end
  from org.service_settings s
  where p_service_ids is null or s.service_id = any (p_service_ids)
$$;
comment on function statistics.zone_of_services(int[]) is 'The time zone that these services share (null: all services); UTC where they differ.';
