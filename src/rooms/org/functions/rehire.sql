create or replace function org.rehire(p_employee_id int, p_valid_from date, p_change jsonb, p_reason text default null, p_batch_id uuid default null)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_leave date;
  v_last org.employee_org_history;
  v_new org.employee_org_history;
begin
  select e.leave_date into v_leave from org.employees e where e.employee_id = p_employee_id for update;
  -- The gap between the employments becomes part of the history; what was planned behind the end never came.
  delete from org.employee_org_history h where h.employee_id = p_employee_id and h.valid_from > v_leave;
  select h.* into v_last
  from org.employee_org_history h
  where h.employee_id = p_employee_id and (h.valid_to is null or h.valid_to > h.valid_from)
  order by h.valid_from desc
  limit 1;
  update org.employee_org_history h set valid_to = v_leave + 1 where h.history_id = v_last.history_id;
  v_new := jsonb_populate_record(v_last, p_change);
  insert into org.employee_org_history (employee_id, valid_from, department_id, position_id, site_id, supervisor_id, stated, change_type,
    change_reason, changed_by, batch_id, created_at)
  values (p_employee_id, p_valid_from, v_new.department_id, v_new.position_id, v_new.site_id, v_new.supervisor_id,
    array(select jsonb_object_keys(p_change)), 'rehire', p_reason, org.caller_name(), p_batch_id, platform.now())
  returning history_id into v_new.history_id;
  update org.employees e
  set hire_date = p_valid_from, leave_date = null, leave_reason = null, updated_at = platform.now()
  where e.employee_id = p_employee_id;
  return v_new.history_id;
end
$$;
comment on function org.rehire(int, date, jsonb, text, uuid) is 'Employs somebody again who had left; the former employment stays in the history.';
