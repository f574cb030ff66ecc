import type { MetricSource } from '../../platform/metrics/metrics.ts';

/** Imports for Prometheus: how many ended how, and what became of their rows. */
export const metrics: readonly MetricSource[] = [
  {
    name: 'qh_imports',
    help: 'Import batches by status.',
    labels: ['status'],
    sql: 'select b.status, count(*) as value from ingest.import_batches b group by b.status',
  },
  {
    name: 'qh_import_rows',
    help: 'Rows of all import batches by what became of them.',
    labels: ['outcome'],
    sql: `select r.outcome, coalesce(sum(r.value), 0) as value
      from ingest.import_batches b
      cross join lateral (values ('inserted', b.rows_inserted), ('updated', b.rows_updated), ('unchanged', b.rows_unchanged), ('rejected', b.rows_rejected)) r (outcome, value)
      group by r.outcome`,
  },
];
