create or replace function api.move_department(p_department_id int, p_parent text default null)
returns setof org.department_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform org.place_department(p_department_id, org.department_of(p_parent));
  return query select r.* from org.department_row(p_department_id) r;
end
$$;
comment on function api.move_department(int, text) is 'Moves a department with all below it under another one (none: to the root). Answers the department.';
