create or replace view org.agent_people as
select
  a.agent_id,
  a.agent_code,
  coalesce(nullif(concat_ws(' ', e.last_name, e.first_name), ''), a.agent_name, a.agent_code) as agent_name,
  e.employee_id,
  e.email,
  d.department_id,
  d.department_code,
  d.department_name,
  d.hierarchy_path,
  t.department_id as team_id,
  t.department_code as team_code,
  t.department_name as team_name,
  coalesce(si.time_zone, sd.time_zone) as time_zone,
  a.primary_group_id
from org.agents a
left join org.employees e on e.employee_id = a.employee_id
left join org.current_day n on true
left join org.employee_spans s on s.employee_id = e.employee_id and s.seen_from <= n.today and n.today < s.seen_to
left join org.departments d on d.department_id = s.department_id
left join org.sites si on si.site_id = s.site_id
left join org.sites sd on sd.site_id = d.site_id
left join lateral (
  -- The nearest team at or above the department.
  select u.department_id, u.department_code, u.department_name
  from org.departments u
  where u.department_type = 'team' and d.hierarchy_path like u.hierarchy_path || '%'
  order by u.hierarchy_level desc
  limit 1
) t on true;
comment on view org.agent_people is 'For other rooms: agents with who they are and the department and team to which they belong today; e-mail unmasked, so show it by org.shown.';
