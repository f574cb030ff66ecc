create or replace function quality.connection_rules()
returns table (rule text, category text, says text, measure text, warning numeric, critical numeric, worse text, unit text, advice text, fix text)
language sql
immutable
parallel unsafe
as $$
  values
    ('connections.used', 'connections', 'The server has connections left.',
      $m$
        select round(100.0 * count(*) / current_setting('max_connections')::int, 1),
          format('%s of %s connections, %s of them busy', count(*), current_setting('max_connections'), count(*) filter (where a.state = 'active'))
        from pg_catalog.pg_stat_activity a
        where a.backend_type = 'client backend'
      $m$,
      80::numeric, 90::numeric, 'above', 'per cent',
      'Close what nobody uses, lower QH_POOL_MAX of the instances, or raise max_connections.',
      'select pid, usename, application_name, state, state_change from pg_stat_activity order by state_change'),
    ('connections.oldest_transaction', 'connections', 'No transaction of this database stays open for long.',
      $m$
        select case when pg_has_role(current_user, 'pg_read_all_stats', 'usage') then coalesce(max(o.seconds), 0) end,
          case when pg_has_role(current_user, 'pg_read_all_stats', 'usage')
            then coalesce((array_agg(format('process %s (%s) has had one open for %s s', o.pid, o.application_name, round(o.seconds)) order by o.seconds desc))[1], 'none is open')
            else 'The owner may not see the sessions of others; as a superuser: grant pg_read_all_stats to qh_owner' end,
          (array_agg(format('select pg_terminate_backend(%s)', o.pid) order by o.seconds desc))[1]
        from (
          select a.pid, a.application_name, round(extract(epoch from platform.stopwatch() - a.xact_start), 1) as seconds
          from pg_catalog.pg_stat_activity a
          where a.datname = current_database() and a.backend_type = 'client backend' and a.pid <> pg_backend_pid() and a.xact_start is not null
        ) o
      $m$,
      300, 3600, 'above', 's',
      'An old transaction keeps dead rows from being cleaned away. Find whose it is, and end it.', null),
    ('connections.blocked', 'connections', 'Nobody waits longer than five seconds for a lock.',
      $m$
        select count(*),
          coalesce('process ' || (array_agg(w.pid order by w.waitstart))[1] || ' waits for ' || (array_agg(array_to_string(pg_blocking_pids(w.pid), ', ') order by w.waitstart))[1], 'nobody waits'),
          'select pg_terminate_backend(' || (array_agg((pg_blocking_pids(w.pid))[1] order by w.waitstart))[1] || ')'
        from (
          select l.pid, min(l.waitstart) as waitstart
          from pg_catalog.pg_locks l
          where not l.granted and l.waitstart < platform.stopwatch() - interval '5 seconds'
            and l.pid in (select a.pid from pg_catalog.pg_stat_activity a where a.datname = current_database())
          group by l.pid
        ) w
      $m$,
      1, 6, 'above', 'sessions',
      'The evidence names who waits for whom. Let the blocker finish, or end it.', null),
    ('connections.full_in_days', 'connections', 'At the present growth connections last for months.',
      $m$
        select case when t.days >= 3 and t.slope > 0.01 then round(greatest(t.max_connections - t.latest, 0) / t.slope) when t.days >= 3 then 9999 end,
          case when t.days is null or t.days < 3 then 'Snapshots of three days are needed; there are ' || round(coalesce(t.days, 0), 1)
            else format('daily peaks change by %s a day; the last one was %s of %s', round(t.slope::numeric, 2), t.latest, t.max_connections) end
        from (
          select regr_slope(p.peak, p.day_number) as slope, (max(p.day_number) - min(p.day_number) + 1)::numeric as days,
            (array_agg(p.peak order by p.day_number desc))[1] as latest, max(p.max_connections) as max_connections
          from (
            select extract(epoch from date_bin('1 day', s.taken_at, '2000-01-01 00:00+00'))::int / 86400 as day_number, max(s.connections) as peak, max(s.max_connections) as max_connections
            from quality.snapshots s
            where s.taken_at > platform.now() - interval '28 days'
            group by 1
          ) p
        ) t
      $m$,
      30, 7, 'below', 'days',
      'Lower QH_POOL_MAX of the instances or raise max_connections before the day comes.',
      'select application_name, client_addr, count(*) from pg_stat_activity group by 1, 2 order by 3 desc; alter system set max_connections = 200')
$$;
comment on function quality.connection_rules() is 'What should hold of sessions, transactions and locks.';
