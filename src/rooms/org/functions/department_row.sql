create or replace function org.department_row(p_department_id int)
returns setof org.department_rows
language sql stable parallel safe rows 1
as $$
  select r.* from org.department_rows r where r.department_id = p_department_id
$$;
comment on function org.department_row(int) is 'One department as the operations answer it.';
