create or replace function database.relations(p_relation text default null)
returns table (
  table_name text,
  schema_name text,
  relation_name text,
  table_type text,
  room text,
  table_comment text,
  estimated_rows bigint,
  key_columns text[],
  scopes text[],
  has_service_id boolean,
  is_narrowed boolean,
  columns jsonb
)
language sql stable parallel safe
as $$
  select n.nspname || '.' || c.relname, n.nspname::text, c.relname::text,
    case c.relkind when 'v' then 'view' else 'table' end,
    case n.nspname when 'api' then coalesce(s.rooms[1], 'api') else n.nspname end,
    pg_catalog.obj_description(c.oid, 'pg_class'),
    case
      when c.relkind = 'v' then null
      -- A partitioned table knows its rows by its partitions; -1 is never analysed.
      else (
        select sum(greatest(p.reltuples, 0))::bigint
        from pg_catalog.pg_partition_tree(c.oid) t
        join pg_catalog.pg_class p on p.oid = t.relid
        where t.isleaf
        having bool_or(p.reltuples >= 0))
    end,
    coalesce(k.names, v.key_columns, '{}'),
    coalesce(s.scopes, '{admin:read}'),
    exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = 'service_id' and not a.attisdropped),
    c.relkind = 'v' or c.relrowsecurity,
    database.relation_columns(c.oid)
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join database.relation_scopes() s on s.relation = c.oid
  left join database.view_keys() v on n.nspname = 'api' and v.view_name = c.relname
  left join lateral (
    select array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum)) as names
    from pg_catalog.pg_index i
    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = c.oid and i.indisprimary
  ) k on true
  where pg_catalog.pg_get_userbyid(n.nspowner) = 'qh_owner'
    and not c.relispartition
    and (n.nspname = 'api' and c.relkind = 'v'
      or n.nspname not in ('api', 'platform', 'jobs', 'database') and c.relkind in ('r', 'p')
      or n.nspname = 'platform' and c.relname in ('roles', 'settings', 'schema_migrations', 'schema_objects', 'personal_columns', 'row_scopes'))
    and pg_catalog.has_table_privilege(c.oid, 'select')
    and (p_relation is null or p_relation in (n.nspname || '.' || c.relname, case n.nspname when 'api' then c.relname end))
  order by n.nspname = 'platform', n.nspname, c.relname
$$;
comment on function database.relations(text) is 'Every table of a room and every view of api that can be read by rows, with what takes to read it; one of them by name.';
