import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Tx } from '../../platform/db/pool.ts';
import type { ImportKind } from '../../platform/imports/kind.ts';
import type { ProgressReporter } from './progress.ts';
import type { ReportTitle, SheetEvent, WorkbookEvent } from './workbook/events.ts';
import { columnLetters } from './workbook/headers.ts';
import { release } from './workbook/release.ts';

export interface StagedWorkbook {
  kind: ImportKind;
  sheets: SheetEvent[];
  title: ReportTitle | null;
  rowsStaged: number;
  /** Blank rows and rows above the header. */
  rowsUnstaged: number;
  warnings: { code: string; message: string }[];
}

/** Copies the rows of a workbook into the staging table, which is made once the first sheet tells the kind. */
export async function stageWorkbook(
  tx: Tx,
  events: AsyncIterable<WorkbookEvent>,
  kinds: readonly ImportKind[],
  progress: ProgressReporter | null,
): Promise<StagedWorkbook> {
  const staged: Omit<StagedWorkbook, 'kind'> = { sheets: [], title: null, rowsStaged: 0, rowsUnstaged: 0, warnings: [] };
  let kind: ImportKind | undefined;
  let copy: ReturnType<typeof copyFrom> | undefined;
  let failure: Error | undefined;
  try {
    for await (const event of events) {
      if (event.type === 'sheet') {
        staged.sheets.push(event);
        staged.title ??= event.title;
        if (event.unknownColumns.length > 0) staged.warnings.push(unknownColumns(event));
        if (copy !== undefined) continue;
        kind = kinds.find((candidate) => candidate.name === event.kind)!;
        await tx.query('select ingest.open_staging($1)', [JSON.stringify(kind.columns)]);
        copy = tx.client.query(copyFrom('copy pg_temp.staged_rows from stdin'));
        copy.on('error', (error: Error) => (failure = error));
      } else if (event.type === 'rows') {
        if (failure !== undefined) throw failure;
        staged.rowsStaged += event.rows;
        if (copy?.write(event.copy) === false) {
          await once(copy, 'drain');
          release(event.copy);
        }
        progress?.reading(staged.rowsStaged, event.bytesRead / Math.max(1, event.bytesTotal));
      } else if (event.type === 'sheet_end') staged.rowsUnstaged += event.rowsBlank + event.rowsAboveHeader;
      else if (event.code === 'sheet_ignored') staged.warnings.push({ code: 'SHEET_IGNORED', message: event.message });
    }
  } catch (error) {
    copy?.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
  if (copy === undefined || kind === undefined) throw new Error('the workbook reader ended without a sheet');
  copy.end();
  await finished(copy);
  await describeSheets(tx, staged);
  return { kind, ...staged };
}

function unknownColumns({ sheetName, unknownColumns: names }: SheetEvent) {
  return {
    code: 'UNKNOWN_COLUMN',
    message: `Columns that the layout does not have were not read (sheet “${sheetName}”): ${names.map((name) => `“${name}”`).join(', ')}.`,
  };
}

async function describeSheets(tx: Tx, { sheets, warnings }: Omit<StagedWorkbook, 'kind'>): Promise<void> {
  const about = sheets.map(({ sheet, sheetName, title }) => ({
    sheet,
    sheet_name: sheetName,
    title_from: title?.from ?? null,
    title_to: title?.to ?? null,
  }));
  const columns = sheets.flatMap(({ sheet, columns: found }) =>
    found.map(({ name, header, index }) => ({ sheet, name, header, letter: columnLetters(index) })),
  );
  await tx.query(
    `insert into pg_temp.staged_sheets (sheet, sheet_name, title_from, title_to)
     select s.sheet, s.sheet_name, s.title_from, s.title_to
     from jsonb_to_recordset($1) as s (sheet smallint, sheet_name text, title_from date, title_to date)`,
    [JSON.stringify(about)],
  );
  await tx.query(
    `insert into pg_temp.staged_columns (sheet, name, header, letter)
     select c.sheet, c.name, c.header, c.letter
     from jsonb_to_recordset($1) as c (sheet smallint, name text, header text, letter text)`,
    [JSON.stringify(columns)],
  );
  for (const { code, message } of warnings) await tx.query('select ingest.warn($1, $2)', [code, message]);
}
