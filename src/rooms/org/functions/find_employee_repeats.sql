create or replace function org.find_employee_repeats()
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_equal bigint;
begin
  create temp table repeats on commit drop as
  select w.place, max(w.place) over p as kept, min(w.place) over (partition by w.personnel_number, to_jsonb(w) - 'place') as first,
    (to_jsonb(w) - 'place') = last_value(to_jsonb(w) - 'place') over (p order by w.place range between unbounded preceding and unbounded following) as is_same
  from pg_temp.employee_rows w
  where not exists (select from pg_temp.found f where f.place = w.place)
    and w.personnel_number in (select o.personnel_number from pg_temp.employee_rows o group by 1 having count(*) > 1)
  window p as (partition by w.personnel_number);
  insert into pg_temp.found (place, name, rule, value, other_row)
  select r.place, 'personnel_number', 'DUPLICATE_CONFLICT', w.personnel_number, r.kept
  from pg_temp.repeats r
  join pg_temp.employee_rows w on w.place = r.place
  where not r.is_same;
  -- Whichever of equal rows is kept, the later one is the one that repeats.
  insert into pg_temp.found (place, name, rule, value, other_row)
  select r.place, 'personnel_number', 'DUPLICATE_EQUAL', w.personnel_number, r.first
  from pg_temp.repeats r
  join pg_temp.employee_rows w on w.place = r.place
  where r.is_same and r.place <> r.first;
  get diagnostics v_equal = row_count;
  delete from pg_temp.employee_rows w
  using pg_temp.repeats r
  where r.place = w.place and r.is_same and r.place <> r.first;
  drop table pg_temp.repeats;
  return v_equal;
end
$$;
comment on function org.find_employee_repeats() is 'Takes rows of one personnel number once: the last is kept, equal ones are counted (returned), contradicting ones are findings.';
