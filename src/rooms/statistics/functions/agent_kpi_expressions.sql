create or replace function statistics.agent_kpi_expressions()
returns table (name text, sql text)
language sql stable parallel safe
as $$
  with source as (
    -- What is executed is what is printed: the text is cut out of the function as it stands in the database.
    select p.prosrc as body, p.proargnames, p.proargmodes
    from pg_catalog.pg_proc p
    where p.pronamespace = 'statistics'::pg_catalog.regnamespace and p.proname = 'agent_ratios'
  ), outputs as (
    select a.name, row_number() over (order by a.place) as place
    from source s, lateral unnest(s.proargnames, s.proargmodes) with ordinality as a (name, mode, place)
    where a.mode = 't'
  )
  select o.name, regexp_replace(regexp_replace(i.item, '\mp_', 's.', 'g'), '\s+', ' ', 'g')
  from source s, lateral unnest(statistics.split_list((regexp_match(s.body, 'select (.*)'))[1])) with ordinality as i (item, place)
  join outputs o on o.place = i.place
  union all
  select v.name, format('statistics.total(p.%s)', v.name)
  from unnest('{login_seconds,ready_seconds,not_ready_seconds,talk_seconds,hold_seconds,wrap_seconds,handled,transferred}'::text[]) as v (name)
$$;
comment on function statistics.agent_kpi_expressions() is 'The SQL that makes each figure of agents; p are the pieces (rollups and rows), s their sums.';
