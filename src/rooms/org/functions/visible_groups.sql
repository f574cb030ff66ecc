create or replace function org.visible_groups()
returns int[]
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select case when not platform.sees_all_services() then array(select g.group_id from org.groups g) end
$$;
comment on function org.visible_groups() is 'The queues of the services that this session may see; null for all.';
