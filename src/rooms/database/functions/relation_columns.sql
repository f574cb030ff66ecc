create or replace function database.relation_columns(p_relation oid)
returns jsonb
language sql stable parallel safe
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
      'name', a.attname,
      'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
      'is_nullable', not a.attnotnull,
      'default', pg_catalog.pg_get_expr(d.adbin, d.adrelid),
      'comment', pg_catalog.col_description(a.attrelid, a.attnum),
      'references', (
        select f.confrelid::pg_catalog.regclass::text || '.' || r.attname
        from pg_catalog.pg_constraint f
        join pg_catalog.pg_attribute r on r.attrelid = f.confrelid and r.attnum = f.confkey[array_position(f.conkey, a.attnum)]
        where f.conrelid = a.attrelid and f.contype = 'f' and a.attnum = any (f.conkey)
        order by cardinality(f.conkey), f.oid
        limit 1),
      'personal', m.kind,
      'is_sortable', exists (
        select from pg_catalog.pg_opclass o
        join pg_catalog.pg_am am on am.oid = o.opcmethod and am.amname = 'btree'
        where o.opcdefault and (o.opcintype = a.atttypid or o.opcintype = t.typbasetype and t.typbasetype <> 0
          or t.typname = 'varchar' and o.opcintype = 'pg_catalog.text'::pg_catalog.regtype))
    ) order by a.attnum), '[]')
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_type t on t.oid = a.atttypid
  join pg_catalog.pg_class c on c.oid = a.attrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join platform.personal_columns m on m.schema_name = n.nspname and m.table_name = c.relname and m.column_name = a.attname
  where a.attrelid = p_relation and a.attnum > 0 and not a.attisdropped
    -- What opens something is nobody's to read.
    and a.attname !~ '(password|secret|token|hash|credential|encrypted)' and a.atttypid <> 'pg_catalog.bytea'::pg_catalog.regtype
$$;
comment on function database.relation_columns(oid) is 'The columns of a table or view as a JSON list: type, comment, what they refer to, whether they are personal; without those that hold secrets.';
