create or replace function org.create_queue(
  p_service_id int,
  p_group_code text,
  p_group_name text default null,
  p_description text default null,
  p_service_type text default null,
  p_priority int default null
)
returns int
language plpgsql volatile parallel unsafe
as $$
declare
  v_group_id int;
begin
  if coalesce(btrim(p_group_code), '') = '' or p_group_code <> btrim(p_group_code) or length(p_group_code) > 100 then
    raise exception using errcode = 'QH400',
      message = format('%L cannot be a queue code', p_group_code),
      hint = 'A code has 1 to 100 characters and no space at either end.';
  end if;
  insert into org.groups (service_id, group_code, group_name, description, service_type, priority, created_at, updated_at)
  values (p_service_id, p_group_code, coalesce(nullif(btrim(p_group_name), ''), p_group_code), nullif(p_description, ''),
    coalesce(p_service_type, 'general'), coalesce(p_priority, 3), platform.now(), platform.now())
  on conflict (service_id, group_code) do nothing
  returning group_id into v_group_id;
  if v_group_id is null then
    raise exception using errcode = 'QH409',
      message = format('the service already has a queue %L', p_group_code),
      hint = 'Choose another code, or change the queue that has it.';
  end if;
  return v_group_id;
end
$$;
comment on function org.create_queue(int, text, text, text, text, int) is 'Makes a queue of a service and returns its id; QH409 when the service has one with this code.';
