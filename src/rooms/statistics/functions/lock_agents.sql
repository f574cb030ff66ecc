create or replace function statistics.lock_agents(p_agent_ids int[])
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_slot int;
begin
  -- 64 slots instead of a lock for each agent: an import of thousands must not fill the table of locks. In one order, against deadlocks.
  for v_slot in
    select distinct a.agent_id % 64
    from unnest(p_agent_ids) as a (agent_id)
    order by 1
  loop
    perform pg_advisory_xact_lock(5390006, v_slot);
  end loop;
end
$$;
comment on function statistics.lock_agents(int[]) is
  'Lets one transaction at a time write the activity of an agent: no two can fill one quarter, and the order of loads is certain.';
