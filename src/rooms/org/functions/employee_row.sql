create or replace function org.employee_row(p_employee_id int)
returns setof org.employee_rows
language sql stable parallel safe rows 1
as $$
  select r.* from org.employee_rows r where r.employee_id = p_employee_id
$$;
comment on function org.employee_row(int) is 'One employee as the operations answer it.';
