create or replace function api.update_queue(
  p_group_id int,
  p_group_code text default null,
  p_group_name text default null,
  p_description text default null,
  p_service_type text default null,
  p_priority int default null,
  p_is_active boolean default null
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
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_service_id int;
begin
  select g.service_id into v_service_id from org.groups g where g.group_id = p_group_id;
  if not found then
    raise exception using errcode = 'QH404',
      message = format('there is no queue with id %s', p_group_id),
      hint = 'List the queues with: qh org queues';
  end if;
  if exists (select from org.groups g
    where g.service_id = v_service_id and g.group_code = p_group_code and g.group_id <> p_group_id) then
    raise exception using errcode = 'QH409',
      message = format('the service already has a queue %L', p_group_code),
      hint = 'Choose another code, or change the queue that has it.';
  end if;
  if p_group_code <> btrim(p_group_code) or length(p_group_code) not between 1 and 100 then
    raise exception using errcode = 'QH400',
      message = format('%L cannot be a queue code', p_group_code),
      hint = 'A code has 1 to 100 characters and no space at either end.';
  end if;
  update org.groups g
  set group_code = coalesce(p_group_code, g.group_code),
    group_name = coalesce(nullif(btrim(p_group_name), ''), g.group_name),
    description = case when p_description is null then g.description else nullif(p_description, '') end,
    service_type = coalesce(p_service_type, g.service_type),
    priority = coalesce(p_priority, g.priority),
    is_active = coalesce(p_is_active, g.is_active),
    updated_at = platform.now()
  where g.service_id = v_service_id and g.group_id = p_group_id;
  return query select l.* from api.list_queues() l where l.group_id = p_group_id;
end
$$;
comment on function api.update_queue(int, text, text, text, text, int, boolean) is 'Changes what is given of a queue and leaves the rest; an empty description removes it. Answers the queue.';
