create or replace function org.set_hire_date(p_employee_id int, p_hire_date date)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_first org.employee_org_history;
  v_former_end date;
begin
  select h.* into v_first
  from org.employee_org_history h
  where h.employee_id = p_employee_id and h.change_type in ('hire', 'rehire')
  order by h.valid_from desc, h.history_id desc
  limit 1;
  select max(h.valid_to) into v_former_end
  from org.employee_org_history h
  where h.employee_id = p_employee_id and (h.valid_from, h.history_id) < (v_first.valid_from, v_first.history_id);
  if p_hire_date < v_former_end or p_hire_date >= v_first.valid_to then
    raise exception using errcode = 'QH409',
      message = format('a hire date of %s contradicts the history of the employee', p_hire_date),
      hint = 'Look at it with: qh org employee-history ' || p_employee_id;
  end if;
  update org.employee_org_history h set valid_from = p_hire_date where h.history_id = v_first.history_id;
  update org.employees e set hire_date = p_hire_date, updated_at = platform.now() where e.employee_id = p_employee_id;
end
$$;
comment on function org.set_hire_date(int, date) is 'Corrects the first day of the present employment, with the history; QH409 when a later change or a former employment stands in the way.';
