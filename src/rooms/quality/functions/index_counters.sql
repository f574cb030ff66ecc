create or replace function quality.index_counters()
returns table (name text, "table" text, scans bigint, bytes bigint)
language sql
stable
parallel safe
as $$
  select coalesce(i.inhparent, s.indexrelid)::regclass::text, coalesce(t.inhparent, s.relid)::regclass::text, sum(s.idx_scan)::bigint,
    sum(pg_relation_size(s.indexrelid))::bigint
  from pg_catalog.pg_stat_user_indexes s
  left join pg_catalog.pg_inherits i on i.inhrelid = s.indexrelid
  left join pg_catalog.pg_inherits t on t.inhrelid = s.relid
  group by coalesce(i.inhparent, s.indexrelid), coalesce(t.inhparent, s.relid)
$$;
comment on function quality.index_counters() is 'Size and scans of each index, those of partitions under their parent.';
