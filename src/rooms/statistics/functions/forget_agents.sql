create or replace function statistics.forget_agents(p_agent_ids int[], p_all_ids int[])
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- Whoever is still used would have been made by the next batch that names them.
  update statistics.agent_loads l
  set new_agent_ids = l.new_agent_ids || n.agent_ids
  from (
    select u.batch_id, array_agg(a.agent_id) as agent_ids
    from unnest(p_agent_ids) as a (agent_id)
    cross join lateral (
      select o.batch_id from statistics.agent_loads o where a.agent_id = any (o.agent_ids) order by o.load_number limit 1
    ) u
    group by u.batch_id
  ) n
  where l.batch_id = n.batch_id;
  delete from statistics.agents_seen s
  where s.agent_id = any (p_all_ids)
    and not exists (select from statistics.agent_activity f where f.agent_id = s.agent_id)
    -- Of time whose detail was let go of only these are left.
    and not (exists (select from statistics.dropped_months)
      and exists (select from statistics.agent_rollups r where r.agent_id = s.agent_id and r.bucket < statistics.kept_from(r.service_id)));
  perform org.forget_agent(a.agent_id)
  from unnest(p_agent_ids) as a (agent_id)
  where not exists (select from statistics.agents_seen s where s.agent_id = a.agent_id);
end
$$;
comment on function statistics.forget_agents(int[], int[]) is 'After an undo: agents that it made (the first list) go if they have no activity left and nothing else is known of them; nobody without activity keeps an agent from being deleted.';
