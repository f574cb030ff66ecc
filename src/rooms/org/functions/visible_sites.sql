create or replace function org.visible_sites()
returns int[]
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select case when not platform.sees_all_cities() then array(select s.site_id from org.sites s) end
$$;
comment on function org.visible_sites() is 'The sites in the cities that this session may see; null for all.';
