create or replace function org.is_visible_place(p_department_id int, p_site_id int)
returns boolean
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select
    from org.departments d
    join org.sites s on s.site_id = coalesce(p_site_id, d.site_id)
    where d.department_id = p_department_id)
$$;
comment on function org.is_visible_place(int, int) is 'Whether who belongs to a department (and a site of their own) works in a city that this session may see.';
