create or replace function org.words_of_employee(p_employee_id int)
returns text[]
language sql stable parallel safe
as $$
  select array_remove(
    array[e.personnel_number, e.last_name, e.email, e.phone, format('"employee_id":%s,', e.employee_id)] || array(
      select e.custom ->> f.field_name
      from org.custom_fields f
      where f.entity = 'employee' and f.is_personal and f.field_type = 'text'),
    null)
  from org.employees e
  where e.employee_id = p_employee_id
$$;
comment on function org.words_of_employee(int) is 'By which words an employee is found where texts are kept: number, last name, address, phone, personal fields, and the id as answers write it.';
