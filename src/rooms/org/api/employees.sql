create or replace view api.employees as
select
  r.employee_id as id,
  r.*,
  r.supervisor_id as manager_id
from org.employee_rows r;
comment on view api.employees is 'Employees as they are today; over org.employees and their history. E-mail and phone are masked unless the caller may see them.';
