import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { now } from '../../platform/clock/clock.ts';
import type { Db, Tx } from '../../platform/db/pool.ts';
import { intervalMinutes, type ClaimedBatch } from './import_services.ts';
import type { ProgressReporter } from './progress.ts';
import type { StagedWorkbook } from './stage_workbook.ts';
import { workbookName } from './workbook/workbook_name.ts';

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
export async function importRows(tx: Tx, db: Db, batch: ClaimedBatch, staged: StagedWorkbook, progress: ProgressReporter): Promise<void> {
  progress.phase('checking');
  const { kind, title } = staged;
  const known = await one<{ service_id: number | null; time_zone: string }>(
    tx,
    `select s.service_id, ingest.choose_zone($2, s.service_id, $3) as time_zone from ingest.service_of_code($1) s (service_id)`,
    [batch.service_code, batch.options.time_zone, title?.utcOffsetMinutes],
  );
  const given = batch.options.interval_type === undefined ? null : intervalMinutes[batch.options.interval_type];
  const { minutes } = await one<{ minutes: number }>(tx, `select ingest.check_staged($1, $2, '', $3, $4, $5, $6, true) as minutes`, [
    kind.name,
    known.service_id,
    known.time_zone,
    given,
    workbookName(batch.filename).intervalMinutes,
    title?.utcOffsetMinutes,
  ]);
  // Partitions are made outside, so that nobody waits for them until the import ends; a dry run makes none.
  if (!batch.dry_run)
    await db.query('select statistics.ensure_partitions($1)', [
      (await one<{ months: string[] }>(tx, 'select ingest.staged_months() as months')).months,
    ]);
  const { has_good_rows } = await one<{ has_good_rows: boolean }>(tx, 'select ingest.has_good_rows() as has_good_rows');
  let serviceId = known.service_id;
  if (has_good_rows)
    serviceId = (
      await one<{ id: number }>(tx, 'select ingest.ensure_service($1, $2, $3) as id', [batch.service_code, known.time_zone, batch.is_demo])
    ).id;
  const { duplicates } = await one<{ duplicates: number }>(tx, `select ingest.fill_rows($1, $2, '', $3, $4) as duplicates`, [
    kind.name,
    serviceId,
    minutes,
    batch.replace,
  ]);
  progress.phase('loading');
  const refused =
    batch.mode === 'all_or_nothing' && (await one<{ any: boolean }>(tx, 'select exists (select from pg_temp.rejected_rows) as any')).any;
  const loaded = refused || !has_good_rows ? {} : await one<object>(tx, `select l.* from ${kind.load}($1, $2) l`, [batch.batch_id, batch.replace]);
  if (!refused && has_good_rows) await tx.query('select ingest.warn_of_totals($1, $2)', [batch.batch_id, known.time_zone]);
  const { counts } = await one<{ counts: { rows_valid: number; rows_rejected: number } }>(tx, 'select ingest.staged_result($1, $2) as counts', [
    staged.rowsUnstaged,
    duplicates,
  ]);
  const result: ImportResult = {
    ...counts,
    ...loaded,
    status: refused ? 'failed' : counts.rows_rejected > 0 ? 'completed_with_errors' : 'completed',
    detail: refused
      ? `${counts.rows_rejected} rows were rejected and all or nothing was asked for: nothing was loaded. Correct the rows, or import with mode partial.`
      : null,
    layout: kind.name,
    interval_minutes: minutes,
    service_id: batch.dry_run || refused ? known.service_id : serviceId,
    service_code: batch.service_code,
    time_zone: known.time_zone,
    finished_at: now().toISOString(),
  };
  await tx.query('select ingest.save_findings($1)', [batch.batch_id]);
  await progress.end();
  if (refused || batch.dry_run) {
    await bringFindingsToSafety(tx, db, batch.batch_id);
    throw new TakenBack(result);
  }
  await tx.query('select ingest.finish_batch($1, $2)', [batch.batch_id, JSON.stringify(result)]);
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
    await pipeline(source, safe.client.query(copyFrom(`copy ingest.import_errors (${findingColumns}) from stdin`)));
  });
}

async function one<T>(tx: Tx, text: string, values: unknown[] = []): Promise<T> {
  const [row] = await tx.query<T>(text, values);
  if (row === undefined) throw new Error(`no row: ${text}`);
  return row;
}
