create or replace function org.delete_loaded_employees(p_batch_id uuid)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_ids int[] := array(select l.employee_id from org.employee_loads l where l.batch_id = p_batch_id and l.is_new);
  v_needed text;
  v_count bigint;
begin
  select string_agg(e.personnel_number, ', ' order by e.personnel_number) into v_needed
  from (
    select k.personnel_number
    from org.employees k
    where k.employee_id = any (v_ids) and (k.user_id is not null
      or exists (select from org.departments d where d.manager_id = k.employee_id)
      or exists (select from org.department_deputies f where f.deputy_employee_id = k.employee_id)
      or exists (select from org.employee_org_history h where h.supervisor_id = k.employee_id and h.employee_id <> all (v_ids)))
    order by 1
    limit 10
  ) e;
  if v_needed is not null then
    raise exception using errcode = 'QH409',
      message = format('employees of this import have become managers, deputies, supervisors or users since: %s', v_needed),
      hint = 'Let others take their place first, or dismiss them instead.';
  end if;
  perform org.link_agent(i.id, null) from unnest(v_ids) as i (id);
  delete from org.employee_org_history h where h.employee_id = any (v_ids);
  delete from org.employees e where e.employee_id = any (v_ids);
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function org.delete_loaded_employees(uuid) is 'Deletes the employees that an import made; QH409 when some of them are needed by now.';
