create or replace function api.list_employees(
  p_department text default null,
  p_team text default null,
  p_site text default null,
  p_position text default null,
  p_search text default null,
  p_active_on date default null,
  p_active boolean default null,
  p_led_by text default null,
  p_my_team boolean default null
)
returns setof org.employee_rows
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_day date := coalesce(p_active_on, org.today());
  v_site_id int := org.site_of(p_site);
  v_position_id int := org.position_of(p_position);
  v_path text;
  v_team_path text;
  v_led int[];
begin
  if p_team is not null and not exists (
    select from org.departments d where d.department_id = org.department_of(p_team) and d.department_type = 'team') then
    raise exception using errcode = 'QH400',
      message = format('%L is no team', p_team),
      hint = 'Filter by department, which takes any unit with all below it.';
  end if;
  if p_my_team then
    v_led := array(select m.employee_id from org.my_employees(org.caller_employee_id(), v_day) as m (employee_id));
  end if;
  if p_led_by is not null then
    v_led := array(
      select m.employee_id from org.my_employees(org.employee_of(p_led_by), v_day) as m (employee_id)
      where v_led is null or m.employee_id = any (v_led));
  end if;
  select d.hierarchy_path into v_path from org.departments d where d.department_id = org.department_of(p_department);
  select d.hierarchy_path into v_team_path from org.departments d where d.department_id = org.department_of(p_team);
  return query
  select r.*
  from org.employees_on(v_day) r
  join org.departments d on d.department_id = r.department_id
  where (v_path is null or d.hierarchy_path like v_path || '%')
    and (v_team_path is null or d.hierarchy_path like v_team_path || '%')
    and (p_site is null or r.site_id = v_site_id)
    and (p_position is null or r.position_id = v_position_id)
    and (p_active_on is null or r.is_active)
    and (p_active is null or r.is_active = p_active)
    and (v_led is null or r.employee_id = any (v_led))
    and (p_search is null or not exists (
      -- Every word is somewhere in the name or begins the number.
      select from unnest(string_to_array(lower(btrim(p_search)), ' ')) as w (word)
      where position(w.word in lower(r.full_name)) = 0 and not starts_with(lower(r.personnel_number), w.word)))
  order by r.last_name, r.first_name, r.employee_id;
end
$$;
comment on function api.list_employees(text, text, text, text, text, date, boolean, text, boolean) is 'Employees as they are today, or were on a day: of a department with all below it, a team, a site, a position, by name or number, or of those whom somebody leads.';
