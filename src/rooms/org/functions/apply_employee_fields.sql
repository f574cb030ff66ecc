create or replace function org.apply_employee_fields(p_employee_id int, p_fields jsonb)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  if p_fields ? 'hire_date' then
    perform org.set_hire_date(p_employee_id, (p_fields ->> 'hire_date')::date);
  end if;
  if p_fields - '{hire_date,agent_code}'::text[] <> '{}' then
    perform org.change_employee(p_employee_id, p_fields);
  end if;
  if p_fields ? 'agent_code' then
    perform org.link_agent(p_employee_id, p_fields ->> 'agent_code');
  end if;
end
$$;
comment on function org.apply_employee_fields(int, jsonb) is 'Writes fields of a person by name wherever they are kept.';
