create or replace function org.load_employees(
  p_batch_id uuid,
  p_replace boolean,
  out rows_inserted bigint,
  out rows_updated bigint,
  out rows_unchanged bigint
)
language plpgsql volatile parallel unsafe
as $$
declare
  v_row record;
  v_before jsonb;
  v_fields jsonb;
  v_change jsonb;
  v_today date := org.today();
begin
  perform pg_advisory_xact_lock(hashtextextended('org.load_employees', 0));
  delete from pg_temp.employee_rows w using pg_temp.rejected_rows x where x.place = w.place;
  -- Nothing is ever replaced whole: what the file does not say stays, with or without p_replace.
  rows_inserted := org.insert_employee_rows(p_batch_id);
  rows_updated := 0;
  rows_unchanged := 0;
  create temp table agent_changes (employee_id int, agent_code text) on commit drop;
  for v_row in select w.*, f.fields from pg_temp.employee_rows w cross join lateral org.given_fields(to_jsonb(w)) f (fields)
    where not w.is_new order by w.place
  loop
    v_before := org.employee_fields(v_row.employee_id);
    select coalesce(jsonb_object_agg(g.key, g.value), '{}') into v_fields
    from jsonb_each(v_row.fields) g
    where g.value is distinct from coalesce(v_before -> g.key, 'null');
    v_change := org.placement_change(to_jsonb(v_row), v_today);
    select coalesce(jsonb_object_agg(k.key, coalesce(v_before -> k.key, 'null')), '{}') into v_before from jsonb_object_keys(v_fields) as k (key);
    insert into org.employee_loads (batch_id, employee_id, is_new, given, before)
    values (p_batch_id, v_row.employee_id, false, v_row.fields || jsonb_build_object('placement', org.given_placement(to_jsonb(v_row))), v_before);
    if (v_fields ->> 'hire_date')::date > (select e.leave_date from org.employees e where e.employee_id = v_row.employee_id) then
      perform org.rehire(v_row.employee_id, v_row.hire_date, v_change, null, p_batch_id);
      perform org.change_employee(v_row.employee_id, v_row.fields - '{hire_date,agent_code}'::text[]);
    else
      perform org.apply_employee_fields(v_row.employee_id, v_fields - 'agent_code');
      if v_change <> '{}' then
        perform org.write_placement(v_row.employee_id,
          (select greatest(e.hire_date, least(v_today, e.leave_date)) from org.employees e where e.employee_id = v_row.employee_id),
          v_change, 'import', null, p_batch_id);
      end if;
    end if;
    if v_fields ? 'agent_code' then
      insert into pg_temp.agent_changes values (v_row.employee_id, v_fields ->> 'agent_code');
    end if;
    if v_fields = '{}' and v_change = '{}' then
      rows_unchanged := rows_unchanged + 1;
    else
      rows_updated := rows_updated + 1;
    end if;
  end loop;
  -- All codes are free before the first is taken, so that two employees can exchange theirs.
  perform org.link_agent(c.employee_id, null) from pg_temp.agent_changes c;
  insert into pg_temp.agent_changes select w.employee_id, w.agent_code from pg_temp.employee_rows w where w.is_new;
  perform org.link_agent(c.employee_id, c.agent_code) from pg_temp.agent_changes c where c.agent_code is not null;
  drop table pg_temp.agent_changes;
end
$$;
comment on function org.load_employees(uuid, boolean) is 'Loads the good rows of an import of employees: new ones are made, of known ones only what differs is written, with what stood there before kept for an undo.';
