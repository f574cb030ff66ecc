create or replace function statistics.delete_service_agents(p_service_id int)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- Every slot, not those of the agents that are seen now: a load that is under way may bring the service another one.
  perform statistics.lock_agents(array(select generate_series(0, 63)));
  -- In the order in which a refresh takes them.
  perform statistics.lock_rollups();
  perform statistics.lock_agent_rollups();
  perform statistics.log_changed_agents(array_agg(f.agent_id), array_agg(f.service_id), array_agg(f.group_id), array_agg(f.interval_start_time))
  from statistics.agent_activity f
  where f.service_id = p_service_id;
  delete from statistics.agent_activity f where f.service_id = p_service_id;
  delete from statistics.agent_versions v where v.service_id = p_service_id;
  delete from statistics.agent_rollups r where r.service_id = p_service_id;
  delete from statistics.agent_touched_log l where l.service_id = p_service_id;
end
$$;
comment on function statistics.delete_service_agents(int) is 'Deletes what agents did for a service, with its journal and rollups; nothing brings it back.';
