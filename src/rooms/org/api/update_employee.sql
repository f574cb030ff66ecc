create or replace function api.update_employee(
  p_employee_id int,
  p_personnel_number text default null,
  p_last_name text default null,
  p_first_name text default null,
  p_middle_name text default null,
  p_email text default null,
  p_phone text default null,
  p_hire_date date default null,
  p_agent_code text default null,
  p_user_id text default null,
  p_custom jsonb default null
)
returns setof org.employee_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_old org.employees := org.find_employee(p_employee_id);
begin
  perform org.check_person(p_middle_name, p_email, p_phone, p_user_id, p_employee_id);
  if exists (select from org.employees e where e.personnel_number = p_personnel_number and e.employee_id <> p_employee_id) then
    raise exception using errcode = 'QH409', message = format('there is already an employee with number %L', p_personnel_number),
      hint = 'Choose another number.';
  end if;
  update org.employees e
  set personnel_number = org.checked_text('personnel_number', coalesce(p_personnel_number, e.personnel_number), 50),
    last_name = org.checked_text('last_name', coalesce(p_last_name, e.last_name), 100),
    first_name = org.checked_text('first_name', coalesce(p_first_name, e.first_name), 100),
    middle_name = nullif(coalesce(p_middle_name, e.middle_name), ''),
    email = nullif(coalesce(p_email, e.email), ''),
    phone = nullif(coalesce(p_phone, e.phone), ''),
    user_id = nullif(coalesce(p_user_id, e.user_id), ''),
    custom = org.checked_custom('employee', p_custom, v_old.custom),
    updated_at = platform.now()
  where e.employee_id = p_employee_id;
  if p_hire_date <> v_old.hire_date then
    if p_hire_date > v_old.leave_date then
      raise exception using errcode = 'QH400', message = format('hire_date %s lies behind the last day %s', p_hire_date, v_old.leave_date),
        hint = 'To employ somebody again, move them to a department from the new day on.';
    end if;
    perform org.set_hire_date(p_employee_id, p_hire_date);
  end if;
  if p_agent_code is not null then
    perform org.link_agent(p_employee_id, p_agent_code);
  end if;
  return query select r.* from org.employee_row(p_employee_id) r;
end
$$;
comment on function api.update_employee(int, text, text, text, text, text, text, date, text, text, jsonb) is 'Changes what is given of a person and leaves the rest; empty text removes. Where they belong is changed by move_employee. Answers the employee.';
