import { Readable } from 'node:stream';
import { callSql } from '../../platform/contract/call.ts';
import { FileAnswer, implement, type Context } from '../../platform/contract/implement.ts';
import type { InputOf, OutputOf } from '../../platform/contract/operation.ts';
import type { Table, TableColumn, TableRow } from '../../platform/sheets/table.ts';
import { writeCsv } from '../../platform/sheets/write_csv.ts';
import { writeXlsx } from '../../platform/sheets/write_xlsx.ts';
import { batchErrors } from './contract.ts';

type Input = InputOf<typeof batchErrors>;
type Page = OutputOf<typeof batchErrors>;

/** The findings of a batch as a page of JSON, or all of them as a download. */
export const batchErrorsVerb = implement(batchErrors, async ({ format = 'json', ...input }, context) => {
  if (format === 'json') return page(input, context);
  // Asked before the download begins, so that an unknown batch is an error and no empty file.
  const first = await page({ ...input, cursor: undefined, limit: pageRows }, context);
  const table: Table = { name: 'errors', columns, rows: rows(first, input, context) };
  const filename = `errors-${input.batch_id}.${format}`;
  return format === 'csv'
    ? new FileAnswer(filename, 'text/csv; charset=utf-8', Readable.from(writeCsv(table)))
    : new FileAnswer(filename, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', Readable.from(writeXlsx([table])));
});

const pageRows = 10_000;

async function page(input: Omit<Input, 'format'>, context: Context): Promise<Page> {
  return JSON.parse(await callSql({ ...batchErrors, sql: 'api.batch_errors' }, input, context.db)) as Page;
}

const columns: (TableColumn & { name: keyof Page['items'][number] })[] = [
  { name: 'sheet', header: 'sheet', type: 'text' },
  { name: 'row_number', header: 'row_number', type: 'integer' },
  { name: 'cell', header: 'cell', type: 'text', width: 10 },
  { name: 'column_name', header: 'column_name', type: 'text' },
  { name: 'rule', header: 'rule', type: 'text' },
  { name: 'severity', header: 'severity', type: 'text', width: 10 },
  { name: 'value', header: 'value', type: 'text' },
  { name: 'message', header: 'message', type: 'text', width: 60 },
  { name: 'hint', header: 'hint', type: 'text', width: 60 },
  { name: 'other_row', header: 'other_row', type: 'integer' },
  { name: 'occurrences', header: 'occurrences', type: 'integer' },
];

async function* rows(first: Page, input: Omit<Input, 'format'>, context: Context): AsyncGenerator<TableRow> {
  for (let found = first; ; found = await page({ ...input, cursor: found.next_cursor ?? undefined, limit: pageRows }, context)) {
    for (const item of found.items) yield columns.map((column) => item[column.name]);
    if (found.next_cursor === null) return;
  }
}
