create or replace function api.database_health()
returns table (database_health jsonb, table_statistics jsonb, "timestamp" timestamptz)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object(
      'total_connections', a.total, 'active_connections', a.active, 'idle_connections', a.idle, 'database_size', pg_size_pretty(pg_database_size(d.datid)),
      'database_bytes', pg_database_size(d.datid), 'backends', d.numbackends, 'max_connections', current_setting('max_connections')::int,
      'status', case c.severity when 'ok' then 'healthy' when 'skipped' then 'unknown' else c.severity end),
    (select jsonb_agg(jsonb_build_object('schema', t.schema_name, 'table', t.table_name, 'inserts', t.inserts, 'updates', t.updates, 'deletes', t.deletes,
        'live_rows', t.live_rows, 'dead_rows', t.dead_rows, 'table_size', pg_size_pretty(t.bytes), 'table_bytes', t.bytes) order by t.bytes desc)
      from (
        select n.nspname as schema_name, p.relname as table_name, sum(s.n_tup_ins) as inserts, sum(s.n_tup_upd) as updates, sum(s.n_tup_del) as deletes,
          sum(s.n_live_tup) as live_rows, sum(s.n_dead_tup) as dead_rows, sum(pg_total_relation_size(s.relid))::bigint as bytes
        from pg_catalog.pg_stat_user_tables s
        left join pg_catalog.pg_inherits i on i.inhrelid = s.relid
        join pg_catalog.pg_class p on p.oid = coalesce(i.inhparent, s.relid)
        join pg_catalog.pg_namespace n on n.oid = p.relnamespace
        group by n.nspname, p.relname
        order by sum(pg_total_relation_size(s.relid)) desc
        limit 10
      ) t),
    platform.now()
  from pg_catalog.pg_stat_database d
  cross join lateral (
    select count(*) as total, case when pg_has_role(current_user, 'pg_read_all_stats', 'usage') then count(*) filter (where s.state = 'active') end as active,
      case when pg_has_role(current_user, 'pg_read_all_stats', 'usage') then count(*) filter (where s.state like 'idle%') end as idle
    from pg_catalog.pg_stat_activity s
    where s.backend_type = 'client backend' and s.datname = current_database()
  ) a
  cross join quality.check_rules('{connections.used}') c
  where d.datname = current_database()
$$;
comment on function api.database_health() is 'Connections, size and the ten largest tables in the words of seed 002; status follows the rule connections.used.';
