create or replace function org.placement_change(p_row jsonb, p_day date)
returns jsonb
language sql stable parallel safe
as $$
  select coalesce(jsonb_object_agg(g.key, g.value), '{}')
  from org.employee_spans s
  left join org.departments d on d.department_id = (p_row ->> 'department_id')::int
  cross join lateral jsonb_each(org.given_placement(p_row)) g
  where s.employee_id = (p_row ->> 'employee_id')::int and s.seen_from <= p_day and p_day < s.seen_to
    and g.value is distinct from coalesce(to_jsonb(s) -> g.key, 'null')
    -- The site of the department is theirs without being named.
    and not (g.key = 'site_id' and s.site_id is null and g.value = to_jsonb(d.site_id))
$$;
comment on function org.placement_change(jsonb, date) is 'What of where an employee belongs differs between a row of an import and the day.';
