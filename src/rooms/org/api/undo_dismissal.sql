create or replace function api.undo_dismissal(p_employee_id int)
returns setof org.employee_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_employee org.employees := org.find_employee(p_employee_id);
begin
  if v_employee.leave_date is null then
    raise exception using errcode = 'QH409', message = 'the employee has no last day', hint = 'There is nothing to take back.';
  end if;
  update org.employees e
  set leave_date = null, leave_reason = null, updated_at = platform.now()
  where e.employee_id = p_employee_id;
  return query select r.* from org.employee_row(p_employee_id) r;
end
$$;
comment on function api.undo_dismissal(int) is 'Takes the last day of an employment away as if it had never been said. Answers the employee.';
