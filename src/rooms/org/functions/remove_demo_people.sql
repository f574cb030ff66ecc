create or replace function org.remove_demo_people()
returns int
language plpgsql volatile parallel unsafe
as $$
declare
  v_root text := (select d.hierarchy_path from org.departments d where d.department_code = 'DEMO' and d.parent_id is null and d.deleted_at is null);
  v_departments int[] := array(select d.department_id from org.departments d where d.hierarchy_path like v_root || '%');
  v_people int[] := array(select e.employee_id from org.employees e where e.personnel_number ~ '^DEMO-\d+$');
begin
  -- All of it or nothing: what somebody hung their own people or departments on stays.
  begin
    update org.departments d set manager_id = null where d.department_id = any (v_departments);
    delete from org.department_deputies f where f.department_id = any (v_departments);
    delete from org.agents a where a.employee_id = any (v_people);
    delete from org.employee_org_history h where h.employee_id = any (v_people);
    delete from org.employees e where e.employee_id = any (v_people);
    delete from org.departments d where d.department_id = any (v_departments);
    delete from org.sites s where s.site_code in ('DEMO-EKB', 'DEMO-MSK', 'DEMO-BOG');
    delete from org.positions p where p.position_code in ('DEMO-OPERATOR', 'DEMO-SENIOR', 'DEMO-LEAD', 'DEMO-HEAD');
  exception when foreign_key_violation then
    return 0;
  end;
  return cardinality(v_people);
end
$$;
comment on function org.remove_demo_people() is 'Takes the organisation of the demo away and returns how many people went; 0 when somebody built on it.';
