create or replace function api.move_employee(
  p_employee_id int,
  p_valid_from date default null,
  p_department text default null,
  p_position text default null,
  p_site text default null,
  p_supervisor text default null,
  p_reason text default null
)
returns setof org.employee_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_employee org.employees := org.find_employee(p_employee_id);
  v_day date := coalesce(p_valid_from, org.today());
  v_supervisor int := org.employee_of(p_supervisor);
  v_change jsonb := '{}';
begin
  if p_department = '' or coalesce(p_department, p_position, p_site, p_supervisor) is null then
    raise exception using errcode = 'QH400', message = 'nothing to change was given',
      hint = 'Give a department, position, site or supervisor; an empty text removes, but everybody has a department.';
  end if;
  if v_supervisor is not null then
    perform org.check_supervisor(p_employee_id, v_supervisor);
    v_change := v_change || jsonb_build_object('supervisor_id', v_supervisor);
  elsif p_supervisor = '' then
    v_change := v_change || '{"supervisor_id": null}';
  end if;
  if p_department is not null then
    v_change := v_change || jsonb_build_object('department_id', org.department_of(p_department));
  end if;
  if p_position is not null then
    v_change := v_change || jsonb_build_object('position_id', org.position_of(p_position));
  end if;
  if p_site is not null then
    v_change := v_change || jsonb_build_object('site_id', org.site_of(p_site));
  end if;
  if v_day > v_employee.leave_date then
    perform org.rehire(p_employee_id, v_day, v_change, nullif(p_reason, ''));
  else
    perform org.write_placement(p_employee_id, v_day, v_change, 'move', nullif(p_reason, ''));
  end if;
  return query select r.* from org.employee_row(p_employee_id) r;
end
$$;
comment on function api.move_employee(int, date, text, text, text, text, text) is 'Changes where an employee belongs from a day on (default today), past or future; after their last day it employs them again. Answers the employee as they are today.';
