import { randomUUID } from 'node:crypto';
import { now } from '../../platform/clock/clock.ts';
import { implement } from '../../platform/contract/implement.ts';
import type { Db, Tx } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';
import { readRetention } from '../../platform/personal/retention.ts';
import { maintenanceCleanup } from './contract.ts';
import { clearExports } from './exports.ts';

type CleanupType = 'sessions' | 'cache' | 'logs';

interface Removed {
  kind: string;
  cleanup_type: CleanupType;
  count: number;
}

/** Days after which the findings of an import are a log that nobody reads, where nothing else is said. */
const findingsDays = 365;

/** Handed over by app: deletes the uploaded files that were kept long enough. */
export type ClearUploads = (services: { db: Db; dataDir: string }) => Promise<number>;

/** Deletes what has ended or is too old. A dry run does the same in the database, counts, and takes it back. */
export const cleanupVerb = (clearUploads: ClearUploads) =>
  implement(maintenanceCleanup, async ({ cleanup_type: type = 'all', dry_run: asked, parameters = {} }, context) => {
    if (asked !== undefined && parameters.dry_run !== undefined && asked !== parameters.dry_run) throw contradiction(parameters.dry_run);
    const dryRun = asked ?? parameters.dry_run ?? false;
    const does = (wanted: CleanupType) => type === 'all' || type === wanted;
    const answer = await context.effect(async (tx) => {
      await tx.query('savepoint cleanup');
      const removed = await deleteRows(tx, parameters.older_than_days, does);
      if (does('cache')) removed.push(...(await countFiles(tx)));
      if (dryRun) await tx.query('rollback to savepoint cleanup');
      const total = removed.reduce((sum, { count }) => sum + count, 0);
      const message = dryRun ? `${total} would be deleted; nothing was.` : `${total} deleted.`;
      return { cleanup_id: randomUUID(), cleanup_type: type, dry_run: dryRun, status: 'completed', message, removed, timestamp: now().toISOString() };
    });
    if (!dryRun && does('cache')) {
      await clearExports(context.db, context.config.dataDir);
      await clearUploads({ db: context.db, dataDir: context.config.dataDir });
    }
    return answer;
  });

/** Which of two opposite words is meant nobody can know, and what is deleted does not come back. */
function contradiction(value: boolean): QhError {
  const path = 'parameters.dry_run';
  const rule = 'says the opposite of dry_run';
  return new QhError('bad_request', `${path}: ${rule}`, { errors: [{ path, rule, value, hint: 'Give one of the two.' }] });
}

async function deleteRows(tx: Tx, olderThanDays: number | undefined, does: (type: CleanupType) => boolean): Promise<Removed[]> {
  const kept = await readRetention(tx);
  const rules: [string, CleanupType, string, number | null][] = [
    // What has ended opens nothing: it needs no days.
    ['sessions', 'sessions', 'platform.sessions where expires_at', 0],
    ['sign_in_failures', 'sessions', 'platform.sign_in_failures where last_failed_at', olderThanDays ?? kept.sign_in_failures],
    ['invitations', 'sessions', 'platform.invitations where expires_at', olderThanDays ?? kept.invitations],
    ['idempotency_keys', 'cache', 'platform.idempotency_keys where created_at', olderThanDays ?? kept.idempotency_keys],
  ];
  const removed: Removed[] = [];
  for (const [kind, cleanup_type, rows, days] of rules) {
    if (!does(cleanup_type) || days === null) continue;
    const text = `with gone as (delete from ${rows} < platform.now() - make_interval(days => $1) returning 1) select count(*)::int as count from gone`;
    const [gone] = await tx.query<{ count: number }>(text, [days]);
    removed.push({ kind, cleanup_type, count: gone!.count });
  }
  if (does('logs')) {
    const [gone] = await tx.query<{ count: number }>('select ingest.forget_findings($1) as count', [olderThanDays ?? findingsDays]);
    removed.push({ kind: 'import_findings', cleanup_type: 'logs', count: gone!.count });
  }
  return removed;
}

/** Files go after the commit: one that is deleted cannot be taken back. */
async function countFiles(tx: Tx): Promise<Removed[]> {
  const [row] = await tx.query<{ exports: number; uploads: number }>(
    `select (select count(*)::int from database.exports where status = 'completed' and expires_at < platform.now()) as exports,
       (select count(*)::int from ingest.old_uploads()) as uploads`,
  );
  return [
    { kind: 'export_files', cleanup_type: 'cache', count: row!.exports },
    { kind: 'upload_files', cleanup_type: 'cache', count: row!.uploads },
  ];
}
