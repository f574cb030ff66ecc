create or replace function quality.duplicate_indexes()
returns table (index_name text, table_name text, bytes bigint, evidence text, fix text)
language sql
stable
parallel safe
as $$
  with indexes as (
    select i.indexrelid, i.indrelid, i.indkey::text as keys, i.indclass::text as classes, i.indcollation::text as collations, i.indoption::text as options,
      coalesce(pg_get_expr(i.indexprs, i.indrelid), '') as expressions, coalesce(pg_get_expr(i.indpred, i.indrelid), '') as predicate,
      c.relam, i.indisunique, exists (select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid) as is_constraint
    from pg_catalog.pg_index i
    join pg_catalog.pg_class c on c.oid = i.indexrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    -- The indexes of partitions follow their parent's.
    where n.nspname !~ '^(pg_|information_schema|jobs)' and not c.relispartition and i.indisvalid
  )
  select d.indexrelid::regclass::text, d.indrelid::regclass::text, pg_relation_size(d.indexrelid),
    format('%s on %s repeats %s', d.indexrelid::regclass, d.indrelid::regclass, k.indexrelid::regclass),
    format('drop index %s', d.indexrelid::regclass)
  from indexes d
  join indexes k on k.indrelid = d.indrelid and k.indexrelid <> d.indexrelid and k.relam = d.relam
    and (k.keys, k.classes, k.collations, k.options, k.expressions, k.predicate) = (d.keys, d.classes, d.collations, d.options, d.expressions, d.predicate)
  -- Of a pair the one goes that no constraint needs and that is younger.
  where not d.is_constraint and not (d.indisunique and not k.indisunique)
    and (k.is_constraint or (k.indisunique and not d.indisunique) or k.indexrelid < d.indexrelid)
$$;
comment on function quality.duplicate_indexes() is 'Indexes that repeat another one of the same table: same columns, order, condition and method.';
