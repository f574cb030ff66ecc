create or replace function statistics.kpi_expressions()
returns table (name text, sql text)
language sql stable parallel safe
as $$
  with recursive source as (
    -- What is executed is what is printed: the text is cut out of the functions as they stand in the database.
    select p.proname, regexp_replace(p.prosrc, '--[^\n]*', '', 'g') as body, p.proargnames, p.proargmodes
    from pg_catalog.pg_proc p
    where p.pronamespace = 'statistics'::pg_catalog.regnamespace and p.proname in ('figures', 'ratio_parts', 'ratios')
  ), outputs as (
    select s.proname, a.name, row_number() over (partition by s.proname order by a.place) as place
    from source s, lateral unnest(s.proargnames, s.proargmodes) with ordinality as a (name, mode, place)
    where a.mode = 't'
  ), definitions as (
    -- What each piece gives (k), what is summed (s), what is divided (r).
    select l.alias || '.' || d.part[2] as alias, d.part[1] as sql
    from source s
    cross join (values
      ('k', 'known as (?:materialized )?\(\s+select (.*?)\s+from statistics\.pieces'),
      ('s', 'summed as (?:materialized )?\(\s+select (.*?)\s+from known k')
    ) as l (alias, pattern),
      lateral unnest(statistics.split_list((regexp_match(s.body, l.pattern))[1])) i (item),
      lateral regexp_match(i.item, '^(.*) as (\w+)$') d (part)
    where s.proname = 'figures' and d.part is not null
    union all
    select l.alias || '.' || o.name, regexp_replace(regexp_replace(i.item, ' as \w+$', ''), '\mp_', l.takes || '.', 'g')
    from source s
    join (values ('ratio_parts', 'k', 'k'), ('ratios', 'r', 's')) as l (proname, alias, takes) on l.proname = s.proname
    cross join lateral unnest(statistics.split_list((regexp_match(s.body, 'select\s+(.*)'))[1])) with ordinality as i (item, place)
    join outputs o on o.proname = s.proname and o.place = i.place
  ), answers as (
    select o.name, coalesce(d.sql, i.item) as sql
    from source s
    cross join lateral unnest(statistics.split_list((regexp_match(s.body, '\)\s+select (s\.bucket_start.*?)\s+from summed s'))[1]))
      with ordinality as i (item, place)
    join outputs o on o.proname = s.proname and o.place = i.place
    left join definitions d on d.alias = i.item and i.item like 'r.%'
    where s.proname = 'figures'
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
comment on function statistics.kpi_expressions() is 'The SQL that makes each column of statistics.figures; k are the pieces (rollups and facts that count) with their ratio_parts, s their sums per bucket.';
