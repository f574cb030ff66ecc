create or replace view org.employee_rows as
select
  e.employee_id,
  e.personnel_number,
  e.last_name,
  e.first_name,
  e.middle_name,
  concat_ws(' ', e.last_name, e.first_name, e.middle_name) as full_name,
  org.shown(e.email, 'email', o.is_open) as email,
  org.shown(e.phone, 'phone', o.is_open) as phone,
  e.hire_date,
  e.leave_date,
  e.leave_reason,
  s.valid_from <= n.today and (s.valid_to is null or n.today < s.valid_to)
    and (e.leave_date is null or n.today <= e.leave_date) as is_active,
  d.department_id,
  d.department_code,
  d.department_name,
  t.path as department_path,
  tm.department_id as team_id,
  tm.department_code as team_code,
  tm.department_name as team_name,
  p.position_id,
  p.position_code,
  p.position_name,
  si.site_id,
  si.site_code,
  si.site_name,
  si.time_zone,
  b.employee_id as supervisor_id,
  b.personnel_number as supervisor_number,
  concat_ws(' ', b.last_name, b.first_name) as supervisor_name,
  a.agent_code,
  e.user_id,
  org.shown_custom(e.custom, (
    select array_agg(f.field_name) from org.custom_fields f where f.entity = 'employee' and f.is_personal), o.is_open) as custom,
  e.created_at,
  e.updated_at
from org.employees e
cross join org.current_day n
join org.employee_spans s on s.employee_id = e.employee_id and s.seen_from <= n.today and n.today < s.seen_to
join org.departments d on d.department_id = s.department_id
join org.department_paths t on t.department_id = d.department_id
left join org.departments tm on tm.department_id = t.team_id
left join org.positions p on p.position_id = s.position_id
left join org.sites si on si.site_id = coalesce(s.site_id, d.site_id)
left join org.employees b on b.employee_id = s.supervisor_id
left join org.agents a on a.employee_id = e.employee_id
cross join lateral (select e.employee_id = any ((select org.personal_employees())::int[]) as is_open) o;
comment on view org.employee_rows is 'Employees as they are today, with names of where they belong; phones and addresses masked for those who may not see them.';
