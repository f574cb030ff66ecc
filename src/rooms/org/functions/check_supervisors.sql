create or replace function org.check_supervisors(p_is_whole boolean)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- A supervisor may be in the file too, but only in a row that is taken: a row that falls takes with it those who name it.
  loop
    insert into pg_temp.found (place, name, rule, value)
    select w.place, 'supervisor_number', 'SUPERVISOR_UNKNOWN', w.supervisor_number
    from pg_temp.employee_rows w
    where p_is_whole and w.supervisor_number is not null
      and not exists (select from org.employees e where e.personnel_number = w.supervisor_number)
      and not exists (
        select from pg_temp.employee_rows o
        where o.personnel_number = w.supervisor_number and not exists (select from pg_temp.found f where f.place = o.place))
      and not exists (select from pg_temp.found f where f.place = w.place and f.rule = 'SUPERVISOR_UNKNOWN');
    exit when not found;
  end loop;
  insert into pg_temp.found (place, name, rule, value)
  with recursive reports as (
    select w.personnel_number, w.supervisor_number
    from pg_temp.employee_rows w
    where w.supervisor_number is not null and not exists (select from pg_temp.found f where f.place = w.place)
    union all
    -- Those whose row says nothing about a supervisor keep the one they have.
    select e.personnel_number, b.personnel_number
    from org.employees e
    cross join org.current_day n
    join org.employee_spans s on s.employee_id = e.employee_id and s.seen_from <= n.today and n.today < s.seen_to
    join org.employees b on b.employee_id = s.supervisor_id
    where not exists (
      select from pg_temp.employee_rows w
      where w.personnel_number = e.personnel_number and 'supervisor_number' = any (w.given)
        and not exists (select from pg_temp.found f where f.place = w.place))
  ), above as (
    select w.place, w.personnel_number as start, w.supervisor_number as number
    from pg_temp.employee_rows w
    where w.supervisor_number is not null and not exists (select from pg_temp.found f where f.place = w.place)
    union
    select a.place, a.start, r.supervisor_number
    from above a
    join reports r on r.personnel_number = a.number
    where a.number <> a.start
  )
  select a.place, 'supervisor_number', 'SUPERVISOR_LOOP', w.supervisor_number
  from above a
  join pg_temp.employee_rows w on w.place = a.place
  where a.number = a.start
  group by a.place, w.supervisor_number;
end
$$;
comment on function org.check_supervisors(boolean) is 'Finds supervisors who are nobody or go in a circle, with the rows of the file and the employees that are there; of a part of a file only circles.';
