import { asNumber, asTimestamp, batchesOf, type ColumnType, looksLikeFormula, type Rows, type TableColumn, type TableValue } from './table.ts';

export interface CsvOptions {
  /** A byte order mark makes Excel read the file as UTF-8. */
  byteOrderMark?: boolean;
  separator?: ',' | ';' | '\t';
}

const pieceCharacters = 64 * 1024;

function field(value: TableValue, type: ColumnType, separator: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number' || typeof value === 'bigint') return asNumber(value) ?? '';
  if (type !== 'text') {
    const plain = type === 'date' || type === 'datetime' ? asTimestamp(value) : asNumber(value);
    if (plain !== null) return type === 'date' ? plain.slice(0, 10) : plain;
  }
  const text = value instanceof Date ? (asTimestamp(value) ?? '') : value;
  const safe = looksLikeFormula(text) ? `'${text}` : text;
  return /["\r\n]|^\s|\s$/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Writes a table as CSV (RFC 4180) in a stream. Text that looks like a formula gets a leading apostrophe; numbers stay. */
export async function* writeCsv(table: Rows & { columns: readonly TableColumn[] }, options: CsvOptions = {}): AsyncGenerator<Buffer> {
  const { columns } = table;
  const separator = options.separator ?? ',';
  let text = options.byteOrderMark ? '\ufeff' : '';
  text += `${columns.map(({ header }) => field(header, 'text', separator)).join(separator)}\r\n`;
  for await (const batch of batchesOf(table)) {
    for (const row of batch) {
      text += `${columns.map(({ type }, i) => field(row[i], type, separator)).join(separator)}\r\n`;
      if (text.length < pieceCharacters) continue;
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text !== '') yield Buffer.from(text);
}
