import type { Fingerprint } from '../platform/backup/manifest.ts';

/** The figures by which a restored database is held against the one that was backed up: asked in the snapshot, and again after a restore. */
export const fingerprints: readonly Fingerprint[] = [
  {
    name: 'figures by service and month',
    schema: 'statistics',
    sql: `
      select f.*
      from (select min(interval_start_time) as first, max(interval_start_time) as last from statistics.contact_statistics where isfinite(interval_start_time)) r
      cross join lateral statistics.figures(r.first, r.last + interval '1 hour', 43200, null, null, null, 'service') f
      where r.first is not null
      order by f.bucket_start, f.service_id, f.group_id`,
  },
  {
    name: 'sums by service and month of the facts',
    schema: 'statistics',
    sql: `
      select s.service_id, date_trunc('month', s.interval_start_time, 'UTC') as month, count(*) as rows, sum(s.offered) as offered, sum(s.handled) as handled,
        sum(s.answered_in_threshold) as answered_in_threshold, sum(s.abandoned) as abandoned, sum(s.talk_seconds) as talk_seconds, sum(s.wrap_seconds) as wrap_seconds
      from statistics.contact_statistics s
      group by 1, 2
      order by 1, 2`,
  },
  {
    name: 'batches by state',
    schema: 'ingest',
    sql: `select b.status, count(*) as batches, sum(b.rows_total) as rows_total, sum(b.rows_rejected) as rows_rejected from ingest.import_batches b group by 1 order by 1`,
  },
];
