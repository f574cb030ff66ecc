create or replace function org.agent_pairs()
returns jsonb
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select case when p.pairs is not null then (
      select coalesce(jsonb_object_agg(a.agent_id, p.pairs -> a.employee_id::text), '{}')
      from org.agents a
      where p.pairs ? a.employee_id::text) end
  from (select org.employee_pairs() as pairs) p
$$;
comment on function org.agent_pairs() is 'As org.employee_pairs(), by agents.';
