create or replace function org.restore_placements(p_load org.employee_loads, p_later org.employee_loads)
returns boolean
language plpgsql volatile parallel unsafe
as $$
declare
  v_row org.employee_org_history;
  v_any boolean := false;
begin
  for v_row in
    select h.* from org.employee_org_history h
    where h.employee_id = p_load.employee_id and h.batch_id = p_load.batch_id
    order by h.history_id desc
  loop
    v_any := true;
    if p_load.is_new or (
      select bool_and(coalesce(p_later.given -> 'placement' -> s.field = coalesce(to_jsonb(v_row) -> s.field, 'null'), false))
      from unnest(v_row.stated) as s (field)
    ) then
      -- The later import says the same and would have brought it.
      update org.employee_org_history h set batch_id = p_later.batch_id where h.history_id = v_row.history_id;
    else
      perform org.remove_placement(v_row.history_id);
    end if;
  end loop;
  return v_any;
end
$$;
comment on function org.restore_placements(org.employee_loads, org.employee_loads) is 'Takes an import''s changes out of an employee''s history, or hands them to the next import that says the same; tells whether there were any.';
