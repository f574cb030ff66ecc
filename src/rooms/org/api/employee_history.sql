create or replace function api.employee_history(p_employee_id int)
returns setof org.employee_moves
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform org.find_employee(p_employee_id);
  return query
  select m.* from org.employee_moves m where m.employee_id = p_employee_id order by m.valid_from desc, m.history_id desc;
end
$$;
comment on function api.employee_history(int) is 'Where an employee belonged and will belong, the latest first; QH404 when there is none.';
