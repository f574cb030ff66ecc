create or replace function org.find_employee(p_employee_id int)
returns org.employees
language plpgsql stable parallel safe
as $$
declare
  v_found org.employees;
begin
  select t.* into v_found from org.employees t where t.employee_id = p_employee_id;
  if not found then
    raise exception using errcode = 'QH404',
      message = format('there is no employee with id %s', coalesce(p_employee_id::text, 'null')),
      hint = 'List them with: qh org employees';
  end if;
  return v_found;
end
$$;
comment on function org.find_employee(int) is 'The employee with this id; QH404 when there is none.';
