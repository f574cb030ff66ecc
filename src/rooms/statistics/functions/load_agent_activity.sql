create or replace function statistics.load_agent_activity(
  p_batch_id uuid,
  p_replace boolean,
  out rows_inserted bigint,
  out rows_updated bigint,
  out rows_unchanged bigint
)
language plpgsql volatile parallel unsafe
as $$
declare
  v_new int[];
begin
  delete from pg_temp.agent_rows r using pg_temp.rejected_rows x where x.place = r.row_number;
  -- p_replace changes nothing: a row of the same agent, quarter and queue always takes the place of the one before it.
  with made as (
    select a.agent_id, a.agent_code
    from (
      select array_agg(n.agent_code) as codes, array_agg(n.agent_name) as names
      from (
        select i.agent_code, coalesce(max(i.agent_name), '') as agent_name
        from pg_temp.agent_rows r
        join pg_temp.agent_input i on i.place = r.row_number
        where r.agent_id < 0
        group by i.agent_code
      ) n
    ) g
    cross join lateral org.ensure_agents(g.codes, g.names) a
  )
  select array_agg(m.agent_id) into v_new from made m;
  update pg_temp.agent_rows r
  set agent_id = a.agent_id
  from pg_temp.agent_input i
  join org.agent_people a on a.agent_code = i.agent_code
  where r.agent_id < 0 and i.place = r.row_number;
  perform statistics.ensure_partitions(array(
    select distinct (date_trunc('month', r.interval_start_time, 'UTC') at time zone 'UTC')::date from pg_temp.agent_rows r), 'agent_activity');
  select l.rows_inserted, l.rows_updated, l.rows_unchanged into rows_inserted, rows_updated, rows_unchanged
  from statistics.load_agent_rows(p_batch_id, coalesce(v_new, '{}')) l;
end
$$;
comment on function statistics.load_agent_activity(uuid, boolean) is 'Loads the good rows of an import of agent activity and makes the agents that are new.';
