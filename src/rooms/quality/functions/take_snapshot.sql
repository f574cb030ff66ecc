create or replace function quality.take_snapshot(p_disk_free bigint default null, p_disk_total bigint default null)
returns void
language plpgsql
volatile
parallel unsafe
as $$
begin
  insert into quality.snapshots (
    taken_at, stats_reset, database_bytes, disk_free_bytes, disk_total_bytes, connections, max_connections,
    blocks_hit, blocks_read, commits, rollbacks, deadlocks, temp_bytes, tables, indexes, statements)
  select platform.now(), d.stats_reset, pg_database_size(d.datid), p_disk_free, p_disk_total,
    (select count(*) from pg_catalog.pg_stat_activity a where a.backend_type = 'client backend'), current_setting('max_connections')::int,
    d.blks_hit, d.blks_read, d.xact_commit, d.xact_rollback, d.deadlocks, d.temp_bytes,
    coalesce((select jsonb_agg(to_jsonb(t) order by t.bytes desc) from quality.table_counters() t), '[]'),
    coalesce((select jsonb_agg(to_jsonb(i) order by i.bytes desc) from quality.index_counters() i), '[]'),
    (select jsonb_agg(jsonb_build_object('id', s.id, 'text', left(quality.without_literals(left(s.query, 2000)), 300), 'calls', s.calls, 'total_ms', round(s.total_ms), 'rows', s.row_count))
      from (select s.* from quality.statements() s order by s.total_ms desc limit 100) s)
  from pg_catalog.pg_stat_database d
  where d.datname = current_database()
  on conflict (taken_at) do nothing;
  delete from quality.snapshots s
  where s.taken_at < platform.now() - interval '400 days'
    or (s.taken_at < platform.now() - interval '14 days' and exists (
      select from quality.snapshots e
      where e.taken_at < s.taken_at and e.taken_at >= date_bin('1 day', s.taken_at, '2000-01-01 00:00+00')));
end
$$;
comment on function quality.take_snapshot(bigint, bigint) is 'Keeps the counters of PostgreSQL as they are now, and thins out old snapshots: hourly for 14 days, then the first of each day for 400.';
