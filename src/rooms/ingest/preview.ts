import type { Static } from 'typebox';
import { implement } from '../../platform/contract/implement.ts';
import type { Db, Tx } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';
import { erasureKeyOf, useErasureKey } from '../../platform/personal/erased.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import { previewBatch } from './contract.ts';
import { asWorkbook } from './as_workbook.ts';
import { checkRecords, one } from './check_rows.ts';
import { completeKinds } from './complete_kinds.ts';
import { kindOf } from './kinds.ts';
import { intervalMinutes } from './import_services.ts';
import { stageWorkbook, type StagedWorkbook } from './stage_workbook.ts';
import { readWorkbook } from './workbook/read_workbook.ts';
import { WorkbookRefused } from './workbook/refused.ts';
import { workbookName } from './workbook/workbook_name.ts';

type Preview = Static<typeof previewBatch.output>;
type Checked = Pick<Preview, 'time_zone' | 'service_exists' | 'interval_type' | 'rows_checked' | 'rows_rejected' | 'rows' | 'problems' | 'warnings'>;

/** Reads and checks the first rows as an import would, in a transaction that is rolled back. */
export const previewVerb = (kinds: readonly ImportKind[]) =>
  implement(previewBatch, async ({ service, layout, interval_type, time_zone, rows = 50 }, { db, file, signal, config }) => {
    if (layout !== undefined) kindOf(kinds, layout);
    const name = workbookName(file!.filename);
    const code = service ?? name.project;
    return rolledBack(db, async (tx) => {
      await useErasureKey(tx, erasureKeyOf(config));
      const complete = await completeKinds(tx, kinds);
      const stage = async (path: string, isInUtc: boolean) => {
        const events = readWorkbook(path, { kinds: complete, kind: layout, previewRows: rows, signal });
        return { staged: await stageWorkbook(tx, events, complete, null), isUtc: isInUtc };
      };
      const { staged, isUtc } = await asWorkbook(file!, complete, layout, stage, { signal, rows }).catch(explainRefusal);
      const zone = time_zone ?? (isUtc ? 'UTC' : undefined);
      if (staged.kind.periodFormat === undefined) {
        await tx.query('select ingest.keep_first_rows($1)', [rows]);
        await checkRecords(tx, staged, zone, staged.rowsStaged < rows);
        const { preview } = await one<{ preview: Checked }>(tx, 'select ingest.preview_found($1) as preview', [staged.kind.name]);
        return {
          filename: file!.filename,
          ...recognised(staged),
          service: null,
          ...preview,
          service_exists: false,
          time_zone: null,
          interval_type: null,
        };
      }
      const [checked] = await tx.query<{ preview: Checked }>('select ingest.preview_staged($1, $2, $3, $4, $5, $6, $7) as preview', [
        staged.kind.name,
        code,
        zone,
        interval_type === undefined ? null : intervalMinutes[interval_type],
        name.intervalMinutes,
        staged.title?.utcOffsetMinutes,
        rows,
      ]);
      return { filename: file!.filename, service: code, ...recognised(staged), ...checked!.preview };
    });
  });

function recognised({ kind, title, sheets }: StagedWorkbook) {
  const names = new Set(sheets.flatMap(({ columns }) => columns.map((column) => column.name)));
  return {
    layout: kind.name,
    title: title?.text ?? null,
    columns: kind.columns.filter((column) => names.has(column.name)).map((column) => column.header),
    sheets: sheets.map(({ sheetName, headerRow, columns, unknownColumns, rowsEstimate }) => ({
      sheet: sheetName,
      header_row: headerRow,
      columns: columns.map((column) => column.header),
      unknown_columns: unknownColumns,
      rows_estimate: rowsEstimate ?? null,
    })),
  };
}

function explainRefusal(error: unknown): never {
  if (error instanceof WorkbookRefused) throw new QhError(error.code, error.message, { hint: error.hint, cause: error });
  throw error;
}

async function rolledBack<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const rollback = new Error('a preview keeps nothing');
  const results: T[] = [];
  try {
    await db.transaction(async (tx) => {
      results.push(await work(tx));
      throw rollback;
    });
  } catch (error) {
    if (error !== rollback) throw error;
  }
  return results[0]!;
}
