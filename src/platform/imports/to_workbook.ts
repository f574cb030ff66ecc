import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readCsv, readJsonLines, unreadable, type FileRecord } from '../sheets/read_csv.ts';
import type { ColumnType, TableRow } from '../sheets/table.ts';
import { writeXlsx } from '../sheets/write_xlsx.ts';
import { headerKey, type ImportColumn, type ImportKind } from './kind.ts';

/** Whether a file is CSV: by its name, unless it begins as a workbook does. */
export async function isCsv(path: string, filename: string): Promise<boolean> {
  if (!/\.(csv|tsv)$/i.test(filename)) return false;
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1', 0, bytesRead) !== 'PK';
  } finally {
    await file.close();
  }
}

/** The kind of a CSV file by its header; null when it has none that is known. */
export async function kindOfCsv(path: string, kinds: readonly ImportKind[]): Promise<ImportKind | null> {
  for await (const [first] of readCsv(textOf(path))) {
    const present = new Set(first!.fields.map((field) => headerKey(field ?? '')));
    const found = kinds.find((kind) =>
      kind.signature.every((header) => {
        const column = kind.columns.find((entry) => headersOf(entry).includes(headerKey(header)));
        return (column === undefined ? [headerKey(header)] : headersOf(column)).some((key) => present.has(key));
      }),
    );
    return found ?? null;
  }
  return null;
}

export const workbookBeside = (path: string): string => `${path}.xlsx`;

/**
 * Writes the rows of a file into a workbook beside it, so that there is one pipeline for all. `isUtc`: its times had offsets and are in UTC now.
 * `rows`: so many are wanted, and the file is read no further.
 */
export async function toWorkbook(
  path: string,
  format: 'csv' | 'jsonl',
  kind: ImportKind | null,
  columns: Record<string, string> = {},
  rows = Infinity,
): Promise<{ path: string; isUtc: boolean }> {
  const records = (format === 'csv' ? readCsv : readJsonLines)(textOf(path))[Symbol.asyncIterator]();
  const first = await records.next();
  if (first.done === true) throw unreadable('it is empty');
  const [header, ...rest] = first.value;
  const headers = header!.fields.map((field) => field ?? '');
  const declared = headers.map((header) => columnOf(header, kind, columns));
  const cells = new Cells(declared);
  const target = workbookBeside(path);
  const table = {
    name: kind?.name ?? 'CSV',
    columns: headers.map((header, at) => ({ header, type: cellType(declared[at]) })),
    batches: firstOf(rowsOf(rest, records, cells, headers.length), rows),
  };
  try {
    // It is read once and removed: packing it well would take longer than writing it.
    await pipeline(Readable.from(writeXlsx([table], 1)), createWriteStream(target, { mode: 0o600 }));
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
  return { path: target, isUtc: cells.isUtc };
}

const saveAsUtf8 = 'In Excel choose “Save as” → “CSV UTF-8 (comma delimited)” and send that file; nothing was imported.';

/** Small pieces: the rows of one are dropped before the collector takes them for something that stays. */
const pieceBytes = 16 * 1024;

/** UTF-8, and nothing else: a file in another code page would come in with wrong letters. */
async function* textOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: pieceBytes })) yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw error instanceof TypeError ? unreadable('it is not in UTF-8', saveAsUtf8) : error;
  }
}

/** The declared column behind a header: by the mapping, else by its canonical name or any of its headers. */
function columnOf(header: string, kind: ImportKind | null, columns: Record<string, string>): ImportColumn | undefined {
  const name = columns[header];
  if (name !== undefined) return kind?.columns.find((column) => column.name === name);
  return kind?.columns.find((column) => headersOf(column).includes(headerKey(header)));
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

/** The first rows that hold anything, and the blank ones between them. */
async function* firstOf(batches: AsyncIterable<readonly TableRow[]>, wanted: number): AsyncGenerator<readonly TableRow[]> {
  let found = 0;
  for await (const batch of batches) {
    const end = wanted === Infinity ? -1 : batch.findIndex((row) => row.some((value) => value !== null && value !== '') && ++found >= wanted);
    yield end === -1 ? batch : batch.slice(0, end + 1);
    if (end !== -1) return;
  }
}

async function* rowsOf(
  first: readonly FileRecord[],
  others: AsyncIterator<readonly FileRecord[]>,
  cells: Cells,
  width: number,
): AsyncGenerator<readonly TableRow[]> {
  try {
    for (let records = first; ;) {
      yield records.map((record) => cells.row(record, width));
      const { value, done } = await others.next();
      if (done === true) return;
      records = value;
    }
  } finally {
    // Who needs no more closes the file.
    await others.return?.();
  }
}

const headersOf = (column: ImportColumn): string[] => [column.name, column.header, ...(column.aliases ?? [])].map(headerKey);
