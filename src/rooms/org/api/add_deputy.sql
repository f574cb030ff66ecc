create or replace function api.add_deputy(
  p_department text,
  p_employee text,
  p_start_date date,
  p_end_date date,
  p_reason text default null,
  p_delegation_scope text default null
)
returns setof org.deputy_rows
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_department_id int := org.department_of(org.checked_text('department', p_department, 50));
  v_employee_id int := org.employee_of(org.checked_text('employee', p_employee, 50));
  v_id int;
begin
  if p_end_date not between p_start_date and p_start_date + 364 then
    raise exception using errcode = 'QH400',
      message = format('%s to %s is not possible: a deputy stands in for 1 to 365 days', p_start_date, p_end_date),
      hint = 'Give a first and a last day; add another deputyship for a longer time.';
  end if;
  perform from org.departments d where d.department_id = v_department_id for update;
  if exists (select from org.departments d where d.department_id = v_department_id and d.manager_id = v_employee_id) then
    raise exception using errcode = 'QH400', message = 'a manager cannot stand in for themselves', hint = 'Name somebody else.';
  end if;
  if exists (select from org.employees e where e.employee_id = v_employee_id and e.leave_date < p_end_date) then
    raise exception using errcode = 'QH400', message = 'the employee leaves before the end', hint = 'Choose an earlier end, or somebody else.';
  end if;
  if exists (
    select from org.department_deputies f
    where f.department_id = v_department_id and f.deputy_employee_id = v_employee_id and f.cancelled_at is null
      and f.start_date <= p_end_date and p_start_date <= f.end_date
  ) then
    raise exception using errcode = 'QH409', message = 'the employee is a deputy of this department in that time already',
      hint = 'End the other deputyship first.';
  end if;
  insert into org.department_deputies (department_id, deputy_employee_id, start_date, end_date, reason, delegation_scope, created_by, created_at)
  values (v_department_id, v_employee_id, p_start_date, p_end_date, nullif(p_reason, ''), coalesce(nullif(p_delegation_scope, ''), 'FULL'),
    org.caller_name(), platform.now())
  returning department_deputies.deputy_id into v_id;
  return query select r.* from org.deputy_rows r where r.deputy_id = v_id;
end
$$;
comment on function api.add_deputy(text, text, date, date, text, text) is 'Names somebody who stands in for a department''s manager from a first to a last day, at most 365 days. Answers the deputy.';
