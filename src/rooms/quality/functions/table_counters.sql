create or replace function quality.table_counters()
returns table (name text, bytes bigint, index_bytes bigint, live_rows bigint, dead_rows bigint, seq_scans bigint, seq_rows bigint, index_scans bigint, writes bigint)
language sql
stable
parallel safe
as $$
  select coalesce(i.inhparent, s.relid)::regclass::text, sum(pg_total_relation_size(s.relid))::bigint, sum(pg_indexes_size(s.relid))::bigint,
    sum(s.n_live_tup)::bigint, sum(s.n_dead_tup)::bigint, sum(s.seq_scan)::bigint, sum(s.seq_tup_read)::bigint, sum(coalesce(s.idx_scan, 0))::bigint,
    sum(s.n_tup_ins + s.n_tup_upd + s.n_tup_del)::bigint
  from pg_catalog.pg_stat_user_tables s
  left join pg_catalog.pg_inherits i on i.inhrelid = s.relid
  where s.schemaname <> 'information_schema'
  group by coalesce(i.inhparent, s.relid)
$$;
comment on function quality.table_counters() is 'Size and counters of each table, those of partitions under their parent.';
