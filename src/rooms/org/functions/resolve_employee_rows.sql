create or replace function org.resolve_employee_rows()
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- Each different text is looked up once.
  create temp table units on commit drop as
  with given as (
    select distinct w.department, w.team from pg_temp.employee_rows w where w.department is not null
  ), known as (
    select d.department_id, d.department_code, d.department_name, d.department_type, d.hierarchy_path, org.path_key(t.path) as path_key
    from org.departments d
    join org.department_paths t on t.department_id = d.department_id
    where d.deleted_at is null
  )
  select g.department, g.team, d.department_id as upper_id, t.department_id as team_id,
    case
      when t.department_id is null or d.hierarchy_path like t.hierarchy_path || '%' then d.department_id
      when t.hierarchy_path like d.hierarchy_path || '%' then t.department_id
    end as department_id
  from given g
  left join lateral (
    select k.department_id, k.hierarchy_path
    from known k
    where k.department_code = g.department or k.path_key = org.path_key(g.department)
    order by k.department_code = g.department desc
    limit 1
  ) d on true
  left join lateral (
    select k.department_id, k.hierarchy_path
    from known k
    where k.department_type = 'team'
      and (k.department_code = g.team or k.path_key = org.path_key(g.team)
        or lower(k.department_name) = lower(g.team) and k.hierarchy_path like d.hierarchy_path || '%')
    order by k.department_code = g.team desc, k.path_key = org.path_key(g.team) desc
    limit 1
  ) t on true;
  update pg_temp.employee_rows w
  set department_id = u.department_id
  from pg_temp.units u
  where u.department = w.department and u.team is not distinct from w.team;
  update pg_temp.employee_rows w
  set position_id = p.position_id
  from (
    select distinct on (g.position) g.position, p.position_id
    from (select distinct x.position from pg_temp.employee_rows x) g
    join org.positions p on p.position_code = g.position or lower(g.position) in (lower(p.position_name), lower(p.position_name_en))
    order by g.position, p.position_code = g.position desc, p.position_id
  ) p
  where p.position = w.position;
  update pg_temp.employee_rows w
  set site_id = s.site_id
  from (
    select distinct on (g.site) g.site, s.site_id
    from (select distinct x.site from pg_temp.employee_rows x) g
    join org.sites s on s.site_code = g.site or lower(s.site_name) = lower(g.site)
    order by g.site, s.site_code = g.site desc, s.site_id
  ) s
  where s.site = w.site;
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, v.name, v.rule, v.value,
    case when v.rule = 'TEAM_ELSEWHERE' then w.department else org.likely(v.value, v.name) end
  from pg_temp.employee_rows w
  left join pg_temp.units u on u.department = w.department and u.team is not distinct from w.team
  cross join lateral (
    values
      ('department', 'DEPARTMENT_UNKNOWN', w.department, w.department is not null and u.upper_id is null),
      ('team', 'TEAM_UNKNOWN', w.team, w.team is not null and u.upper_id is not null and u.team_id is null),
      ('team', 'TEAM_ELSEWHERE', w.team, u.upper_id is not null and u.team_id is not null and u.department_id is null),
      ('position', 'POSITION_UNKNOWN', w.position, w.position is not null and w.position_id is null),
      ('site', 'SITE_UNKNOWN', w.site, w.site is not null and w.site_id is null)
  ) as v (name, rule, value, is_broken)
  where v.is_broken;
  drop table pg_temp.units;
end
$$;
comment on function org.resolve_employee_rows() is 'Finds the department, position and site of each row of an import; what there is not is a finding.';
