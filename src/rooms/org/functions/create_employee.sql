create or replace function org.create_employee(
  p_personnel_number text,
  p_last_name text,
  p_first_name text,
  p_hire_date date,
  p_department_id int,
  p_position_id int default null,
  p_site_id int default null,
  p_supervisor_id int default null,
  p_custom jsonb default null
)
returns int
language plpgsql volatile parallel unsafe
as $$
declare
  v_id int;
begin
  if p_department_id is null then
    raise exception using errcode = 'QH400', message = 'department is required', hint = 'Give the code of the department or team.';
  end if;
  -- The first place comes before the person: the policies of both tables ask whether the place is the caller's.
  v_id := nextval(pg_get_serial_sequence('org.employees', 'employee_id'));
  insert into org.employee_org_history (employee_id, valid_from, department_id, position_id, site_id, supervisor_id, stated, change_type,
    changed_by, created_at)
  values (v_id, p_hire_date, p_department_id, p_position_id, p_site_id, p_supervisor_id,
    '{department_id,position_id,site_id,supervisor_id}', 'hire', org.caller_name(), platform.now());
  insert into org.employees (employee_id, personnel_number, last_name, first_name, hire_date, custom, created_at, updated_at)
  values (v_id, org.checked_text('personnel_number', p_personnel_number, 50), org.checked_text('last_name', p_last_name, 100),
    org.checked_text('first_name', p_first_name, 100), p_hire_date, org.checked_custom('employee', p_custom, null),
    platform.now(), platform.now())
  on conflict do nothing;
  if not found then
    raise exception using errcode = 'QH409',
      message = format('there is already an employee with number %L', p_personnel_number),
      hint = 'Change the employee who has it, or choose another number.';
  end if;
  return v_id;
end
$$;
comment on function org.create_employee(text, text, text, date, int, int, int, int, jsonb) is 'Makes an employee with a first place from the day of hiring on and returns the id; QH409 when the number is taken.';
