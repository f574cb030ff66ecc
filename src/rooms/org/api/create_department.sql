create or replace function api.create_department(
  p_department_code text,
  p_department_name text,
  p_department_type text default null,
  p_parent text default null,
  p_manager text default null,
  p_site text default null,
  p_cost_center_code text default null,
  p_participates_in_approval boolean default null,
  p_scheduling_authority_level text default null,
  p_custom jsonb default null
)
returns setof org.department_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_id int;
begin
  perform org.check_choice('department_type', p_department_type, '{company,region,site,department,team,group}');
  v_id := org.create_department(p_department_code, p_department_name, p_department_type, org.department_of(p_parent));
  update org.departments d set custom = org.checked_custom('department', p_custom, null) where d.department_id = v_id;
  return query select u.* from api.update_department(v_id, p_manager => p_manager, p_site => p_site, p_cost_center_code => p_cost_center_code,
    p_participates_in_approval => p_participates_in_approval, p_scheduling_authority_level => p_scheduling_authority_level) u;
end
$$;
comment on function api.create_department(text, text, text, text, text, text, text, boolean, text, jsonb) is 'Makes a department under a parent (none: at the root). Answers the department.';
