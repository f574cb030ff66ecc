/** What a column of an exported table holds. */
export type ColumnType = 'text' | 'integer' | 'decimal' | 'percent' | 'datetime' | 'date';

export interface TableColumn {
  header: string;
  type: ColumnType;
  /** In characters; by default as wide as header and type ask for. */
  width?: number;
}

/** A Date stands for its UTC clock reading; a string in a date column for the reading that it spells (`YYYY-MM-DD[ HH:MM[:SS]]`). */
export type TableValue = string | number | bigint | boolean | Date | null | undefined;

export type TableRow = readonly TableValue[];

/** Rows one by one, or some at a time: a million rows that each are awaited make a chain of promises which outlives many collections. */
export type Rows = { rows: AsyncIterable<TableRow> | Iterable<TableRow> } | { batches: AsyncIterable<readonly TableRow[]> };

export type Table = Rows & {
  name: string;
  columns: readonly TableColumn[];
};

const rowsPerBatch = 256;

/** The rows some at a time, however they are given. */
export async function* batchesOf(table: Rows): AsyncGenerator<readonly TableRow[]> {
  if ('batches' in table) return yield* table.batches;
  let batch: TableRow[] = [];
  for await (const row of table.rows) {
    if (batch.push(row) < rowsPerBatch) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Text that a spreadsheet program would take for a formula. */
export function looksLikeFormula(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === 61 || first === 43 || first === 45 || first === 64 || first === 9 || first === 13;
}

const plainNumber = /^-?\d{1,15}(\.\d{1,15})?$/;

/** The number that a value stands for in a column of numbers, else null. */
export function asNumber(value: TableValue): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'string' && plainNumber.test(value) ? value : null;
}

/** `YYYY-MM-DD HH:MM:SS` of a date value. */
export function asTimestamp(value: TableValue): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 19).replace('T', ' ');
  const parts = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?)?$/.exec(value) : null;
  const text = parts ? `${parts[1]} ${parts[2] ?? '00:00'}${parts[3] ?? ':00'}` : '';
  return text !== '' && !Number.isNaN(Date.parse(`${text.replace(' ', 'T')}Z`)) ? text : null;
}
