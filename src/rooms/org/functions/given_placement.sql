create or replace function org.given_placement(p_row jsonb)
returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('department_id', p_row -> 'department_id')
    || case when p_row -> 'given' ? 'position' then jsonb_build_object('position_id', p_row -> 'position_id') else '{}' end
    || case when p_row -> 'given' ? 'site' then jsonb_build_object('site_id', p_row -> 'site_id') else '{}' end
    || case when p_row -> 'given' ? 'supervisor_number' then jsonb_build_object('supervisor_id', (
        select e.employee_id from org.employees e where e.personnel_number = p_row ->> 'supervisor_number')) else '{}' end
$$;
comment on function org.given_placement(jsonb) is 'What a row of an import says of where an employee belongs.';
