create or replace function api.dismiss_employee(p_employee_id int, p_leave_date date default null, p_reason text default null)
returns setof org.employee_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_employee org.employees := org.find_employee(p_employee_id);
  v_leave date := coalesce(p_leave_date, org.today());
begin
  if v_leave < v_employee.hire_date then
    raise exception using errcode = 'QH400',
      message = format('leave_date %s lies before the hire date %s', v_leave, v_employee.hire_date),
      hint = 'The last day is the hire date or later.';
  end if;
  if v_employee.leave_date is not null and v_employee.leave_date < org.today() then
    raise exception using errcode = 'QH409',
      message = format('the employee left on %s already', v_employee.leave_date),
      hint = 'To employ somebody again, move them to a department from the new day on.';
  end if;
  update org.employees e
  set leave_date = v_leave, leave_reason = nullif(p_reason, ''), updated_at = platform.now()
  where e.employee_id = p_employee_id;
  return query select r.* from org.employee_row(p_employee_id) r;
end
$$;
comment on function api.dismiss_employee(int, date, text) is 'Ends an employment with its last day (default today; a planned one can be changed until it is past). Answers the employee.';
