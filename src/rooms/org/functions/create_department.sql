create or replace function org.create_department(p_code text, p_name text, p_type text default null, p_parent_id int default null)
returns int
language plpgsql volatile parallel unsafe
as $$
declare
  v_parent org.departments;
  v_id int := nextval(pg_get_serial_sequence('org.departments', 'department_id'));
begin
  perform pg_advisory_xact_lock(hashtextextended('org.departments', 0));
  if exists (select from org.departments d where d.department_code = p_code and d.deleted_at is null) then
    raise exception using errcode = 'QH409',
      message = format('there is already a department %L', p_code),
      hint = 'Choose another code, or change the department that has it.';
  end if;
  if exists (
    select from org.departments d
    where coalesce(d.parent_id, 0) = coalesce(p_parent_id, 0) and lower(d.department_name) = lower(p_name) and d.deleted_at is null
  ) then
    raise exception using errcode = 'QH409',
      message = format('there is already a department %L at this place', p_name),
      hint = 'Choose another name.';
  end if;
  if p_parent_id is not null then
    v_parent := org.find_department(p_parent_id);
  end if;
  -- The function that moves departments checks path and level.
  insert into org.departments (department_id, department_code, department_name, department_type, parent_id, hierarchy_path,
    hierarchy_level, created_at, updated_at)
  select v_id, org.checked_text('department_code', p_code, 50), org.checked_text('department_name', p_name, 200),
    coalesce(p_type, 'department'), p_parent_id, coalesce(v_parent.hierarchy_path, '/') || v_id || '/',
    least(10, coalesce(v_parent.hierarchy_level, 0) + 1), platform.now(), platform.now();
  perform org.place_department(v_id, p_parent_id);
  return v_id;
end
$$;
comment on function org.create_department(text, text, text, int) is 'Makes a department under a parent (null: at the root) and returns its id; QH409 when the code, or the name at this place, is taken.';
