create or replace function org.whole_agents()
returns int[]
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select case when p.pairs is not null then array(select w.agent_id::int from jsonb_each(p.pairs) as w (agent_id, services) where w.services = 'true') end
  from (select org.agent_pairs() as pairs) p
$$;
comment on function org.whole_agents() is 'Of a caller who stands in for others: the agents whom they see on every service; null for whom services and people need no pairing.';
