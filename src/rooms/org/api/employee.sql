create or replace function api.employee(p_employee_id int)
returns setof org.employee_rows
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform org.find_employee(p_employee_id);
  return query select r.* from org.employee_row(p_employee_id) r;
end
$$;
comment on function api.employee(int) is 'One employee as they are today; QH404 when there is none.';
