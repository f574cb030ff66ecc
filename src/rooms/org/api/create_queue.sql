create or replace function api.create_queue(
  p_service text,
  p_group_code text,
  p_group_name text default null,
  p_description text default null,
  p_service_type text default null,
  p_priority int default null
)
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
language sql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
  select u.*
  from org.create_queue((org.find_service(p_service)).service_id, p_group_code, p_group_name, p_description,
      p_service_type, p_priority) as made (group_id),
    lateral api.update_queue(made.group_id) u
$$;
comment on function api.create_queue(text, text, text, text, text, int) is 'Makes a queue of a service. Answers the queue.';
