create or replace view marketplace.view_states as
select k.view_name, k.is_materialized, k.relation, l.run_id, l.finished_at as last_refresh, l.row_count, l.duration_ms, l.changed_count,
  f.error_message as last_error, f.finished_at as last_error_at, not k.is_materialized or c.relispopulated as is_populated,
  exists (select from pg_catalog.pg_index i where i.indrelid = k.relation and i.indisunique) as has_indexes,
  coalesce(u.reads_count, 0) as reads_count, pg_catalog.pg_total_relation_size(k.relation) as size_bytes
from marketplace.kpi_views k
join pg_catalog.pg_class c on c.oid = k.relation
left join lateral (
  -- People's reads: its rows, and the operations that its comment names. What a refresh or the status reads is none.
  select sum(a.call_count - a.error_count)::bigint as reads_count
  from platform.usage a
  where a.used_on > (platform.now() at time zone 'UTC')::date - 30 and a.operation = any ('marketplace.mv_rows ' || k.view_name || pg_catalog.string_to_array(
    pg_catalog.substring(pg_catalog.obj_description(coalesce(pg_catalog.to_regclass('api.' || k.view_name), k.relation), 'pg_class'), 'Read by: ([^:]+)\.$'), ', '))
) u on true
left join lateral (
  select g.* from marketplace.refresh_log g where g.view_name = k.view_name and g.status = 'SUCCESS' order by g.finished_at desc, g.run_id desc limit 1
) l on true
left join lateral (
  select g.* from marketplace.refresh_log g where g.view_name = k.view_name and g.status = 'ERROR' and g.run_id > coalesce(l.run_id, 0)
  order by g.run_id desc limit 1
) f on true;
comment on view marketplace.view_states is 'Each view of key figures with its last refresh, its last error since, its size and how often it was read in 30 days: calls of marketplace.mv_rows for it and of the operations that its comment names behind “Read by:”.';
