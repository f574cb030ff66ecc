create or replace function org.mark_erased_employee(p_employee_id int)
returns void
language sql volatile parallel unsafe
as $$
  select platform.mark_erased('personnel_number', e.personnel_number), platform.mark_erased('email', e.email)
  from org.employees e
  where e.employee_id = p_employee_id
$$;
comment on function org.mark_erased_employee(int) is 'Remembers that an employee is erased, so that no import brings them back; to be called before.';
