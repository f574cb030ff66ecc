import type { Doer } from '../../platform/audit/append.ts';
import { fromPostgres, QhError } from '../../platform/errors.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { useErasureKey } from '../../platform/personal/erased.ts';
import { jobDoer } from '../../platform/jobs/jobs.ts';
import { asWorkbook } from './as_workbook.ts';
import { completeKinds, mapColumns } from './complete_kinds.ts';
import { importRows, TakenBack } from './import_rows.ts';
import type { ClaimedBatch, ImportServices } from './import_services.ts';
import { ProgressReporter, type ImportProgress } from './progress.ts';
import { stageWorkbook } from './stage_workbook.ts';
import { uploadPath } from './uploads.ts';
import { readWorkbookInThread } from './workbook/read_in_thread.ts';
import { WorkbookRefused } from './workbook/refused.ts';

const attempts = 3;

/**
 * Imports a batch that waits, or whose worker died: from the file to the commit in one transaction, so that nothing of
 * a batch that was killed at any moment is there, and it can be taken up again from the start. Gives back without
 * doing anything when another worker has it or it has ended.
 */
export async function importBatch(batchId: string, services: ImportServices, hear?: (progress: ImportProgress) => void): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await importOnce(batchId, services, hear);
      break;
    } catch (error) {
      if (services.signal?.aborted === true) throw error;
      const reason = reasonOf(error);
      if (reason === null) throw error;
      if (reason === 'again' && attempt < attempts) continue;
      if (reason === 'again' || reason.isUnforeseen) services.log.error({ err: error, batch_id: batchId }, 'import failed');
      await finish(services, batchId, { status: 'failed', detail: reason === 'again' ? busy : reason.detail });
      return;
    }
  }
  // Readers are exact without it; it only makes them faster. The scheduled refresh does what is left undone here.
  await services.db
    .query('select statistics.refresh()')
    .catch((error: unknown) => services.log.warn({ err: error }, 'rollups were not folded; the next refresh does it'));
}

async function importOnce(batchId: string, services: ImportServices, hear?: (progress: ImportProgress) => void): Promise<void> {
  const { db, kinds, dataDir, signal, read = readWorkbookInThread } = services;
  const progress = new ProgressReporter(db, batchId, hear);
  try {
    await db.transaction(async (tx) => {
      const batch = await claim(tx, batchId, services);
      if (batch === null) return;
      await tx.query(
        `set local statement_timeout = 0; set local lock_timeout = '2min'; set local idle_in_transaction_session_timeout = 0; set local work_mem = '128MB'`,
      );
      const doer = doerOf(batch, services);
      await tx.query(`select set_config('qh.principal', $1, true)`, [doer.name]);
      if (services.erasureKey !== undefined) await useErasureKey(tx, services.erasureKey);
      progress.phase('reading');
      const { layout, layouts, columns } = batch.options;
      const complete = mapColumns(
        await completeKinds(tx, layouts === undefined ? kinds : kinds.filter(({ name }) => layouts.includes(name))),
        columns,
      );
      const file = { path: uploadPath(dataDir, batchId), filename: batch.filename };
      const stage = (path: string, isUtc: boolean) => {
        if (isUtc) batch.options.time_zone ??= 'UTC';
        return stageWorkbook(tx, read(path, { kinds: complete, kind: layout, signal }), complete, progress);
      };
      const staged = await asWorkbook(file, complete, layout, stage, { signal });
      await importRows(tx, db, batch, staged, progress, doer);
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
    await finish(services, batchId, error.result);
  }
  progress.committed();
}

/** Who sent the file; what nobody sent is the doing of the job that found it. */
const doerOf = ({ asked_by: askedBy, created_by: name }: ClaimedBatch, { doer }: ImportServices): Doer =>
  askedBy === null ? (doer ?? jobDoer('ingest.import_batch')) : { ...askedBy, name };

/** The lock is the transaction's: it goes with the worker, however the worker goes. */
async function claim(tx: Tx, batchId: string, { db }: ImportServices): Promise<ClaimedBatch | null> {
  const [lock] = await tx.query<{ taken: boolean }>('select pg_try_advisory_xact_lock(ingest.batch_lock($1)) as taken', [batchId]);
  if (lock?.taken !== true) return null;
  const [batch] = await db.query<ClaimedBatch>('select c.* from ingest.claim_batch($1) c', [batchId]);
  return batch ?? null;
}

async function finish({ db }: ImportServices, batchId: string, result: object): Promise<void> {
  await db.query('select ingest.finish_batch($1, $2)', [batchId, JSON.stringify(result)]);
}

const busy = 'The database was too busy with other work on the same rows. Import the file again.';

/** Why an import ends as failed; `again` when it may go better; null when the database was away, so that the batch is taken up again. */
function reasonOf(error: unknown): 'again' | { detail: string; isUnforeseen: boolean } | null {
  if (error instanceof WorkbookRefused) return { detail: `${error.message} ${error.hint}`, isUnforeseen: false };
  const known = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? missingFile : fromPostgres(error);
  if (known.code === 'unavailable') return null;
  if (known.code === 'timeout' || (known.code === 'conflict' && !(error instanceof QhError))) return 'again';
  // What PostgreSQL says is no sentence.
  const message = known.message.replace(/[^.!?]$/, '$&.');
  return { detail: `${message} ${known.hint}`, isUnforeseen: known.code === 'internal' };
}

const missingFile = new QhError('not_found', 'The uploaded file is gone.', { hint: 'Upload it again.' });
