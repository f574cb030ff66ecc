import { appendAudit } from '../../platform/audit/append.ts';
import { shownValue } from '../../platform/audit/shown.ts';
import type { Principal } from '../../platform/auth/principal.ts';
import type { Tx } from '../../platform/db/pool.ts';
import type { Configuration } from './export_data.ts';
import { parseFilter } from './filter.ts';

/** A file that was written, and for whom. */
export interface Written {
  exportId: string;
  principal: { kind: Principal['kind']; id: string; name: string };
  requestId: string | null;
  configuration: Configuration;
  rows: number;
  sha256: string;
}

/** Says in the audit who took which rows out: what was asked for, how many rows there were, and the hash of the file that holds them. */
export async function auditExport(tx: Tx, written: Written, personalFields: ReadonlySet<string>): Promise<void> {
  const { exportId, principal, requestId, configuration, rows, sha256 } = written;
  const { filter, ...asked } = configuration;
  const shown = { ...asked, ...(filter === undefined ? {} : { filter: shownFilter(filter, personalFields) }) };
  await appendAudit(tx, principal, {
    operation: 'database.bulk_export',
    object: `export_id=${exportId}`,
    after: { ...(shownValue(shown, personalFields) as object), rows, sha256 },
    requestId,
  });
}

/** The filter as it was asked; what it compares a personal column with is hidden, since the audit is never changed. */
function shownFilter(filter: string, personalFields: ReadonlySet<string>): string {
  const conditions = parseFilter(filter);
  if (!conditions.some(({ column }) => personalFields.has(column))) return filter;
  return conditions
    .map(({ column, operator, values }) => `${column} ${operator} ${personalFields.has(column) ? '***' : values.join(', ')}`)
    .join(' and ');
}
