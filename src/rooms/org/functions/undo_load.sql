create or replace function org.undo_load(p_batch_id uuid, out rows_deleted bigint, out rows_restored bigint)
language plpgsql volatile parallel unsafe
as $$
declare
  v_load org.employee_loads;
  v_later org.employee_loads;
  v_moved boolean;
  v_back jsonb;
  v_agents jsonb := '[]';
begin
  rows_deleted := 0;
  rows_restored := 0;
  perform pg_advisory_xact_lock(hashtextextended('org.load_employees', 0));
  for v_load in select l.* from org.employee_loads l where l.batch_id = p_batch_id order by l.load_id loop
    select l.* into v_later
    from org.employee_loads l
    where l.employee_id = v_load.employee_id and l.load_id > v_load.load_id
    order by l.load_id
    limit 1;
    if v_load.is_new and v_later.load_id is null then
      continue;
    end if;
    if v_load.is_new then
      -- Without this import the later one would have made the employee.
      update org.employee_loads l
      set is_new = true, before = '{}'
      where l.load_id = v_later.load_id;
      v_load.before := (select coalesce(jsonb_object_agg(g.key, 'null'::jsonb), '{}') from jsonb_each(v_load.given - 'placement') g
        where not v_later.given ? g.key);
    end if;
    v_moved := org.restore_placements(v_load, v_later);
    if v_load.before <> '{}' then
      v_back := org.restore_fields(v_load);
      if v_back ? 'agent_code' then
        v_agents := v_agents || jsonb_build_object('id', v_load.employee_id, 'code', v_back -> 'agent_code');
      end if;
    end if;
    if v_moved or v_load.before <> '{}' then
      rows_restored := rows_restored + 1;
    end if;
    delete from org.employee_loads l where l.load_id = v_load.load_id;
  end loop;
  rows_deleted := org.delete_loaded_employees(p_batch_id);
  -- All codes are free before the first goes back; one that somebody else has by now stays theirs.
  perform org.link_agent((a.value ->> 'id')::int, null) from jsonb_array_elements(v_agents) a;
  perform org.link_agent((a.value ->> 'id')::int, a.value ->> 'code')
  from jsonb_array_elements(v_agents) a
  where a.value ->> 'code' is not null
    and not exists (select from org.agents g where g.agent_code = a.value ->> 'code' and g.employee_id is not null);
end
$$;
comment on function org.undo_load(uuid) is 'Makes the employees what they would be if the import had never been: those it made go, what it overwrote comes back unless somebody changed it since. An unknown import gives zeros.';
