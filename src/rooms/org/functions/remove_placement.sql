create or replace function org.remove_placement(p_history_id bigint)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_gone org.employee_org_history;
  v_before bigint;
begin
  delete from org.employee_org_history h where h.history_id = p_history_id returning h.* into v_gone;
  select h.history_id into v_before
  from org.employee_org_history h
  where h.employee_id = v_gone.employee_id and (h.valid_from, h.history_id) < (v_gone.valid_from, v_gone.history_id)
  order by h.valid_from desc, h.history_id desc
  limit 1;
  if v_before is null then
    return;
  end if;
  -- A row that another one of the same day replaced holds nothing to give back.
  if v_gone.valid_to is null or v_gone.valid_to > v_gone.valid_from then
    update org.employee_org_history h set valid_to = v_gone.valid_to where h.history_id = v_before;
  end if;
  perform org.carry_placement(v_before);
end
$$;
comment on function org.remove_placement(bigint) is 'Takes one change out of an employee''s history as if it had never been made.';
