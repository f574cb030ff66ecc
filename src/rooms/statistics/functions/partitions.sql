create or replace function statistics.partitions()
returns table (table_name text, partition_name text, month date, is_default boolean, row_count bigint, bytes bigint, kept boolean, dropped_at timestamptz)
language sql stable parallel safe
as $$
  select p.relname::text, c.relname::text, case when c.relname ~ '_\d{4}_(0[1-9]|1[0-2])$' then to_date(right(c.relname, 7), 'YYYY_MM') end,
    pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT', greatest(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid), true, null::timestamptz
  from pg_catalog.pg_inherits i
  join pg_catalog.pg_class c on c.oid = i.inhrelid and c.relkind = 'r'
  join pg_catalog.pg_class p on p.oid = i.inhparent and p.relkind = 'p'
  where p.relnamespace = 'statistics'::regnamespace
  union all
  select d.table_name, d.table_name || '_' || to_char(d.month, 'YYYY_MM'), d.month, false, d.row_count, d.bytes, false, d.dropped_at
  from statistics.dropped_months d
$$;
comment on function statistics.partitions() is 'The monthly partitions with rows (as the planner estimates them) and bytes, and the months whose detail was let go of.';
