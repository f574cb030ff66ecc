create or replace view org.employee_moves as
select
  h.history_id,
  h.employee_id,
  h.valid_from,
  least(h.valid_to, e.leave_date + 1) as valid_to,
  h.change_type,
  h.change_reason,
  d.department_id,
  d.department_code,
  t.path as department_path,
  p.position_id,
  p.position_code,
  p.position_name,
  si.site_id,
  si.site_code,
  si.site_name,
  b.employee_id as supervisor_id,
  b.personnel_number as supervisor_number,
  concat_ws(' ', b.last_name, b.first_name) as supervisor_name,
  h.changed_by,
  h.batch_id,
  h.created_at
from org.employee_org_history h
join org.employees e on e.employee_id = h.employee_id
join org.departments d on d.department_id = h.department_id
join org.department_paths t on t.department_id = d.department_id
left join org.positions p on p.position_id = h.position_id
left join org.sites si on si.site_id = h.site_id
left join org.employees b on b.employee_id = h.supervisor_id
where (h.valid_to is null or h.valid_to > h.valid_from) and (e.leave_date is null or h.valid_from <= e.leave_date);
comment on view org.employee_moves is 'The history of employees by days: where they belonged from valid_from until the day before valid_to.';
