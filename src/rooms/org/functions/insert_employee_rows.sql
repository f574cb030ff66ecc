create or replace function org.insert_employee_rows(p_batch_id uuid)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_count bigint;
begin
  insert into org.employees (personnel_number, last_name, first_name, middle_name, email, phone, hire_date, leave_date, custom, created_at, updated_at)
  select w.personnel_number, w.last_name, w.first_name, w.middle_name, w.email, w.phone, w.hire_date, w.leave_date,
    jsonb_strip_nulls(w.custom), platform.now(), platform.now()
  from pg_temp.employee_rows w
  where w.is_new
  order by w.place;
  get diagnostics v_count = row_count;
  update pg_temp.employee_rows w
  set employee_id = e.employee_id
  from org.employees e
  where w.is_new and e.personnel_number = w.personnel_number;
  update pg_temp.employee_rows w
  set supervisor_id = e.employee_id
  from org.employees e
  where e.personnel_number = w.supervisor_number;
  insert into org.employee_org_history (employee_id, valid_from, department_id, position_id, site_id, supervisor_id, stated, change_type,
    changed_by, batch_id, created_at)
  select w.employee_id, w.hire_date, w.department_id, w.position_id, w.site_id, w.supervisor_id,
    '{department_id,position_id,site_id,supervisor_id}', 'hire', org.caller_name(), p_batch_id, platform.now()
  from pg_temp.employee_rows w
  where w.is_new
  order by w.place;
  insert into org.employee_loads (batch_id, employee_id, is_new, given, before)
  select p_batch_id, w.employee_id, true,
    org.given_fields(to_jsonb(w)) || jsonb_build_object('placement', org.given_placement(to_jsonb(w))), '{}'
  from pg_temp.employee_rows w
  where w.is_new;
  return v_count;
end
$$;
comment on function org.insert_employee_rows(uuid) is 'Makes the new employees of an import with their first place, and returns how many.';
