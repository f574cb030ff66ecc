create or replace function org.restore_fields(p_load org.employee_loads)
returns jsonb
language plpgsql volatile parallel unsafe
as $$
declare
  v_field record;
  v_heir bigint;
  v_now jsonb := org.employee_fields(p_load.employee_id);
  v_back jsonb := '{}';
begin
  for v_field in select b.key, b.value, p_load.given -> b.key as given from jsonb_each(p_load.before) b loop
    select l.load_id into v_heir
    from org.employee_loads l
    where l.employee_id = p_load.employee_id and l.load_id > p_load.load_id and l.given ? v_field.key
    order by l.load_id
    limit 1;
    if v_heir is not null then
      -- The next import that says this field keeps it, and would have found the older value.
      update org.employee_loads l
      set before = case when l.given -> v_field.key = v_field.value then l.before - v_field.key
        else l.before || jsonb_build_object(v_field.key, v_field.value) end
      where l.load_id = v_heir;
    elsif coalesce(v_now -> v_field.key, 'null') = coalesce(v_field.given, 'null') then
      v_back := v_back || jsonb_build_object(v_field.key, v_field.value);
    end if;
  end loop;
  perform org.apply_employee_fields(p_load.employee_id, v_back - 'agent_code');
  return v_back;
end
$$;
comment on function org.restore_fields(org.employee_loads) is 'Gives a person the fields back that an import overwrote, unless a later import or somebody changed them since; returns them. The agent code is left to the caller, who knows all of them.';
