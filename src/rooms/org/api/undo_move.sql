create or replace function api.undo_move(p_employee_id int, p_history_id bigint)
returns setof org.employee_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_employee org.employees := org.find_employee(p_employee_id);
  v_move org.employee_org_history;
begin
  perform from org.employees e where e.employee_id = p_employee_id for update;
  select h.* into v_move
  from org.employee_org_history h
  where h.employee_id = p_employee_id and h.history_id = p_history_id;
  if not found then
    raise exception using errcode = 'QH404',
      message = format('the history of the employee has no change %s', p_history_id),
      hint = 'List it with org.employee_history.';
  end if;
  if v_move.change_type <> 'move' then
    raise exception using errcode = 'QH409',
      message = format('a change of the kind %s is not taken back one by one', v_move.change_type),
      hint = 'Undo the import that brought it, or correct the employee.';
  end if;
  perform org.remove_placement(p_history_id);
  return query select r.* from org.employee_row(p_employee_id) r;
end
$$;
comment on function api.undo_move(int, bigint) is 'Takes a move out of an employee''s history as if it had never been made; later ones stand. Answers the employee.';
