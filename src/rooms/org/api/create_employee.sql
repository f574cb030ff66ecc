create or replace function api.create_employee(
  p_personnel_number text,
  p_last_name text,
  p_first_name text,
  p_hire_date date,
  p_department text,
  p_middle_name text default null,
  p_email text default null,
  p_phone text default null,
  p_position text default null,
  p_site text default null,
  p_supervisor text default null,
  p_agent_code text default null,
  p_user_id text default null,
  p_custom jsonb default null
)
returns setof org.employee_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_id int;
begin
  v_id := org.create_employee(p_personnel_number, p_last_name, p_first_name, p_hire_date, org.department_of(p_department),
    org.position_of(p_position), org.site_of(p_site), org.employee_of(p_supervisor), p_custom);
  return query select u.* from api.update_employee(v_id, p_middle_name => p_middle_name, p_email => p_email, p_phone => p_phone,
    p_agent_code => p_agent_code, p_user_id => p_user_id) u;
end
$$;
comment on function api.create_employee(text, text, text, date, text, text, text, text, text, text, text, text, text, jsonb) is 'Makes an employee, who belongs to a department from the day of hiring on. Answers the employee.';
