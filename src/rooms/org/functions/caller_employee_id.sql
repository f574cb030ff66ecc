create or replace function org.caller_employee_id()
returns int
language sql stable parallel safe
as $$
  select e.employee_id
  from org.employees e
  where e.user_id = nullif(pg_catalog.current_setting('qh.user', true), '')
$$;
comment on function org.caller_employee_id() is 'The employee who is signed in (setting qh.user of the transaction); null for a key, or a person who is no employee.';
