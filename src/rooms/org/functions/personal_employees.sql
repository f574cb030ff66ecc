create or replace function org.personal_employees()
returns int[]
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select case when session_user = 'qh_server' and coalesce(current_setting('qh.personal_teams', true), '') <> '' then array(
      select distinct h.employee_id
      from org.departments t
      join org.departments d on d.hierarchy_path like t.hierarchy_path || '%'
      join org.employee_org_history h on h.department_id = d.department_id
        and (h.valid_to is null or h.valid_to > (select c.today from org.current_day c))
      where t.department_id = any (string_to_array(current_setting('qh.personal_teams', true), ',')::int[])) end
$$;
comment on function org.personal_employees() is 'Of a caller who stands in for others: whose personal data one of the two may see, where the other may not; null for everybody else.';
