create or replace function org.carry_placement(p_history_id bigint)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_last org.employee_org_history;
  v_row org.employee_org_history;
begin
  select h.* into v_last from org.employee_org_history h where h.history_id = p_history_id;
  for v_row in
    select h.*
    from org.employee_org_history h
    where h.employee_id = v_last.employee_id and (h.valid_from, h.history_id) > (v_last.valid_from, v_last.history_id)
    order by h.valid_from, h.history_id
  loop
    v_row.department_id := case when 'department_id' = any (v_row.stated) then v_row.department_id else v_last.department_id end;
    v_row.position_id := case when 'position_id' = any (v_row.stated) then v_row.position_id else v_last.position_id end;
    v_row.site_id := case when 'site_id' = any (v_row.stated) then v_row.site_id else v_last.site_id end;
    v_row.supervisor_id := case when 'supervisor_id' = any (v_row.stated) then v_row.supervisor_id else v_last.supervisor_id end;
    update org.employee_org_history h
    set department_id = v_row.department_id, position_id = v_row.position_id, site_id = v_row.site_id, supervisor_id = v_row.supervisor_id
    where h.history_id = v_row.history_id;
    v_last := v_row;
  end loop;
end
$$;
comment on function org.carry_placement(bigint) is 'Hands what a row of an employee''s history holds on to the later rows that did not state it themselves.';
