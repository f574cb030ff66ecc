create or replace function statistics.zone_of_services(p_service_ids int[])
returns text
language plpgsql stable parallel safe
as $$
begin
  -- plpgsql keeps the plans, and an "or" of both questions would read every service for one.
  if p_service_ids is null then
    return (select case when min(s.time_zone) = max(s.time_zone) then min(s.time_zone) else 'UTC' end from org.service_settings s);
  end if;
  return (
    select case when min(s.time_zone) = max(s.time_zone) then min(s.time_zone) else 'UTC' end
    from org.service_settings s
    where s.service_id = any (p_service_ids));
end
$$;
comment on function statistics.zone_of_services(int[]) is 'The time zone that these services share (null: all services); UTC where they differ.';
