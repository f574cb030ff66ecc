create or replace function statistics.kpi_expressions()
returns table (name text, sql text)
language sql stable parallel safe
as $$
  with recursive source as (
    -- What is executed is what is printed: the text is cut out of the function as it stands in the database.
    select regexp_replace(p.prosrc, '--[^\n]*', '', 'g') as body, p.proargnames, p.proargmodes
    from pg_catalog.pg_proc p
    where p.pronamespace = 'statistics'::pg_catalog.regnamespace and p.proname = 'figures'
  ), outputs as (
    select a.name, row_number() over (order by a.place) as place
    from source s, lateral unnest(s.proargnames, s.proargmodes) with ordinality as a (name, mode, place)
    where a.mode = 't'
  ), definitions as (
    -- The three select lists of the function: what each piece gives (k), what is summed (s), what is answered.
    select 'k.' || d.part[2] as alias, d.part[1] as sql
    from source s,
      lateral unnest(statistics.split_list((regexp_match(s.body, 'known as (?:materialized )?\(\s+select (.*?)\s+from statistics\.pieces'))[1])) i (item),
      lateral regexp_match(i.item, '^(.*) as (\w+)$') d (part)
    where d.part is not null
    union all
    select 's.' || d.part[2], d.part[1]
    from source s,
      lateral unnest(statistics.split_list((regexp_match(s.body, 'summed as (?:materialized )?\(\s+select (.*?)\s+from known k'))[1])) i (item),
      lateral regexp_match(i.item, '^(.*) as (\w+)$') d (part)
    where d.part is not null
  ), answers as (
    select o.name, i.item as sql
    from source s,
      lateral unnest(statistics.split_list((regexp_match(s.body, '\)\s+select (s\.bucket_start.*?)\s+from summed s'))[1]))
        with ordinality as i (item, place)
    join outputs o on o.place = i.place
  ), needed as (
    select a.name, m.match[1] as alias, 1 as depth
    from answers a, lateral regexp_matches(a.sql, '\m(s\.\w+)', 'g') m (match)
    union
    select n.name, m.match[1], n.depth + 1
    from needed n
    join definitions d on d.alias = n.alias
    cross join lateral regexp_matches(d.sql, '\m(k\.\w+)', 'g') m (match)
    where n.depth < 3
  )
  select a.name,
    regexp_replace(a.sql, '\s+', ' ', 'g') || coalesce(E'\nwhere ' || (
      select string_agg(u.alias || ' = ' || regexp_replace(d.sql, '\s+', ' ', 'g'), E'\n  and ' order by u.depth, u.alias)
      from (select n.alias, min(n.depth) as depth from needed n where n.name = a.name group by n.alias) u
      join definitions d on d.alias = u.alias
    ), '')
  from answers a
$$;
comment on function statistics.kpi_expressions() is 'The SQL that makes each column of statistics.figures; k are the pieces (rollups and facts that count), s their sums per bucket.';
