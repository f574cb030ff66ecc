create or replace function org.is_paired_group(p_pairs jsonb, p_employee_id int, p_group_id int)
returns boolean
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select p_pairs is null
    or exists (select from org.groups g where g.group_id = p_group_id and org.is_paired(p_pairs, p_employee_id, g.service_id))
$$;
comment on function org.is_paired_group(jsonb, int, int) is 'Whether an employee is seen on the service of a queue, by org.employee_pairs().';
