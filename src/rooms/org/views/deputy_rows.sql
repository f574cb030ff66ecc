create or replace view org.deputy_rows as
select
  f.deputy_id,
  f.department_id,
  d.department_code,
  d.department_name,
  f.deputy_employee_id,
  e.personnel_number as deputy_number,
  concat_ws(' ', e.last_name, e.first_name) as deputy_name,
  f.start_date,
  f.end_date,
  n.today between f.start_date and f.end_date and f.cancelled_at is null as is_active,
  f.reason,
  f.delegation_scope,
  f.cancelled_at,
  f.created_by,
  f.created_at
from org.department_deputies f
join org.departments d on d.department_id = f.department_id
join org.employees e on e.employee_id = f.deputy_employee_id
cross join org.current_day n;
comment on view org.deputy_rows is 'Deputies as the operations answer them.';
