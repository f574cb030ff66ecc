import type { Db, Tx } from '../../platform/db/pool.ts';
import { intervalMinutes, type ClaimedBatch } from './import_services.ts';
import type { StagedWorkbook } from './stage_workbook.ts';
import { workbookName } from './workbook/workbook_name.ts';

/** What checking the staged rows tells the rest of the import. */
export interface Checked {
  hasGoodRows: boolean;
  /** Rows that repeat another one letter by letter. */
  duplicates: number;
  /** What the batch record says of it. `kept`: the rows stay. */
  about(kept: boolean): object;
  /** Warnings that need the loaded rows. */
  afterLoad(): Promise<void>;
}

/** Rows of figures: interval, zone, service and sources are settled, and the rows are filled in for the loader. */
export async function checkIntervals(tx: Tx, db: Db, batch: ClaimedBatch, { kind, title }: StagedWorkbook): Promise<Checked> {
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
  const { has_good_rows: hasGoodRows } = await one<{ has_good_rows: boolean }>(tx, 'select ingest.has_good_rows() as has_good_rows');
  let serviceId = known.service_id;
  if (hasGoodRows)
    serviceId = (
      await one<{ id: number }>(tx, 'select ingest.ensure_service($1, $2, $3) as id', [batch.service_code, known.time_zone, batch.is_demo])
    ).id;
  const { duplicates } = await one<{ duplicates: number }>(tx, `select ingest.fill_rows($1, $2, '', $3, $4) as duplicates`, [
    kind.name,
    serviceId,
    minutes,
    batch.replace,
  ]);
  return {
    hasGoodRows,
    duplicates,
    about: (kept) => ({
      interval_minutes: minutes,
      service_id: kept ? serviceId : known.service_id,
      service_code: batch.service_code,
      time_zone: known.time_zone,
    }),
    async afterLoad() {
      await tx.query('select ingest.warn_of_totals($1, $2)', [batch.batch_id, known.time_zone]);
    },
  };
}

/**
 * Records, one per row: the cells are read here, all else is the room's own, which finds the given zone in the setting
 * `qh.import_zone`. `isWhole`: no rows of the file are left out.
 */
export async function checkRecords(tx: Tx, { kind }: StagedWorkbook, zone: string | undefined, isWhole = true): Promise<Checked> {
  await tx.query(`select set_config('qh.import_zone', coalesce(org.time_zone($1), ''), true)`, [zone ?? null]);
  await tx.query('select ingest.read_records()');
  const { duplicates } = await one<{ duplicates: number }>(tx, `select ${kind.check}($1) as duplicates`, [isWhole]);
  await tx.query('select ingest.reject_rows()');
  const { has_good_rows: hasGoodRows } = await one<{ has_good_rows: boolean }>(tx, 'select ingest.has_good_rows() as has_good_rows');
  return { hasGoodRows, duplicates, about: () => ({ is_of_no_service: true }), afterLoad: async () => {} };
}

export async function one<T>(tx: Tx, text: string, values: unknown[] = []): Promise<T> {
  const [row] = await tx.query<T>(text, values);
  if (row === undefined) throw new Error(`no row: ${text}`);
  return row;
}
