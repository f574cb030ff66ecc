create or replace function org.forget_agent(p_agent_id int)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  delete from org.agents a
  where a.agent_id = p_agent_id and a.employee_id is null and a.primary_group_id is null and a.default_shift_start is null;
exception when foreign_key_violation then
  null;
end
$$;
comment on function org.forget_agent(int) is 'Deletes an agent who is no employee and to whom nothing refers; any other stays.';
