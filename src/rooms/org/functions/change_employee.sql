create or replace function org.change_employee(p_employee_id int, p_fields jsonb)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- Fields by name; null leaves nothing there. hire_date and agent_code touch other tables and have functions of their own.
  update org.employees e
  set last_name = case when p_fields ? 'last_name' then p_fields ->> 'last_name' else e.last_name end,
    first_name = case when p_fields ? 'first_name' then p_fields ->> 'first_name' else e.first_name end,
    middle_name = case when p_fields ? 'middle_name' then p_fields ->> 'middle_name' else e.middle_name end,
    email = case when p_fields ? 'email' then p_fields ->> 'email' else e.email end,
    phone = case when p_fields ? 'phone' then p_fields ->> 'phone' else e.phone end,
    leave_date = case when p_fields ? 'leave_date' then (p_fields ->> 'leave_date')::date else e.leave_date end,
    leave_reason = case when p_fields ? 'leave_date' then null else e.leave_reason end,
    custom = jsonb_strip_nulls(e.custom || coalesce((
      select jsonb_object_agg(substr(f.key, 8), f.value) from jsonb_each(p_fields) f where f.key like 'custom.%'), '{}')),
    updated_at = platform.now()
  where e.employee_id = p_employee_id;
end
$$;
comment on function org.change_employee(int, jsonb) is 'Writes fields of an employee by name; a custom field as custom.<name>.';
