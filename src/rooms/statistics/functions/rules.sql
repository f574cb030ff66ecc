create or replace function statistics.rules()
returns table (rule text, category text, says text, measure text, warning numeric, critical numeric, worse text, unit text, advice text, fix text)
language sql
immutable
parallel unsafe
as $$
  values
    ('statistics.default_partition', 'partitions', 'Every row lies in the partition of its month.',
      $m$ select count(*), 'rows in contact_statistics_default' from statistics.contact_statistics_default $m$,
      1::numeric, 1000000::numeric, 'above', 'rows',
      'A month arrived that had no partition. Make it; the rows are moved into it.', 'qh maintain'),
    ('statistics.agent_default_partition', 'partitions', 'Every row of agent activity lies in the partition of its month.',
      $m$ select count(*), 'rows in agent_activity_default' from statistics.agent_activity_default $m$,
      1, 1000000, 'above', 'rows',
      'A month arrived that had no partition. Make it; the rows are moved into it.', 'qh maintain'),
    ('statistics.next_partition', 'partitions', 'The partitions of this month and the next are there.',
      $m$
        select count(*) filter (where not m.is_there),
          coalesce('without a partition: ' || string_agg(m.name, ', ' order by m.name) filter (where not m.is_there), 'this month and the next have their partitions'),
          'select statistics.ensure_partitions(array[' || string_agg(format('%L', m.month), ', ' order by m.month) filter (where not m.is_there) || ']::date[])'
        from (
          select d.month, to_char(d.month, 'YYYY-MM') as name,
            exists (
              select from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
              where i.inhparent = 'statistics.contact_statistics'::regclass and c.relname = 'contact_statistics_' || to_char(d.month, 'YYYY_MM')) as is_there
          from (
            select (date_trunc('month', platform.now(), 'UTC') at time zone 'UTC' + make_interval(months => n))::date as month
            from generate_series(0, 1) as n
          ) d
        ) m
      $m$,
      1, 2, 'above', 'months',
      'The daily job makes them two months ahead; it has not run, or failed. Rows that come meanwhile lie in the default partition.', 'qh maintain'),
    ('statistics.refresh_lag', 'throughput', 'Touched buckets are folded soon; answers are exact all the same, but slower.',
      $m$ select count(*), 'touched buckets waiting' from statistics.touched_log $m$,
      50000, 1000000, 'above', 'buckets',
      'The folding job does not keep up or does not run. Fold now and look at the log of the server.', 'qh maintain')
$$;
comment on function statistics.rules() is 'What should hold of the stored figures; health shows it.';
