create or replace function api.delete_department(p_department_id int, p_move_to text default null)
returns table (department_id int, employees_moved int, departments_moved int)
language sql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
  select p_department_id, d.employees_moved, d.departments_moved
  from org.delete_department(p_department_id, org.department_of(p_move_to)) d
$$;
comment on function api.delete_department(int, text) is 'Deletes a department, moving what is in it to another one when given. Says how much moved.';
