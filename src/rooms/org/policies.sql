-- org: tables with a service_id are narrowed to services without a word here. People are narrowed to departments with all below
-- them and, where cities are given, to those who work there.

select platform.protect('org.sites', '(select platform.sees_all_cities()) or city = any ((select platform.visible_cities())::text[])');

select platform.protect('org.employee_org_history', $$
  ((select platform.sees_all_teams()) or department_id = any ((select org.visible_departments())::int[]))
  and ((select platform.sees_all_cities()) or exists (
    select from org.departments d join org.sites s on s.site_id = coalesce(employee_org_history.site_id, d.site_id)
    where d.department_id = employee_org_history.department_id))$$);

-- Whom one sees is who belongs there now, will, or did at last. An employee is written before their first place: that is checked then.
select platform.protect('org.employees', $$
  (select platform.sees_all_people())
  or employee_id in (
    select h.employee_id from org.employee_org_history h
    where h.valid_to is null or h.valid_to > (select d.today from org.current_day d))$$,
  p_check => 'true');

select platform.protect('org.employee_loads', $$
  (select platform.sees_all_people()) or employee_id in (select e.employee_id from org.employees e)$$);

select platform.protect('org.department_deputies', $$
  (select platform.sees_all_people())
  or ((select platform.sees_all_teams()) or department_id = any ((select org.visible_departments())::int[]))
    and deputy_employee_id in (select e.employee_id from org.employees e)$$);

select platform.protect('org.agents', $$
  ((select platform.sees_all_people()) or employee_id in (select e.employee_id from org.employees e))
  and ((select platform.sees_all_services()) or primary_group_id is null or primary_group_id in (select g.group_id from org.groups g))$$);

-- The tree is known to everybody; who is in it is not, and only one's own part of it is changed.
select platform.protect('org.departments',
  '(select platform.sees_all_teams()) or department_id = any ((select org.visible_departments())::int[])',
  p_check => $$(select platform.sees_all_teams()) or department_id = any ((select org.visible_departments())::int[])
    or parent_id = any ((select org.visible_departments())::int[])$$,
  p_read => 'true');

select platform.leave_open('org.positions', 'a list of words that all share');
select platform.leave_open('org.custom_fields', 'which fields there are is the same for all');
