create or replace function quality.unindexed_keys(p_rows bigint default 10000)
returns table (table_name text, column_names text, row_count bigint, evidence text, fix text)
language sql
stable
parallel safe
as $$
  select k.conrelid::regclass::text, c.names, t.reltuples::bigint,
    format('%s (%s rows) has no index on %s, which refers to %s', k.conrelid::regclass, t.reltuples::bigint, c.names, k.confrelid::regclass),
    format('create index concurrently on %s (%s)', k.conrelid::regclass, c.names)
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_class t on t.oid = k.conrelid
  join pg_catalog.pg_namespace n on n.oid = t.relnamespace
  cross join lateral (
    select string_agg(quote_ident(a.attname), ', ' order by u.place) as names
    from unnest(k.conkey) with ordinality as u (attnum, place)
    join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum
  ) c
  where k.contype = 'f' and n.nspname !~ '^(pg_|information_schema|jobs)' and not t.relispartition and t.reltuples >= p_rows
    and not exists (
      select from pg_catalog.pg_index i
      where i.indrelid = k.conrelid and i.indisvalid and i.indpred is null
        and (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(k.conkey)] @> k.conkey)
$$;
comment on function quality.unindexed_keys(bigint) is 'Foreign keys of tables with many rows that no index begins with: a delete in the other table reads all of this one.';
