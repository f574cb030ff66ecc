create or replace function org.read_employee_rows()
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  drop table if exists pg_temp.employee_rows;
  -- place is sheet and row in one number, as everywhere in the import; given is which columns the sheet has.
  create temp table employee_rows on commit drop as
  select (r.sheet::int << 21) | r.row_number as place, g.given, r.personnel_number, r.last_name, r.first_name, r.middle_name, r.email, r.phone,
    r.hire_date, r.leave_date, r.agent_code, r.department, r.team, r.position, r.site, r.supervisor_number,
    coalesce((
      select jsonb_object_agg(f.field_name, org.custom_from_text(f.field_type, to_jsonb(r) -> ('custom_' || f.field_name)))
      from org.custom_fields f
      where f.entity = 'employee' and 'custom_' || f.field_name = any (g.given)), '{}') as custom,
    e.employee_id, null::int as department_id, null::int as position_id, null::int as site_id, null::int as supervisor_id,
    e.employee_id is null as is_new
  from pg_temp.staged_rows r
  join (select c.sheet, array_agg(c.name) as given from pg_temp.staged_columns c group by c.sheet) g on g.sheet = r.sheet
  left join org.employees e on e.personnel_number = r.personnel_number;
  create index on pg_temp.employee_rows (place);
  create index on pg_temp.employee_rows (personnel_number);
  analyze pg_temp.employee_rows;
end
$$;
comment on function org.read_employee_rows() is 'Takes the staged rows of an import as employees: pg_temp.employee_rows, with those who are known already.';
