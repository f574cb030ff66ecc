import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { implement, type Context, type UploadedFile } from '../../platform/contract/implement.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';
import { headerKey, type ImportColumn, type ImportKind } from '../../platform/imports/kind.ts';
import type { ColumnType, TableRow } from '../../platform/sheets/table.ts';
import { writeXlsx } from '../../platform/sheets/write_xlsx.ts';
import { bulkImport } from './contract.ts';
import { findMapping, kindOf } from './mappings.ts';
import { readCsv, readJsonLines, unreadable, type FileRecord } from './read_csv.ts';

/** What the import pipeline takes; handed over by app, since no room calls another. */
export interface ImportOrder {
  kind: ImportKind;
  service?: string;
  interval_type?: '15m' | '30m' | '1h';
  time_zone?: string;
  mode?: 'partial' | 'all_or_nothing';
  replace?: boolean;
  dry_run?: boolean;
  /** Header of the file → canonical column. */
  columns?: Record<string, string>;
}
export type AddImport = (tx: Tx, file: UploadedFile, order: ImportOrder, context: Context) => Promise<string>;

/** Takes a file of rows in: CSV and JSON Lines become a workbook, and from there on there is one pipeline for all. */
export const bulkImportVerb = (kinds: readonly ImportKind[], addImport: AddImport) =>
  implement(bulkImport, async ({ kind: kindName, mapping: mappingName, format: asked, ...options }, context) => {
    const kind = kindOf(kinds, kindName, context.principal);
    const columns = mappingName === undefined ? {} : await findMapping(mappingName, kind, context.db);
    const file = context.file!;
    const format = asked ?? formatOf(file.filename);
    const { workbook, isUtc } = format === 'xlsx' ? { workbook: file, isUtc: false } : await toWorkbook(file, format, kind, columns);
    const time_zone = options.time_zone ?? (isUtc ? 'UTC' : undefined);
    try {
      const order: ImportOrder = { ...options, kind, columns, ...(time_zone === undefined ? {} : { time_zone }) };
      return await context.effect(async (tx) => answer(await addImport(tx, workbook, order, context)));
    } finally {
      if (workbook !== file) await rm(workbook.path, { force: true });
    }

    function answer(importId: string) {
      return {
        import_id: importId,
        status: 'queued',
        message: 'The rows are being checked; ingest.batch tells how far it is, ingest.batch_errors what was wrong.',
        validation_status: 'pending',
        configuration: { kind: kindName, format, mapping: mappingName ?? null, ...options, time_zone: time_zone ?? null },
      };
    }
  });

function formatOf(filename: string): 'csv' | 'jsonl' | 'xlsx' {
  const end = /\.(csv|tsv|txt|jsonl|ndjson|xlsx)$/i.exec(filename)?.[1]?.toLowerCase();
  if (end === undefined)
    throw new QhError('bad_request', `format: the name “${filename}” does not tell it`, { hint: 'Give format: csv, jsonl or xlsx.' });
  return end === 'xlsx' ? 'xlsx' : end === 'jsonl' || end === 'ndjson' ? 'jsonl' : 'csv';
}

async function toWorkbook(file: UploadedFile, format: 'csv' | 'jsonl', kind: ImportKind, columns: Record<string, string>) {
  const records = (format === 'csv' ? readCsv : readJsonLines)(textOf(file.path))[Symbol.asyncIterator]();
  const first = await records.next();
  if (first.done === true) throw unreadable('it is empty');
  const headers = first.value.fields.map((field) => field ?? '');
  const declared = headers.map((header) => columnOf(header, kind, columns));
  const cells = new Cells(declared);
  const target = { ...file, path: `${file.path}.xlsx` };
  const table = {
    name: kind.name,
    columns: headers.map((header, at) => ({ header, type: cellType(declared[at]) })),
    rows: rowsOf(records, cells, headers.length),
  };
  try {
    await pipeline(Readable.from(writeXlsx([table])), createWriteStream(target.path, { mode: 0o600, flush: true }));
  } catch (error) {
    await rm(target.path, { force: true });
    throw error;
  }
  return { workbook: target, isUtc: cells.isUtc };
}

/** UTF-8, and nothing else: a file in another code page would come in with wrong letters. */
async function* textOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw error instanceof TypeError ? unreadable('it is not in UTF-8') : error;
  }
}

/** The declared column behind a header: by the mapping, else by its canonical name or any of its headers. */
function columnOf(header: string, kind: ImportKind, columns: Record<string, string>): ImportColumn | undefined {
  const name = columns[header];
  if (name !== undefined) return kind.columns.find((column) => column.name === name);
  return kind.columns.find((column) => [column.name, column.header, ...(column.aliases ?? [])].some((key) => headerKey(key) === headerKey(header)));
}

function cellType(column: ImportColumn | undefined): ColumnType {
  switch (column?.kind) {
    case 'count':
    case 'seconds':
    case 'share':
    case 'average':
      return 'decimal';
    case 'period':
      return 'datetime';
    case 'date':
      return 'date';
    default:
      return 'text';
  }
}

/** Texts as cells. A time with an offset becomes the reading in UTC; the batch is then read in UTC. */
class Cells {
  isUtc = false;
  readonly #columns: readonly (ImportColumn | undefined)[];

  constructor(columns: readonly (ImportColumn | undefined)[]) {
    this.#columns = columns;
  }

  row({ line, fields }: FileRecord, width: number): TableRow {
    if (fields.length > width) throw unreadable(`line ${line} has ${fields.length} fields, the header ${width}`);
    return fields.map((field, at) => (field !== null && this.#columns[at]?.kind === 'period' ? this.#period(field) : field));
  }

  #period(text: string): string {
    if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.0+)?)?(Z|[+-]\d\d(:?\d\d)?)$/i.test(text)) return text;
    const moment = new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
    if (Number.isNaN(moment.getTime())) return text;
    this.isUtc = true;
    return moment.toISOString().slice(0, 19);
  }
}

async function* rowsOf(records: AsyncIterator<FileRecord>, cells: Cells, width: number): AsyncGenerator<TableRow> {
  for (;;) {
    const { value, done } = await records.next();
    if (done === true) return;
    yield cells.row(value, width);
  }
}
