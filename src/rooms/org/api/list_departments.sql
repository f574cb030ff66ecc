create or replace function api.list_departments(
  p_department text default null,
  p_department_type text default null,
  p_search text default null,
  p_active boolean default null
)
returns setof org.department_rows
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_path text := (select d.hierarchy_path from org.departments d where d.department_id = org.department_of(p_department));
begin
  perform org.check_choice('department_type', p_department_type, '{company,region,site,department,team,group}');
  return query
  select r.*
  from org.department_rows r
  where (v_path is null or r.hierarchy_path like v_path || '%')
    and (p_department_type is null or r.department_type = p_department_type)
    and (p_active is null or r.is_active = p_active)
    and (p_search is null or position(lower(p_search) in lower(r.department_name || ' ' || r.department_code)) > 0)
  order by r.department_path, r.department_id;
end
$$;
comment on function api.list_departments(text, text, text, boolean) is 'The departments of the organisation, or one and all below it, with who leads them and how many people they have.';
