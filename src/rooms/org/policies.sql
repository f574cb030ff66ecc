-- org: tables with a service_id are narrowed to services without a word here. People are narrowed to departments with all below
-- them and, where cities are given, to those who work there. Nobody is of a service, and no table says whom a department serves (the
-- seeds' agents.primary_group_id is filled by no operation): who is narrowed to services alone has nobody until departments are given
-- too (platform.sees_all_teams). What is looked up in other tables is asked of a function, once per statement and only of who is
-- narrowed: subqueries here would be planned anew into every statement (5,000 employees 1.4 → 21 s).

select platform.protect('org.sites', '(select platform.sees_all_cities()) or city = any ((select platform.visible_cities())::text[])');

select platform.protect('org.employee_org_history', $$
  ((select platform.sees_all_teams()) or department_id = any ((select org.visible_departments())::int[]))
  and ((select platform.sees_all_cities()) or org.is_visible_place(department_id, site_id))$$);

-- Whom one sees is who belongs there now, will, or did at last. Who is narrowed makes somebody by writing their first place first.
select platform.protect('org.employees',
  '(select platform.sees_all_people()) or employee_id = any ((select org.visible_employees())::int[])');

select platform.protect('org.employee_loads',
  '(select platform.sees_all_people()) or employee_id = any ((select org.visible_employees())::int[])');

select platform.protect('org.department_deputies', $$
  (select platform.sees_all_people())
  or ((select platform.sees_all_teams()) or department_id = any ((select org.visible_departments())::int[]))
    and deputy_employee_id = any ((select org.visible_employees())::int[])$$);

select platform.protect('org.agents', $$
  ((select platform.sees_all_people()) or employee_id = any ((select org.visible_employees())::int[]))
  and ((select platform.sees_all_services()) or primary_group_id is null or primary_group_id = any ((select org.visible_groups())::int[]))
  and (primary_group_id is null or (select org.employee_pairs()) is null
    or org.is_paired_group((select org.employee_pairs()), employee_id, primary_group_id))$$);

-- The tree is known to everybody; who is in it is not, and only one's own part of it is changed.
select platform.protect('org.departments', $$
  ((select platform.sees_all_teams()) or department_id = any ((select org.visible_departments())::int[]))
  and ((select platform.sees_all_cities()) or site_id = any ((select org.visible_sites())::int[]))$$,
  p_check => $$
  ((select platform.sees_all_teams()) or department_id = any ((select org.visible_departments())::int[])
    or parent_id = any ((select org.visible_departments())::int[]))
  and ((select platform.sees_all_cities()) or site_id = any ((select org.visible_sites())::int[]))$$,
  p_read => 'true');

select platform.leave_open('org.positions', 'a list of words that all share');
select platform.leave_open('org.custom_fields', 'which fields there are is the same for all');

-- What functions of api change for a SQL login stands in the audit.
select platform.audit_sql_writes('org.' || t.name)
from unnest('{services,groups,sources,source_mappings,sites,positions,departments,employees,employee_org_history,department_deputies,agents,custom_fields}'::text[]) as t (name);
