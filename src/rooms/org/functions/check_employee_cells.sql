create or replace function org.check_employee_cells()
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, v.name, v.rule, v.value, v.expected
  from pg_temp.employee_rows w
  cross join lateral (
    values
      ('personnel_number', 'TEXT_TOO_LONG', null, '50', length(w.personnel_number) > 50),
      ('last_name', 'TEXT_TOO_LONG', null, '100', length(w.last_name) > 100),
      ('first_name', 'TEXT_TOO_LONG', null, '100', length(w.first_name) > 100),
      ('middle_name', 'TEXT_TOO_LONG', null, '100', length(w.middle_name) > 100),
      ('agent_code', 'TEXT_TOO_LONG', null, '100', length(w.agent_code) > 100),
      -- Findings are read by people who may not see these: they are told masked.
      ('email', 'EMAIL_INVALID', org.masked(w.email, 'email'), null, not org.is_email(w.email)),
      ('phone', 'PHONE_INVALID', org.masked(w.phone, 'phone'), null, not org.is_phone(w.phone)),
      ('leave_date', 'LEAVE_BEFORE_HIRE', w.leave_date::text, w.hire_date::text, w.leave_date < w.hire_date)
  ) as v (name, rule, value, expected, is_broken)
  where v.is_broken;
  -- Without the value: who was erased is not to stand in the findings either.
  insert into pg_temp.found (place, name, rule)
  select w.place, v.name, 'PERSON_ERASED'
  from pg_temp.employee_rows w
  cross join lateral (values ('personnel_number', w.personnel_number), ('email', w.email)) as v (name, value)
  where platform.is_erased(v.name, v.value);
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'custom_' || f.field_name, case when c.value = 'null' then 'VALUE_BLANK' else 'CUSTOM_INVALID' end,
    case when f.is_personal then '***' else c.value #>> '{}' end, org.custom_rule(f.field_type, f.choices)
  from pg_temp.employee_rows w
  cross join lateral jsonb_each(w.custom) c
  join org.custom_fields f on f.entity = 'employee' and f.field_name = c.key
  where case when c.value = 'null' then f.is_required else not org.is_custom_value(f.field_type, f.choices, c.value) end
    -- A cell that is no number or date is told already.
    and not exists (select from pg_temp.found k where k.place = w.place and k.name = 'custom_' || f.field_name);
  insert into pg_temp.found (place, name, rule)
  select w.place, 'custom_' || f.field_name, 'VALUE_BLANK'
  from pg_temp.employee_rows w
  join org.custom_fields f on f.entity = 'employee' and f.is_required
  where w.is_new and not w.custom ? f.field_name;
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'hire_date', 'HIRE_DATE_CONFLICT', w.hire_date::text, e.hire_date::text
  from pg_temp.employee_rows w
  join org.employees e on e.employee_id = w.employee_id and e.hire_date <> w.hire_date and not coalesce(w.hire_date > e.leave_date, false)
  where exists (
    select from org.employee_org_history h
    where h.employee_id = w.employee_id
      and (h.valid_from < e.hire_date and w.hire_date < h.valid_to or h.valid_from = e.hire_date and h.valid_to > h.valid_from and w.hire_date >= h.valid_to));
end
$$;
comment on function org.check_employee_cells() is 'Finds cells of an import of employees that cannot be, by themselves or against what is known of the employee.';
