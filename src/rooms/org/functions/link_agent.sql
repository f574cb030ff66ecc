create or replace function org.link_agent(p_employee_id int, p_agent_code text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_agent org.agents;
begin
  select a.* into v_agent from org.agents a where a.agent_code = p_agent_code;
  if v_agent.employee_id = p_employee_id then
    return;
  end if;
  if v_agent.employee_id is not null then
    raise exception using errcode = 'QH409',
      message = format('agent %L is another employee', p_agent_code),
      hint = 'Take the code from them first.';
  end if;
  update org.agents a
  set employee_id = null, updated_at = platform.now()
  where a.employee_id = p_employee_id
  returning a.* into v_agent;
  -- An agent of whom nothing else is known goes; whoever else refers to one keeps it.
  if found and v_agent.agent_name is null and v_agent.primary_group_id is null and v_agent.default_shift_start is null then
    begin
      delete from org.agents a where a.agent_id = v_agent.agent_id;
    exception when foreign_key_violation then
      null;
    end;
  end if;
  if coalesce(p_agent_code, '') <> '' then
    insert into org.agents (agent_code, employee_id, created_at, updated_at)
    values (org.checked_text('agent_code', p_agent_code, 100), p_employee_id, platform.now(), platform.now())
    on conflict (agent_code) do update set employee_id = excluded.employee_id, updated_at = excluded.updated_at;
  end if;
end
$$;
comment on function org.link_agent(int, text) is 'Says under which agent code an employee takes contacts (null or empty: none); QH409 when the code is another employee''s.';
