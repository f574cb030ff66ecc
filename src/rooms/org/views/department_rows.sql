create or replace view org.department_rows as
with present as materialized (
  select d.department_id, d.hierarchy_path, count(s.employee_id) as employee_count
  from org.departments d
  cross join org.current_day n
  left join (org.employee_spans s join org.employees e on e.employee_id = s.employee_id)
    on s.department_id = d.department_id and s.valid_from <= n.today and (s.valid_to is null or n.today < s.valid_to)
      and (e.leave_date is null or n.today <= e.leave_date)
  where d.deleted_at is null
  group by d.department_id, d.hierarchy_path
), totals as (
  select l.id::int as department_id, sum(p.employee_count)::int as total_employee_count
  from present p
  cross join lateral unnest(string_to_array(btrim(p.hierarchy_path, '/'), '/')) as l (id)
  group by l.id
)
select
  d.department_id,
  d.department_code,
  d.department_name,
  d.department_type,
  t.path as department_path,
  d.parent_id,
  u.department_code as parent_code,
  d.hierarchy_path,
  d.hierarchy_level,
  d.manager_id,
  m.personnel_number as manager_number,
  concat_ws(' ', m.last_name, m.first_name) as manager_name,
  y.deputies,
  d.site_id,
  si.site_code,
  coalesce(si.time_zone, (select s.value #>> '{}' from platform.settings s where s.name = 'org.time_zone'), 'UTC') as time_zone,
  d.cost_center_code,
  d.participates_in_approval,
  d.scheduling_authority_level,
  p.employee_count::int as employee_count,
  c.total_employee_count,
  (select count(*)::int from org.departments k where k.parent_id = d.department_id and k.deleted_at is null) as child_count,
  org.shown_custom(d.custom, (
    select array_agg(f.field_name) from org.custom_fields f where f.entity = 'department' and f.is_personal)) as custom,
  d.is_active,
  d.created_at,
  d.updated_at
from org.departments d
join org.department_paths t on t.department_id = d.department_id
join present p on p.department_id = d.department_id
join totals c on c.department_id = d.department_id
left join org.departments u on u.department_id = d.parent_id
left join org.employees m on m.employee_id = d.manager_id
left join org.sites si on si.site_id = d.site_id
cross join lateral (
  select coalesce(jsonb_agg(jsonb_build_object('deputy_id', f.deputy_id, 'employee_id', e.employee_id,
    'personnel_number', e.personnel_number, 'name', concat_ws(' ', e.last_name, e.first_name), 'end_date', f.end_date)
    order by f.start_date, f.deputy_id), '[]') as deputies
  from org.department_deputies f
  join org.employees e on e.employee_id = f.deputy_employee_id
  cross join org.current_day n
  where f.department_id = d.department_id and n.today between f.start_date and f.end_date and f.cancelled_at is null
) y
where d.deleted_at is null;
comment on view org.department_rows is 'Departments with their place in the tree, who leads them today, and how many people are in them and below.';
