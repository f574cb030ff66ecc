create or replace function org.employee_fields(p_employee_id int)
returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('last_name', e.last_name, 'first_name', e.first_name, 'middle_name', e.middle_name, 'email', e.email,
      'phone', e.phone, 'hire_date', e.hire_date, 'leave_date', e.leave_date, 'agent_code', (
        select a.agent_code from org.agents a where a.employee_id = e.employee_id))
    || coalesce((select jsonb_object_agg('custom.' || c.key, c.value) from jsonb_each(e.custom) c), '{}')
  from org.employees e
  where e.employee_id = p_employee_id
$$;
comment on function org.employee_fields(int) is 'What an import can say of a person, as it is now: field → value, custom fields as custom.<name>.';
