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
      $m$ select m.missing, m.evidence, m.fix from statistics.missing_partitions('contact_statistics') m $m$,
      1, 2, 'above', 'months',
      'The daily job makes them two months ahead; it has not run, or failed. Rows that come meanwhile lie in the default partition.', 'qh maintain'),
    ('statistics.agent_next_partition', 'partitions', 'The partitions of agent activity for this month and the next are there.',
      $m$ select m.missing, m.evidence, m.fix from statistics.missing_partitions('agent_activity') m $m$,
      1, 2, 'above', 'months',
      'The daily job makes them two months ahead; it has not run, or failed. Rows that come meanwhile lie in the default partition.', 'qh maintain'),
    ('statistics.refresh_lag', 'throughput', 'Touched buckets are folded soon; answers are exact all the same, but slower.',
      $m$ select count(*), 'touched buckets waiting' from statistics.touched_log $m$,
      50000, 1000000, 'above', 'buckets',
      'The folding job does not keep up or does not run. Fold now and look at the log of the server.', 'qh maintain')
$$;
comment on function statistics.rules() is 'What should hold of the stored figures; health shows it.';
