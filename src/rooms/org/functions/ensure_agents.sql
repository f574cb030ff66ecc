create or replace function org.ensure_agents(p_codes text[], p_names text[])
returns table (agent_id int, agent_code text)
language sql volatile parallel unsafe
as $$
  insert into org.agents (agent_code, agent_name, created_at, updated_at)
  select c.code, nullif(max(c.name), ''), platform.now(), platform.now()
  from unnest(p_codes, p_names) as c (code, name)
  group by c.code
  order by c.code
  on conflict (agent_code) do nothing
  returning agents.agent_id, agents.agent_code
$$;
comment on function org.ensure_agents(text[], text[]) is 'Makes agents of codes that are new, with the names that telephony gives, and answers those that it made.';
