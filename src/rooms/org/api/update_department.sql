create or replace function api.update_department(
  p_department_id int,
  p_department_code text default null,
  p_department_name text default null,
  p_department_type text default null,
  p_manager text default null,
  p_site text default null,
  p_cost_center_code text default null,
  p_participates_in_approval boolean default null,
  p_scheduling_authority_level text default null,
  p_custom jsonb default null,
  p_is_active boolean default null
)
returns setof org.department_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_old org.departments := org.find_department(p_department_id);
begin
  perform org.require_own_department(p_department_id);
  perform org.check_choice('department_type', p_department_type, '{company,region,site,department,team,group}');
  perform org.check_choice('scheduling_authority_level', p_scheduling_authority_level, '{FULL,LIMITED,VIEW_ONLY,NONE}');
  perform org.checked_text('department_code', coalesce(p_department_code, v_old.department_code), 50),
    org.checked_text('department_name', coalesce(p_department_name, v_old.department_name), 200);
  if p_manager is not null and not platform.sees_all_people() and exists (
    select from org.department_deputies f
    where f.department_id = p_department_id and f.cancelled_at is null and f.end_date >= platform.now()::date
  ) then
    raise exception using errcode = 'QH403',
      message = 'the manager of a department that has a deputy is not yours to change',
      hint = 'A deputy has the rights of the manager, who may see more than you. End the deputyship first, or ask somebody whom nothing narrows.';
  end if;
  if exists (
    select from org.departments d
    where d.deleted_at is null and d.department_id <> p_department_id
      and (d.department_code = p_department_code
        or lower(d.department_name) = lower(p_department_name) and coalesce(d.parent_id, 0) = coalesce(v_old.parent_id, 0))
  ) then
    raise exception using errcode = 'QH409',
      message = 'another department has this code, or this name at the same place',
      hint = 'Choose another one.';
  end if;
  update org.departments d
  set department_code = coalesce(p_department_code, d.department_code),
    department_name = coalesce(p_department_name, d.department_name),
    department_type = coalesce(p_department_type, d.department_type),
    manager_id = case when p_manager is null then d.manager_id else org.employee_of(p_manager) end,
    site_id = case when p_site is null then d.site_id else org.site_of(p_site) end,
    cost_center_code = case when p_cost_center_code is null then d.cost_center_code else nullif(p_cost_center_code, '') end,
    participates_in_approval = coalesce(p_participates_in_approval, d.participates_in_approval),
    scheduling_authority_level = coalesce(p_scheduling_authority_level, d.scheduling_authority_level),
    custom = org.checked_custom('department', p_custom, d.custom),
    is_active = coalesce(p_is_active, d.is_active),
    updated_at = platform.now()
  where d.department_id = p_department_id;
  return query select r.* from org.department_row(p_department_id) r;
end
$$;
comment on function api.update_department(int, text, text, text, text, text, text, boolean, text, jsonb, boolean) is 'Changes what is given of a department and leaves the rest; an empty manager, site or cost center is removed. Answers the department.';
