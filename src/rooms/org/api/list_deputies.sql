create or replace function api.list_deputies(p_department text default null, p_employee text default null, p_active_on date default null)
returns setof org.deputy_rows
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_department_id int := org.department_of(p_department);
  v_employee_id int := org.employee_of(p_employee);
begin
  return query
  select r.*
  from org.deputy_rows r
  where (v_department_id is null or r.department_id = v_department_id)
    and (v_employee_id is null or r.deputy_employee_id = v_employee_id)
    and (p_active_on is null or p_active_on between r.start_date and r.end_date and r.cancelled_at is null)
  order by r.start_date desc, r.deputy_id desc;
end
$$;
comment on function api.list_deputies(text, text, date) is 'Deputies of departments, the latest first: of one department, of one employee, or those that stand in on a day.';
