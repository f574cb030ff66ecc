create or replace function org.delete_department(
  p_department_id int,
  p_move_to_id int,
  out employees_moved int,
  out departments_moved int
)
language plpgsql volatile parallel unsafe
as $$
declare
  v_old org.departments := org.find_department(p_department_id);
  v_target text := (select d.hierarchy_path from org.departments d where d.department_id = p_move_to_id);
  v_employee record;
  v_child int;
  v_today date := org.today();
begin
  perform org.require_own_department(p_department_id);
  perform pg_advisory_xact_lock(hashtextextended('org.departments', 0));
  if v_target like v_old.hierarchy_path || '%' then
    raise exception using errcode = 'QH400',
      message = 'what is in a department cannot move into itself or below it',
      hint = 'Choose a department outside the one that is deleted.';
  end if;
  employees_moved := 0;
  departments_moved := 0;
  for v_employee in
    select h.employee_id, min(greatest(h.valid_from, v_today)) as day
    from org.employee_org_history h
    join org.employees e on e.employee_id = h.employee_id and (e.leave_date is null or e.leave_date >= v_today)
    where h.department_id = p_department_id and (h.valid_to is null or h.valid_to > greatest(h.valid_from, v_today))
    group by h.employee_id
  loop
    if p_move_to_id is null then
      raise exception using errcode = 'QH409',
        message = format('%s is not empty', v_old.department_code),
        hint = 'Move its people first, or say with move_to where they go.';
    end if;
    -- Planned moves into the department lead to the other one too.
    update org.employee_org_history h
    set department_id = p_move_to_id
    where h.employee_id = v_employee.employee_id and h.department_id = p_department_id and h.valid_from >= v_employee.day;
    if not exists (
      select from org.employee_org_history h
      where h.employee_id = v_employee.employee_id and h.valid_from = v_employee.day and h.department_id = p_move_to_id
        and (h.valid_to is null or h.valid_to > h.valid_from)
    ) then
      perform org.write_placement(v_employee.employee_id, v_employee.day, jsonb_build_object('department_id', p_move_to_id), 'reorganisation',
        format('%s was deleted', v_old.department_code));
    end if;
    employees_moved := employees_moved + 1;
  end loop;
  for v_child in
    select d.department_id from org.departments d where d.parent_id = p_department_id and d.deleted_at is null order by 1
  loop
    if p_move_to_id is null then
      raise exception using errcode = 'QH409',
        message = format('%s has departments below it', v_old.department_code),
        hint = 'Move them first, or say with move_to where they go.';
    end if;
    perform org.place_department(v_child, p_move_to_id);
    departments_moved := departments_moved + 1;
  end loop;
  update org.sites s set primary_department_id = p_move_to_id where s.primary_department_id = p_department_id;
  if exists (select from org.employee_org_history h where h.department_id = p_department_id)
    or exists (select from org.departments d where d.parent_id = p_department_id)
    or exists (select from org.department_deputies f where f.department_id = p_department_id) then
    update org.departments d
    set deleted_at = platform.now(), is_active = false, manager_id = null, updated_at = platform.now()
    where d.department_id = p_department_id;
  else
    delete from org.departments d where d.department_id = p_department_id;
  end if;
end
$$;
comment on function org.delete_department(int, int) is 'Deletes a department; people and departments in it move to another one, and without one QH409 unless it is empty. It stays, out of sight, where the history names it.';
