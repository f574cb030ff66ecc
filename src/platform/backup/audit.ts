import path from 'node:path';
import { appendAudit, type Doer } from '../audit/append.ts';
import type { Tx } from '../db/pool.ts';
import type { Manifest } from './manifest.ts';

/** Writes down that a job made or verified a backup, and for whom. */
export async function auditBackup(
  tx: Tx,
  doer: Doer,
  what: 'create' | 'verify',
  folder: string,
  manifest?: Pick<Manifest, 'rows' | 'bytes'>,
): Promise<void> {
  const after = manifest === undefined ? null : { rows: manifest.rows, bytes: manifest.bytes };
  await appendAudit(tx, doer, { operation: `backup.${what}`, object: `backup=${path.basename(folder)}`, after });
}
