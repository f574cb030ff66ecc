create or replace function org.visible_employees()
returns int[]
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select case when not platform.sees_all_people() then array(
      -- The rows of others are hidden from this session by the policy of the table.
      select distinct h.employee_id
      from org.employee_org_history h
      where h.valid_to is null or h.valid_to > (select d.today from org.current_day d)) end
$$;
comment on function org.visible_employees() is 'Whom this session may see: who belongs now, will, or did at last to its departments and cities; null for all.';
