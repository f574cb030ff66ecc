create or replace function org.write_placement(
  p_employee_id int,
  p_valid_from date,
  p_change jsonb,
  p_change_type text,
  p_reason text default null,
  p_batch_id uuid default null
)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_before org.employee_org_history;
  v_new org.employee_org_history;
begin
  perform from org.employees e where e.employee_id = p_employee_id for update;
  select h.* into v_before
  from org.employee_org_history h
  where h.employee_id = p_employee_id and h.valid_from <= p_valid_from and (h.valid_to is null or h.valid_to > p_valid_from);
  if not found then
    raise exception using errcode = 'QH400',
      message = format('the employee was not employed on %s', p_valid_from),
      hint = 'Choose a day from the day of hiring on.';
  end if;
  update org.employee_org_history h
  set valid_to = p_valid_from
  where h.history_id = v_before.history_id;
  v_new := jsonb_populate_record(v_before, p_change);
  insert into org.employee_org_history (employee_id, valid_from, valid_to, department_id, position_id, site_id, supervisor_id, stated,
    change_type, change_reason, changed_by, batch_id, created_at)
  values (p_employee_id, p_valid_from, v_before.valid_to, v_new.department_id, v_new.position_id, v_new.site_id, v_new.supervisor_id,
    array(select jsonb_object_keys(p_change)), p_change_type, p_reason, org.caller_name(), p_batch_id, platform.now())
  returning history_id into v_new.history_id;
  perform org.carry_placement(v_new.history_id);
  return v_new.history_id;
end
$$;
comment on function org.write_placement(int, date, jsonb, text, text, uuid) is 'Writes where an employee belongs from a day on: what the change (department_id, position_id, site_id, supervisor_id) does not say stays. Later planned changes stand.';
