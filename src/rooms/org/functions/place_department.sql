create or replace function org.place_department(p_department_id int, p_parent_id int)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_old org.departments;
  v_parent org.departments;
  v_path text;
  v_deepest int;
begin
  -- One change of the tree at a time: two moves at once could each be right and together make a loop.
  perform pg_advisory_xact_lock(hashtextextended('org.departments', 0));
  v_old := org.find_department(p_department_id);
  -- Where a department belongs is the business of whoever has those above it, the former and the new one.
  perform org.require_own_department(v_old.parent_id), org.require_own_department(p_parent_id);
  if p_parent_id is not null then
    v_parent := org.find_department(p_parent_id);
  end if;
  if v_parent.hierarchy_path like v_old.hierarchy_path || '%' then
    raise exception using errcode = 'QH400',
      message = format('%s cannot be moved into %s, which lies in it', v_old.department_code, v_parent.department_code),
      hint = 'Choose a department outside the one that is moved.';
  end if;
  select max(d.hierarchy_level) - v_old.hierarchy_level + coalesce(v_parent.hierarchy_level, 0) + 1 into v_deepest
  from org.departments d
  where d.hierarchy_path like v_old.hierarchy_path || '%' and d.deleted_at is null;
  if v_deepest > 10 then
    raise exception using errcode = 'QH400',
      message = format('%s would reach level %s of the organisation; 10 are possible', v_old.department_code, v_deepest),
      hint = 'Choose a department nearer to the root.';
  end if;
  if exists (
    select from org.departments d
    where coalesce(d.parent_id, 0) = coalesce(p_parent_id, 0) and lower(d.department_name) = lower(v_old.department_name)
      and d.department_id <> p_department_id and d.deleted_at is null
  ) then
    raise exception using errcode = 'QH409',
      message = format('there is already a department %L at this place', v_old.department_name),
      hint = 'Rename one of the two.';
  end if;
  v_path := coalesce(v_parent.hierarchy_path, '/') || p_department_id || '/';
  update org.departments d
  set hierarchy_path = v_path || substr(d.hierarchy_path, length(v_old.hierarchy_path) + 1),
    -- What was deleted lies there only for the history, and may have been deeper.
    hierarchy_level = least(10, d.hierarchy_level - v_old.hierarchy_level + coalesce(v_parent.hierarchy_level, 0) + 1),
    parent_id = case when d.department_id = p_department_id then p_parent_id else d.parent_id end,
    updated_at = platform.now()
  where d.hierarchy_path like v_old.hierarchy_path || '%';
end
$$;
comment on function org.place_department(int, int) is 'Puts a department and all below it under another one (null: at the root); QH400 for a loop or more than 10 levels.';
