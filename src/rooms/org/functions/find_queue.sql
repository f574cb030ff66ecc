create or replace function org.find_queue(p_service_id int, p_code text)
returns org.groups
language plpgsql stable parallel safe
as $$
declare
  v_group org.groups;
  v_closest text;
begin
  select g.* into v_group
  from org.groups g
  where g.service_id = p_service_id and g.group_code = p_code;
  if found then
    return v_group;
  end if;
  select org.closest_codes(p_code, array_agg(g.group_code)) into v_closest
  from org.groups g where g.service_id = p_service_id;
  raise exception using errcode = 'QH404',
    message = format('service %s has no queue %L',
      (select s.service_code from org.services s where s.service_id = p_service_id), p_code),
    hint = coalesce('Did you mean: ' || v_closest || '?', 'List its queues with: qh org queues --service CODE');
end
$$;
comment on function org.find_queue(int, text) is 'The queue of a service with this code; QH404 with the closest codes when there is none.';
