create or replace function api.partitions()
returns table (table_name text, partition_name text, month date, is_default boolean, row_count bigint, bytes bigint, kept boolean, dropped_at timestamptz)
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select p.table_name, p.partition_name, p.month, p.is_default, p.row_count, p.bytes, p.kept, p.dropped_at from statistics.partitions() p
$$;
comment on function api.partitions() is 'The monthly partitions with rows and bytes, and the months whose detail was let go of.';
