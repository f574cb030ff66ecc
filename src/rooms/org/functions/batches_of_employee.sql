create or replace function org.batches_of_employee(p_employee_id int)
returns uuid[]
language sql stable parallel safe
as $$
  select coalesce(array_agg(distinct l.batch_id), '{}') from org.employee_loads l where l.employee_id = p_employee_id
$$;
comment on function org.batches_of_employee(int) is 'The imports that made or changed an employee; empty when none did.';
