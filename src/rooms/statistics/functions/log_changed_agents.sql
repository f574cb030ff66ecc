create or replace function statistics.log_changed_agents(p_agent_ids int[], p_service_ids int[], p_group_ids int[], p_times timestamptz[])
returns void
language sql volatile parallel unsafe
as $$
  insert into statistics.change_log (changed_at, table_name, agent_ids, key_services, key_groups, key_times)
  select platform.now(), 'agent_activity', array_agg(k.agent_id), array_agg(k.service_id), array_agg(k.group_id), array_agg(k.moment)
  from unnest(p_agent_ids, p_service_ids, p_group_ids, p_times) as k (agent_id, service_id, group_id, moment)
  group by date_trunc('month', k.moment, 'UTC')
$$;
comment on function statistics.log_changed_agents(int[], int[], int[], timestamptz[]) is 'Notes for followers that rows of agents by these keys were deleted or brought back.';
