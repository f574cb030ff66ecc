create or replace function api.list_queues(p_service text default null)
returns table (
  group_id int,
  group_code text,
  group_name text,
  service_id int,
  service_code text,
  description text,
  service_type text,
  priority int,
  is_active boolean,
  created_at timestamptz,
  updated_at timestamptz
)
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_service_id int := case when p_service is not null then (org.find_service(p_service)).service_id end;
begin
  return query
  select g.group_id, g.group_code, g.group_name, g.service_id, s.service_code, g.description, g.service_type, g.priority,
    g.is_active, g.created_at, g.updated_at
  from org.groups g
  join org.services s on s.service_id = g.service_id
  where s.merged_into_id is null and (v_service_id is null or g.service_id = v_service_id)
  order by s.service_code, g.group_code;
end
$$;
comment on function api.list_queues(text) is 'The queues of a service, or of all when none is given.';
