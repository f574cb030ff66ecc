create or replace function org.visible_agents()
returns int[]
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select case when org.visible_employees() is not null then array(
      select a.agent_id
      from org.agents a
      where a.employee_id = any (org.visible_employees())) end
$$;
comment on function org.visible_agents() is 'The agents whose activity this session may see: those who are visible employees; null for all.';
