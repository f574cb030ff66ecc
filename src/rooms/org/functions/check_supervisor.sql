create or replace function org.check_supervisor(p_employee_id int, p_supervisor_id int)
returns void
language plpgsql stable parallel safe
as $$
begin
  if exists (
    with recursive above as (
      select p_supervisor_id as employee_id
      union
      select s.supervisor_id
      from above a
      cross join org.current_day n
      join org.employee_spans s on s.employee_id = a.employee_id and s.seen_from <= n.today and n.today < s.seen_to
      where s.supervisor_id is not null
    )
    select from above a where a.employee_id = p_employee_id
  ) then
    raise exception using errcode = 'QH400',
      message = 'this supervisor reports to the employee, directly or through others',
      hint = 'Choose a supervisor who is not below the employee.';
  end if;
end
$$;
comment on function org.check_supervisor(int, int) is 'QH400 when the supervisor is the employee or below them.';
