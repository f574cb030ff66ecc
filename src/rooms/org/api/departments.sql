create or replace view api.departments as
select
  r.department_id,
  r.department_name,
  r.department_code,
  r.parent_id,
  r.department_type,
  r.manager_id,
  (r.deputies -> 0 ->> 'employee_id')::int as deputy_manager_id,
  r.cost_center_code,
  s.site_name as location,
  r.time_zone,
  r.participates_in_approval,
  r.scheduling_authority_level,
  r.hierarchy_path,
  r.hierarchy_level,
  r.employee_count,
  r.is_active,
  r.created_at,
  r.updated_at,
  r.department_path,
  r.total_employee_count,
  r.custom
from org.department_rows r
left join org.sites s on s.site_id = r.site_id;
comment on view api.departments is 'Departments in the words of seed 005; over org.departments, with who stands in today and how many are employed today.';
