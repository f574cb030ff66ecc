import type { ImportKind } from '../../../platform/imports/kind.ts';
import { ByteWindow } from './byte_window.ts';
import { CellValue } from './cell_value.ts';
import { CopyBuffer } from './copy_buffer.ts';
import type { WorkbookEvent } from './events.ts';
import { type Header, matchHeader, type SearchedSheet, type TextRow } from './headers.ts';
import { limits } from './limits.ts';
import type { WorkbookPackage } from './package.ts';
import { tooLarge } from './refused.ts';
import { RowEncoder } from './row_encoder.ts';
import type { SharedStrings } from './shared_strings.ts';
import { Found, SheetReader } from './sheet_reader.ts';
import { reportTitle } from './title.ts';

/** Size at which the COPY lines of a sheet are handed on. */
const flushBytes = 256 * 1024;
/** Room behind it for the row that goes over. */
const spareBytes = 16 * 1024;

/** What is shared by the sheets of one reading. */
export interface Reading {
  pack: WorkbookPackage;
  shared: SharedStrings;
  kinds: readonly ImportKind[];
  signal: AbortSignal | undefined;
  previewRows: number;
  bytesDone: number;
  bytesTotal: number;
  bytesStaged: number;
}

/** One worksheet: first the search for its header, then its rows. */
class Sheet {
  readonly number: number;
  readonly name: string;
  header: Header | null = null;
  readonly above: TextRow[] = [];
  rowsStaged = 0;
  private readonly reading: Reading;
  private readonly window: ByteWindow;
  private readonly reader: SheetReader;
  private readonly value: CellValue;
  private readonly out = new CopyBuffer(flushBytes + spareBytes);
  private encoder: RowEncoder | null = null;
  private rowsInBuffer = 0;
  private finished = false;

  constructor(reading: Reading, number: number, name: string, part: string) {
    this.reading = reading;
    this.number = number;
    this.name = name;
    this.window = new ByteWindow(part, limits.rowBytes);
    this.reader = new SheetReader(this.window);
    this.value = new CellValue(this.reader, this.window, reading.shared);
  }

  async *read(part: string): AsyncGenerator<WorkbookEvent> {
    const { reading, window } = this;
    const stream = await reading.pack.container.part(part);
    const progress = () => reading.bytesDone + stream.consumed();
    let wanted = 0;
    for await (const chunk of stream.chunks) {
      reading.signal?.throwIfAborted();
      window.append(chunk);
      if (window.pending < wanted) continue;
      yield* this.rows(progress);
      // A row that does not fit is tried again only when twice as much is there, so that the effort stays linear.
      wanted = 2 * window.pending;
      if (this.finished) break;
    }
    if (!this.finished) {
      window.finish();
      yield* this.rows(progress);
    }
    if (this.rowsInBuffer > 0) yield this.flush(progress());
    if (this.header) yield this.ended(this.header);
  }

  /** Goes through the rows that the window holds as a whole. */
  private *rows(progress: () => number): Generator<WorkbookEvent> {
    const { reader, out, reading } = this;
    for (let found = reader.next(); found !== Found.needMore; found = reader.next()) {
      if (found === Found.end) {
        this.finished = true;
        return;
      }
      if (!this.encoder) {
        if (reader.rowNumber > limits.headerRows) this.finished = true;
        else yield* this.search();
      } else if (this.encoder.encode()) {
        this.rowsStaged++;
        this.rowsInBuffer++;
        if (this.rowsStaged >= reading.previewRows) this.finished = true;
        if (out.length >= flushBytes) yield this.flush(progress());
      }
      if (this.finished) return;
    }
  }

  private flush(bytesRead: number): WorkbookEvent {
    const { reading } = this;
    const rows = this.rowsInBuffer;
    const copy = this.out.take();
    this.rowsInBuffer = 0;
    reading.bytesStaged += copy.length;
    if (reading.bytesStaged > limits.stagedBytes)
      throw tooLarge(`The rows of the workbook hold more than ${limits.stagedBytes / 1024 ** 3} GiB of text.`);
    return { type: 'rows', copy, rows, bytesRead, bytesTotal: reading.bytesTotal };
  }

  /** Looks whether the current row is the header. */
  private *search(): Generator<WorkbookEvent> {
    const { reader, value, reading, number, name } = this;
    const row: TextRow = { number: reader.rowNumber, cells: [] };
    for (let cell = 0; cell < reader.cells; cell++) {
      const text = value.text(cell);
      if (text.trim() !== '') row.cells.push({ index: reader.column[cell]!, text });
    }
    if (row.cells.length === 0) return;
    for (const kind of reading.kinds) this.header ??= matchHeader(row, kind, name);
    if (!this.header) {
      this.above.push(row);
      return;
    }
    const { kind, columns, unknown } = this.header;
    const dates = { styles: reading.pack.dateStyles, date1904: reading.pack.date1904 };
    this.encoder = new RowEncoder(number, kind, columns, reader, value, dates, this.out);
    const last = /:[A-Z]{1,3}(\d{1,7})$/.exec(reader.dimension ?? '')?.[1];
    const rowsEstimate = last === undefined ? undefined : Math.max(0, Number(last) - row.number);
    const title = reportTitle(this.above.flatMap((above) => above.cells.map((cell) => cell.text)));
    yield {
      type: 'sheet',
      sheet: number,
      sheetName: name,
      kind: kind.name,
      headerRow: row.number,
      columns,
      unknownColumns: unknown,
      title,
      rowsEstimate,
    };
    if (unknown.length > 0) {
      const message = `The sheet “${name}” has columns that are not read: ${unknown.map((header) => `“${header}”`).join(', ')}.`;
      yield { type: 'warning', code: 'unknown_columns', message, sheet: number };
    }
  }

  private ended(header: Header): WorkbookEvent {
    const lastRow = Math.max(this.reader.lastRow, header.row);
    const { number, rowsStaged } = this;
    return { type: 'sheet_end', sheet: number, lastRow, rowsStaged, rowsBlank: lastRow - header.row - rowsStaged, rowsAboveHeader: header.row - 1 };
  }
}

/** Reads one sheet; the answer says which kind it held, and what stood where a header was looked for. */
export async function* readSheet(
  reading: Reading,
  number: number,
  name: string,
  part: string,
): AsyncGenerator<WorkbookEvent, { kind: ImportKind | null; searched: SearchedSheet }> {
  const sheet = new Sheet(reading, number, name, part);
  yield* sheet.read(part);
  reading.bytesDone += reading.pack.container.compressedSize(part);
  return { kind: sheet.header?.kind ?? null, searched: { number, name, rows: sheet.above } };
}
