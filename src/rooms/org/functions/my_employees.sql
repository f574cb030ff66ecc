create or replace function org.my_employees(p_employee_id int, p_day date default null)
returns setof int
language sql stable parallel safe
as $$
  with recursive day as (
    select coalesce(p_day, org.today()) as day
  ), places as materialized (
    select s.employee_id, s.department_id, s.supervisor_id
    from day n
    join org.employee_spans s on s.valid_from <= n.day and (s.valid_to is null or n.day < s.valid_to)
    join org.employees e on e.employee_id = s.employee_id and (e.leave_date is null or n.day <= e.leave_date)
  ), led as (
    select d.hierarchy_path
    from org.departments d
    where d.manager_id = p_employee_id and d.deleted_at is null
    union
    select d.hierarchy_path
    from day n
    join org.department_deputies p on p.deputy_employee_id = p_employee_id and n.day between p.start_date and p.end_date
      and p.cancelled_at is null
    join org.departments d on d.department_id = p.department_id and d.deleted_at is null
  ), reports as (
    select p.employee_id from places p where p.supervisor_id = p_employee_id
    union
    select p.employee_id from reports r join places p on p.supervisor_id = r.employee_id
  )
  select m.employee_id
  from (
    select p.employee_id
    from places p
    join org.departments d on d.department_id = p.department_id
    where exists (select from led l where d.hierarchy_path like l.hierarchy_path || '%')
    union
    select r.employee_id from reports r
  ) m
  where m.employee_id <> p_employee_id
$$;
comment on function org.my_employees(int, date) is 'Whom an employee leads on a day (default today): all in the departments that they manage or deputise in, and all who report to them, directly or through others.';
