create or replace function statistics.merge_service_agents(p_from_id int, p_into_id int)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_table text;
begin
  -- Every slot, not those of the agents that are seen now: a load that is under way may bring either service another one.
  perform statistics.lock_agents(array(select generate_series(0, 63)));
  -- In the order in which a refresh takes them.
  perform statistics.lock_rollups();
  perform statistics.lock_agent_rollups();
  perform statistics.finalise_agent_batches(p_from_id, p_into_id);
  perform statistics.touch_agents(array_agg(f.agent_id), array_agg(p_into_id), array_agg(f.interval_start_time))
  from statistics.agent_activity f
  where f.service_id = p_from_id;
  perform statistics.log_changed_agents(array_agg(f.agent_id), array_agg(f.service_id), array_agg(f.group_id), array_agg(f.interval_start_time))
  from statistics.agent_activity f
  where f.service_id = p_from_id;
  insert into statistics.change_log (changed_at, table_name, service_id, agent_ids, first_time, last_time)
  select platform.now(), 'agent_activity', p_into_id, array_agg(distinct f.agent_id), min(f.interval_start_time), max(f.interval_start_time)
  from statistics.agent_activity f
  where f.service_id = p_from_id
  having count(*) > 0;
  -- Queues of the same code become one. A quarter that an agent spent for both services in one queue is time of both: it adds up.
  foreach v_table in array '{agent_activity,agent_versions}'::text[] loop
    execute format(
      $query$with gone as (
          delete from statistics.%1$I f where f.service_id = $1 returning f.*
        )
        insert into statistics.%1$I as t (agent_id, service_id, group_id, interval_start_time, login_seconds, ready_seconds, not_ready_seconds,
          talk_seconds, hold_seconds, wrap_seconds, handled, transferred, batch_id, created_at, updated_at)
        select g.agent_id, $2, coalesce(i.group_id, g.group_id), g.interval_start_time, g.login_seconds, g.ready_seconds, g.not_ready_seconds,
          g.talk_seconds, g.hold_seconds, g.wrap_seconds, g.handled, g.transferred, g.batch_id, g.created_at, g.updated_at
        from gone g
        left join org.queues o on o.service_id = $1 and o.group_id = g.group_id
        left join org.queues i on i.service_id = $2 and i.group_code = o.group_code
        on conflict (agent_id, interval_start_time, service_id, group_id%2$s) do update set
          login_seconds = t.login_seconds + excluded.login_seconds, ready_seconds = t.ready_seconds + excluded.ready_seconds,
          not_ready_seconds = t.not_ready_seconds + excluded.not_ready_seconds, talk_seconds = t.talk_seconds + excluded.talk_seconds,
          hold_seconds = t.hold_seconds + excluded.hold_seconds, wrap_seconds = t.wrap_seconds + excluded.wrap_seconds,
          handled = t.handled + excluded.handled, transferred = t.transferred + excluded.transferred, updated_at = platform.now()$query$,
      v_table, case v_table when 'agent_versions' then ', batch_id' else '' end)
    using p_from_id, p_into_id;
  end loop;
  delete from statistics.agent_rollups r where r.service_id = p_from_id;
  delete from statistics.agent_touched_log l where l.service_id = p_from_id;
end
$$;
comment on function statistics.merge_service_agents(int, int) is 'Moves what agents did for one service to another, before its queues are merged; times that meet in one queue add up.';
