import type { MetricSource } from '../../platform/metrics/metrics.ts';

/** Posted events and rows of intervals for Prometheus, as PostgreSQL counts them: it costs nothing, however many there are. */
const counted = (name: string, help: string, table: string): MetricSource => ({
  name,
  help,
  labels: ['change'],
  sql: `select c.change, c.value
    from (
      select coalesce(sum(s.n_tup_ins), 0) as inserted, coalesce(sum(s.n_tup_upd), 0) as updated, coalesce(sum(s.n_tup_del), 0) as deleted
      from pg_catalog.pg_stat_user_tables s
      where s.relid in (select t.relid from pg_catalog.pg_partition_tree('${table}') t union select '${table}'::pg_catalog.regclass)
    ) n
    cross join lateral (values ('inserted', n.inserted), ('updated', n.updated), ('deleted', n.deleted)) c (change, value)`,
});

export const metrics: readonly MetricSource[] = [
  counted(
    'qh_event_interval_rows_total',
    'Rows of intervals written since the statistics of the database began, by what was done.',
    'statistics.contact_statistics',
  ),
  counted(
    'qh_event_agent_rows_total',
    'Rows of agent activity written since the statistics of the database began, by what was done.',
    'statistics.agent_activity',
  ),
  counted('qh_event_posts_total', 'Posted batches of figures since the statistics of the database began.', 'statistics.posted_batches'),
];
