import {
  asNumber,
  asTimestamp,
  batchesOf,
  type ColumnType,
  looksLikeFormula,
  type Table,
  type TableColumn,
  type TableRow,
  type TableValue,
} from './table.ts';
import {
  cellStyle,
  contentTypesXml,
  rootRelationshipsXml,
  sheetStartXml,
  stylesXml,
  workbookRelationshipsXml,
  workbookXml,
  xmlText,
} from './xlsx_parts.ts';
import { type ZipPart, zipStream } from './zip_stream.ts';

/** The most rows that a worksheet can have, its header included. */
const sheetRows = 1_048_576;
const cellCharacters = 32_767;
const pieceCharacters = 64 * 1024;
const firstDay = Date.UTC(1899, 11, 30);

const widths: Record<ColumnType, number> = { text: 24, integer: 10, decimal: 10, percent: 10, datetime: 17, date: 11 };

/** Day number of a clock reading, or null where the calendar of spreadsheets has none. */
function serial(value: TableValue): number | null {
  const stamp = asTimestamp(value);
  const days = stamp === null ? -1 : (Date.parse(`${stamp.replace(' ', 'T')}Z`) - firstDay) / 86_400_000;
  return days >= 61 ? days : null;
}

function textCell(text: string, style: number): string {
  if (text === '') return '<c/>';
  const cut = text.length > cellCharacters ? `${text.slice(0, cellCharacters - 1)}…` : text;
  const s = looksLikeFormula(text) ? cellStyle.quoted : style;
  return `<c${s === 0 ? '' : ` s="${s}"`} t="inlineStr"><is><t xml:space="preserve">${xmlText(cut)}</t></is></c>`;
}

function cell(value: TableValue, type: ColumnType): string {
  if (value === null || value === undefined) return '<c/>';
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  if (type === 'date' || type === 'datetime') {
    const days = serial(value);
    if (days !== null) return `<c s="${cellStyle[type]}"><v>${days}</v></c>`;
  } else if (type !== 'text') {
    const number = asNumber(value);
    // More digits than a spreadsheet keeps would be changed silently: they stay text.
    if (number !== null && number.replace(/\D/g, '').length <= 17) return `<c s="${cellStyle[type]}"><v>${number}</v></c>`;
  }
  return textCell(value instanceof Date ? (asTimestamp(value) ?? '') : String(value), cellStyle.plain);
}

function sheetStart(columns: readonly TableColumn[]): string {
  const cols = columns.map(({ header, type, width }, i) => {
    const characters = width ?? Math.max(widths[type], header.length + 2);
    return `<col min="${i + 1}" max="${i + 1}" width="${Math.min(characters, 255)}" customWidth="1"/>`;
  });
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  const header = columns.map((column) => textCell(column.header, cellStyle.header)).join('');
  return `${sheetStartXml}${frozen}${cols.length > 0 ? `<cols>${cols.join('')}</cols>` : ''}<sheetData><row>${header}</row>`;
}

/** The rows of one table; what does not fit into a sheet is left for the next one. */
class TableRows {
  done = false;
  private readonly batches: AsyncGenerator<readonly TableRow[]>;
  private readonly columns: readonly TableColumn[];
  private batch: readonly TableRow[] = [];
  private at = 0;

  constructor(table: Table) {
    this.batches = batchesOf(table);
    this.columns = table.columns;
  }

  /** Whether a row is there to be written; fetches the next ones where needed. */
  private async hasRow(): Promise<boolean> {
    while (!this.done && this.at === this.batch.length) {
      const { value, done } = await this.batches.next();
      this.done = done === true;
      this.batch = value ?? [];
      this.at = 0;
    }
    return !this.done;
  }

  async *sheet(): AsyncGenerator<Buffer> {
    let text = sheetStart(this.columns);
    // The header is a row of the sheet too.
    for (let left = sheetRows - 1; left > 0 && (await this.hasRow());) {
      const end = Math.min(this.batch.length, this.at + left);
      left -= end - this.at;
      for (; this.at < end; this.at++) {
        const values = this.batch[this.at]!;
        text += `<row>${this.columns.map((column, i) => cell(values[i], column.type)).join('')}</row>`;
        if (text.length < pieceCharacters) continue;
        yield Buffer.from(text);
        text = '';
      }
    }
    await this.hasRow();
    yield Buffer.from(`${text}</sheetData></worksheet>`);
  }

  /** The source of rows is released, whoever stopped reading. */
  async close(): Promise<void> {
    if (!this.done) await this.batches.return(undefined);
  }
}

/** A sheet's name as Excel allows it: 31 characters, some forbidden, unique without regard to case. */
function sheetName(wanted: string, part: number, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const plain =
    wanted
      .replace(/[[\]:*?/\\]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .trim() || 'Sheet';
  for (let n = part; ; n++) {
    const suffix = n === 1 ? '' : ` (${n})`;
    const name = plain.slice(0, 31 - suffix.length) + suffix;
    if (!used.has(name.toLowerCase())) return name;
  }
}

async function* parts(tables: readonly Table[]): AsyncGenerator<ZipPart> {
  const names: string[] = [];
  const one = (name: string, text: string): ZipPart => ({ name, data: [Buffer.from(text)] });
  for (const table of tables) {
    const rows = new TableRows(table);
    try {
      for (let part = 1; part === 1 || !rows.done; part++) {
        names.push(sheetName(table.name, part, names));
        yield { name: `xl/worksheets/sheet${names.length}.xml`, data: rows.sheet() };
      }
    } finally {
      await rows.close();
    }
  }
  yield one('xl/styles.xml', stylesXml);
  yield one('xl/workbook.xml', workbookXml(names));
  yield one('xl/_rels/workbook.xml.rels', workbookRelationshipsXml(names.length));
  yield one('_rels/.rels', rootRelationshipsXml);
  yield one('[Content_Types].xml', contentTypesXml(names.length));
}

/**
 * Writes tables as a workbook, one sheet each (more where a sheet is full), as a stream in constant memory. Text that
 * looks like a formula gets the “quote prefix” style: programs show it as text, and its value stays what it was.
 * A value of a `percent` column is in per cent: 77.6 is shown as 77.6%.
 */
export function writeXlsx(tables: readonly Table[], level = 6): AsyncGenerator<Buffer> {
  if (tables.length === 0) throw new RangeError('a workbook needs a sheet');
  return zipStream(parts(tables), level);
}
