import type { Principal } from '../auth/principal.ts';
import type { Tx } from '../db/pool.ts';

/** What was done; before and after already without secrets and personal data. */
export interface AuditEntry {
  operation: string;
  object?: string | null;
  before?: unknown;
  after?: unknown;
  requestId?: string | null;
}

/** Who did it: a caller, or a job. */
export interface Doer {
  kind: Principal['kind'] | 'job';
  id: string;
  name: string;
}

/** Writes a row of the audit as the last step of the transaction of its effect: from here to the commit others wait. */
export async function appendAudit(tx: Tx, { kind, id, name }: Doer, entry: AuditEntry): Promise<void> {
  const row = {
    principal_kind: kind,
    principal_id: id,
    // A person's name is not written where it could not be erased.
    principal_name: kind === 'user' ? null : name,
    operation: entry.operation,
    object: entry.object ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
    request_id: entry.requestId ?? null,
  };
  await tx.query('select platform.append_audit($1)', [JSON.stringify(row)]);
}
