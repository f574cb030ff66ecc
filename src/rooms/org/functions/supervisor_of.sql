create or replace function org.supervisor_of(p_employee_id int, p_day date default null)
returns int
language sql stable parallel safe
as $$
  select coalesce(s.supervisor_id, (
    select d.manager_id
    from org.department_chain(s.department_id) with ordinality as c (department_id, nearness)
    join org.departments d on d.department_id = c.department_id and d.manager_id <> p_employee_id
    order by c.nearness
    limit 1))
  from (select coalesce(p_day, org.today()) as day) n
  join org.employee_spans s on s.employee_id = p_employee_id and s.seen_from <= n.day and n.day < s.seen_to
$$;
comment on function org.supervisor_of(int, date) is 'Who supervises an employee on a day: the person named, else the manager of the nearest department that somebody else manages.';
