create or replace function org.visible_departments()
returns int[]
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select case when not platform.sees_all_teams() then array(
      select d.department_id
      from org.departments t
      join org.departments d on d.hierarchy_path like t.hierarchy_path || '%'
      -- Who is narrowed to services and was given no departments has none.
      where t.department_id = any (coalesce(platform.visible_teams(), '{}'))) end
$$;
comment on function org.visible_departments() is 'The departments whose people this session may see, with all below them; null for all.';
