create or replace function org.check_agent_codes()
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  insert into pg_temp.found (place, name, rule, value, other_row)
  select w.place, 'agent_code', 'AGENT_CODE_TWICE', w.agent_code, w.last
  from (
    select r.place, r.agent_code, max(r.place) over (partition by r.agent_code) as last,
      max(r.personnel_number) over (partition by r.agent_code) <> min(r.personnel_number) over (partition by r.agent_code) as is_shared
    from pg_temp.employee_rows r
    where r.agent_code is not null and not exists (select from pg_temp.found f where f.place = r.place)
  ) w
  where w.is_shared and w.place <> w.last;
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'agent_code', 'AGENT_CODE_TAKEN', w.agent_code, e.personnel_number
  from pg_temp.employee_rows w
  join org.agents a on a.agent_code = w.agent_code and a.employee_id is distinct from w.employee_id
  join org.employees e on e.employee_id = a.employee_id
  where not exists (
    select from pg_temp.employee_rows o
    where o.employee_id = a.employee_id and 'agent_code' = any (o.given) and o.agent_code is distinct from a.agent_code
      and not exists (select from pg_temp.found f where f.place = o.place));
end
$$;
comment on function org.check_agent_codes() is 'Finds agent codes that two rows, or a row and an employee who keeps it, both claim.';
