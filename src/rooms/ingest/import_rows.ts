import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { appendAudit, type Doer } from '../../platform/audit/append.ts';
import { now } from '../../platform/clock/clock.ts';
import type { Db, Tx } from '../../platform/db/pool.ts';
import { checkIntervals, checkRecords, one } from './check_rows.ts';
import type { ClaimedBatch } from './import_services.ts';
import type { ProgressReporter } from './progress.ts';
import type { StagedWorkbook } from './stage_workbook.ts';

/** How an import ended, in the words of `ingest.finish_batch`. */
export interface ImportResult extends Record<string, unknown> {
  status: 'completed' | 'completed_with_errors' | 'failed';
  rows_valid: number;
  rows_rejected: number;
}

/** Thrown to roll the transaction back after its findings were brought to safety: a dry run, or all or nothing with a bad row. */
export class TakenBack extends Error {
  readonly result: ImportResult;
  constructor(result: ImportResult) {
    super('the import was taken back as asked');
    this.result = result;
  }
}

/** Checks and loads the staged rows; counts, status, findings and rows are one transaction. */
export async function importRows(tx: Tx, db: Db, batch: ClaimedBatch, staged: StagedWorkbook, progress: ProgressReporter, doer: Doer): Promise<void> {
  progress.phase('checking');
  const { kind } = staged;
  const checked =
    kind.periodFormat === undefined ? await checkRecords(tx, staged, batch.options.time_zone) : await checkIntervals(tx, db, batch, staged);
  progress.phase('loading');
  const refused =
    batch.mode === 'all_or_nothing' && (await one<{ any: boolean }>(tx, 'select exists (select from pg_temp.rejected_rows) as any')).any;
  const isLoaded = !refused && checked.hasGoodRows;
  const loaded = isLoaded ? await one<object>(tx, `select l.* from ${kind.load}($1, $2) l`, [batch.batch_id, batch.replace]) : {};
  if (isLoaded) await checked.afterLoad();
  const { counts } = await one<{ counts: { rows_valid: number; rows_rejected: number } }>(tx, 'select ingest.staged_result($1, $2) as counts', [
    staged.rowsUnstaged,
    checked.duplicates,
  ]);
  const result: ImportResult = {
    ...counts,
    ...loaded,
    status: refused ? 'failed' : counts.rows_rejected > 0 ? 'completed_with_errors' : 'completed',
    detail: refused
      ? `${counts.rows_rejected} rows were rejected and all or nothing was asked for: nothing was loaded. Correct the rows, or import with mode partial.`
      : null,
    layout: kind.name,
    ...checked.about(!batch.dry_run && !refused),
    finished_at: now().toISOString(),
  };
  await tx.query('select ingest.save_findings($1)', [batch.batch_id]);
  await progress.end();
  if (refused || batch.dry_run) {
    await bringFindingsToSafety(tx, db, batch.batch_id);
    throw new TakenBack(result);
  }
  await tx.query('select ingest.finish_batch($1, $2)', [batch.batch_id, JSON.stringify(result)]);
  await appendAudit(tx, doer, {
    operation: 'ingest.import_batch',
    object: `batch_id=${batch.batch_id}`,
    after: { filename: batch.filename, ...result },
  });
}

const findingColumns =
  'batch_id, sheet, row_number, cell, column_name, rule, severity, value, message, hint, other_row, occurrences, row_ranges, created_at';

/** Copies what was found to another transaction that commits, while this one still sees it. */
async function bringFindingsToSafety(tx: Tx, db: Db, batchId: string): Promise<void> {
  await db.transaction(async (safe) => {
    // The id is a uuid of ours: COPY takes no parameters.
    const source = tx.client.query(
      copyTo(`copy (select ${findingColumns} from ingest.import_errors where batch_id = '${batchId}' order by error_id) to stdout`),
    );
    // COPY is refused where a row policy could hide rows.
    await safe.query(`create temp table kept_findings on commit drop as select ${findingColumns} from ingest.import_errors with no data`);
    await pipeline(source, safe.client.query(copyFrom('copy pg_temp.kept_findings from stdin')));
    await safe.query(`insert into ingest.import_errors (${findingColumns}) select ${findingColumns} from pg_temp.kept_findings`);
  });
}
