import type { ByteWindow } from './byte_window.ts';
import { limits } from './limits.ts';
import { tooLarge } from './refused.ts';
import { decodeEscapes } from './xml_text.ts';
import { NEED_MORE, Token, XmlReader } from './xml_reader.ts';

/**
 * What a cell holds. Its value is the bytes `from`–`to` of the window, or `strings[from]` where `to` is -1; `encoded` is
 * text with entities, which are decoded only when somebody asks for it.
 */
export const Cell = { empty: 0, number: 1, text: 2, shared: 3, boolean: 4, error: 5, date: 6, encoded: 7 } as const;

/** What `next` found. */
export const Found = { needMore: 0, row: 1, end: 2 } as const;

const Part = { prolog: 0, rows: 1, epilog: 2 } as const;

const kinds: Record<string, number> = {
  n: Cell.number,
  s: Cell.shared,
  str: Cell.text,
  inlineStr: Cell.text,
  b: Cell.boolean,
  e: Cell.error,
  d: Cell.date,
};

/** Bytes of what the fast path expects after a value. */
const valueEnd = Buffer.from('</v></c>');
const inlineStart = Buffer.from('<is><t>');
const inlineEnd = Buffer.from('</t></is></c>');
const inlineType = Buffer.from('inlineStr"');

/**
 * Reads the rows of one worksheet from a window of bytes. A row is read as a whole or not at all: when the window ends
 * inside it, `pos` stays at its start. The forms that spreadsheet programs write are matched byte by byte without
 * making a string; whatever looks different goes through the general XML reader, which gives the same answer.
 */
export class SheetReader extends XmlReader {
  rowNumber = 0;
  /** The last row number met, also of rows without cells. */
  lastRow = 0;
  cells = 0;
  readonly column = new Int32Array(limits.columns);
  readonly kind = new Uint8Array(limits.columns);
  readonly from = new Int32Array(limits.columns);
  readonly to = new Int32Array(limits.columns);
  readonly style = new Int32Array(limits.columns);
  strings: string[] = [];
  /** The `ref` of the sheet's dimension element. */
  dimension: string | undefined;
  private readonly fast: boolean;
  private part: number = Part.prolog;
  private open: string[] = [];
  private consumed = 0;
  private sawRoot = false;

  constructor(window: ByteWindow, fast = true) {
    super(window);
    this.fast = fast;
  }

  /** Moves to the next row; on `needMore` the caller appends a chunk and calls again. */
  next(): number {
    const { window } = this;
    for (;;) {
      if (this.part !== Part.rows) {
        const found = this.outside();
        if (found !== Found.row) return found;
        continue;
      }
      const at = this.skipSpace(window.pos);
      window.pos = at;
      const { bytes } = window;
      if (bytes[at] !== 60) {
        if (bytes[at] === 0) return this.wait(this.stop(at));
        this.stray();
      }
      const row = bytes[at + 1] === 114 && bytes[at + 2] === 111 && bytes[at + 3] === 119 && this.fast ? this.fastRow(at) : this.anyRow(at);
      if (row === NEED_MORE) return this.wait(row);
      window.pos = row;
      if (this.type === Token.open || this.type === Token.empty) return Found.row;
    }
  }

  private wait(_at: number): number {
    if (this.window.complete) throw this.fail('it ends in the middle');
    return Found.needMore;
  }

  /** Elements before and behind the rows, one by one; answers `row` when something was read. */
  private outside(): number {
    const { window } = this;
    const start = window.pos;
    let at = start;
    const { bytes } = window;
    while (bytes[at] !== 60 && bytes[at] !== 0) at++;
    if (this.open.length === 0 && bytes.toString('utf8', start, at).trim() !== '') this.stray();
    if (bytes[at] === 0) {
      this.stop(at);
      this.advance(at);
      if (window.complete && this.part === Part.epilog && this.open.length === 0) return Found.end;
      return this.wait(at);
    }
    const after = this.tag(at);
    if (after === NEED_MORE) return this.wait(after);
    this.advance(after);
    this.outsideToken();
    return Found.row;
  }

  private advance(to: number): void {
    this.consumed += to - this.window.pos;
    this.window.pos = to;
    if (this.part === Part.prolog && this.consumed > limits.prologBytes) throw this.fail('no rows come for too long');
  }

  private outsideToken(): void {
    const { open } = this;
    if (this.type === Token.other) return;
    if (this.type === Token.close) {
      if (open.pop() !== this.name) throw this.fail(`</${this.name.slice(0, 40)}> closes nothing`);
      if (open.length === 0) this.part = Part.epilog;
      return;
    }
    if (this.type === Token.cdata) return;
    if (open.length === 0) {
      if (this.sawRoot || this.local !== 'worksheet') throw this.fail(`it begins with <${this.name.slice(0, 40)}>, which is no worksheet`);
      this.sawRoot = true;
    }
    if (open.length === 1 && this.local === 'dimension') this.dimension = this.attribute('ref');
    if (open.length === 1 && this.local === 'sheetData') {
      if (this.part === Part.epilog) throw this.fail('it holds two lists of rows');
      this.part = this.type === Token.open ? Part.rows : Part.epilog;
    }
    if (this.type === Token.open && open.push(this.name) > limits.depth) throw this.fail('its elements are nested too deeply');
    if (this.type === Token.empty && open.length === 0) this.part = Part.epilog;
  }

  private startRow(number: number): void {
    if (number <= this.lastRow) throw this.fail(`row ${number} comes after row ${this.lastRow}`);
    if (number > limits.rows) throw tooLarge(`${this.window.part} has more than ${limits.rows} rows, the most that a worksheet can have.`);
    this.rowNumber = number;
    this.cells = 0;
    if (this.strings.length > 0) this.strings = [];
  }

  /** `<row …>` as programs write it; only the attribute `r` is looked at. */
  private fastRow(at: number): number {
    const { bytes } = this.window;
    let i = at + 4;
    let number = -1;
    if (bytes[i] !== 62 && bytes[i] !== 32) return this.anyRow(at);
    while (bytes[i] === 32) {
      i++;
      const isNumber = bytes[i] === 114 && bytes[i + 1] === 61;
      while (bytes[i]! > 32 && bytes[i] !== 61 && bytes[i] !== 62 && bytes[i] !== 47) i++;
      if (bytes[i] !== 61 || bytes[i + 1] !== 34) return this.anyRow(at);
      i += 2;
      if (isNumber) {
        number = 0;
        for (let digit = bytes[i]! - 48; digit >= 0 && digit <= 9; digit = bytes[++i]! - 48) number = Math.min(number * 10 + digit, 99_999_999);
        if (bytes[i] !== 34) return this.anyRow(at);
      } else {
        while (bytes[i] !== 34 && bytes[i] !== 0 && bytes[i] !== 60) i++;
        if (bytes[i] !== 34) return this.anyRow(at);
      }
      i++;
    }
    if (bytes[i] !== 62) return this.anyRow(at);
    this.startRow(number === -1 ? this.lastRow + 1 : number);
    return this.rowCells(i + 1, 'row');
  }

  /** A row, or the end of the rows, or anything else that may stand between rows. */
  private anyRow(at: number): number {
    at = this.tag(at);
    if (at === NEED_MORE) return at;
    if (this.type === Token.other) return at;
    if (this.type === Token.cdata) this.stray();
    if (this.type === Token.close) {
      if (this.local !== 'sheetData' || this.open.pop() !== this.name) throw this.fail(`</${this.name.slice(0, 40)}> stands among the rows`);
      this.part = Part.epilog;
      return at;
    }
    if (this.local !== 'row') {
      at = this.skipElement(at);
      this.type = Token.other;
      return at;
    }
    const number = this.attribute('r');
    if (number !== undefined && !/^\d{1,9}$/.test(number)) throw this.fail(`a row has the number ${number.slice(0, 20)}`);
    this.startRow(number === undefined ? this.lastRow + 1 : Number(number));
    if (this.type === Token.empty) {
      this.lastRow = this.rowNumber;
      return at;
    }
    return this.rowCells(at, this.name);
  }

  private rowCells(at: number, name: string): number {
    const { bytes } = this.window;
    for (;;) {
      if (bytes[at] !== 60) {
        at = this.skipSpace(at);
        if (bytes[at] === 0) return this.stop(at);
        if (bytes[at] !== 60) this.stray();
      }
      const second = bytes[at + 1];
      if (second === 99 && bytes[at + 2] === 32 && this.fast) {
        at = this.fastCell(at);
      } else {
        at = this.anyCell(at, name);
        if (at !== NEED_MORE && this.type === Token.close) {
          this.lastRow = this.rowNumber;
          // The row itself was found, whatever its last token was.
          this.type = Token.open;
          return at;
        }
      }
      if (at === NEED_MORE) return at;
    }
  }

  private addCell(column: number, kind: number, from: number, to: number, style: number): void {
    const n = this.cells;
    if (column >= limits.columns) throw this.fail(`row ${this.rowNumber} has a cell beyond the last column that a worksheet can have`);
    if (n > 0 && column <= this.column[n - 1]!) throw this.fail(`the cells of row ${this.rowNumber} are out of order`);
    this.column[n] = column;
    this.kind[n] = kind;
    this.from[n] = from;
    this.to[n] = to;
    this.style[n] = style;
    this.cells = n + 1;
  }

  private matches(at: number, expected: Buffer): boolean {
    const { bytes } = this.window;
    for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false;
    return true;
  }

  /** `<c r="A1" s="1" t="n"><v>1</v></c>` and its like; anything else is left to `anyCell`. */
  private fastCell(at: number): number {
    const { bytes } = this.window;
    let i = at + 3;
    let column = this.cells > 0 ? this.column[this.cells - 1]! + 1 : 0;
    let style = 0;
    let kind: number = Cell.number;
    let inline = false;
    for (;;) {
      const name = bytes[i]!;
      if (name === 62) break;
      if (name === 32) {
        i++;
        continue;
      }
      if (name === 47 && bytes[i + 1] === 62) {
        this.addCell(column, Cell.empty, 0, 0, style);
        return i + 2;
      }
      if (bytes[i + 1] !== 61 || bytes[i + 2] !== 34) return this.anyCell(at);
      i += 3;
      if (name === 114) {
        column = 0;
        for (let letter = bytes[i]! - 64; letter >= 1 && letter <= 26; letter = bytes[++i]! - 64) column = Math.min(column * 26 + letter, 99_999);
        let row = 0;
        for (let digit = bytes[i]! - 48; digit >= 0 && digit <= 9; digit = bytes[++i]! - 48) row = Math.min(row * 10 + digit, 99_999_999);
        column--;
        if (bytes[i] !== 34 || row !== this.rowNumber || column < 0) return this.anyCell(at);
      } else if (name === 115) {
        style = 0;
        for (let digit = bytes[i]! - 48; digit >= 0 && digit <= 9; digit = bytes[++i]! - 48) style = Math.min(style * 10 + digit, 9_999_999);
        if (bytes[i] !== 34) return this.anyCell(at);
      } else if (name === 116) {
        const type = bytes[i];
        if (type === 110 && bytes[i + 1] === 34) i++;
        else if (type === 115 && bytes[i + 1] === 34) {
          kind = Cell.shared;
          i++;
        } else if (type === 105 && this.matches(i, inlineType)) {
          kind = Cell.text;
          inline = true;
          i += 9;
        } else return this.anyCell(at);
      } else return this.anyCell(at);
      i++;
    }
    return inline ? this.fastInline(at, i + 1, column, style) : this.fastValue(at, i + 1, column, kind, style);
  }

  private fastValue(at: number, i: number, column: number, kind: number, style: number): number {
    const { bytes } = this.window;
    if (bytes[i] !== 60 || bytes[i + 1] !== 118 || bytes[i + 2] !== 62) return this.anyCell(at);
    i += 3;
    const from = i;
    for (let byte = bytes[i]!; byte !== 60 && byte !== 38 && byte !== 0; byte = bytes[++i]!);
    if (bytes[i] !== 60 || i - from > limits.cellText || !this.matches(i, valueEnd)) return this.anyCell(at);
    this.addCell(column, kind, from, i, style);
    return i + 8;
  }

  private fastInline(at: number, i: number, column: number, style: number): number {
    const { bytes } = this.window;
    if (!this.matches(i, inlineStart)) return this.anyCell(at);
    i += 7;
    const from = i;
    let kind: number = Cell.text;
    for (let byte = bytes[i]!; byte !== 60; byte = bytes[++i]!) {
      if (byte === 38) kind = Cell.encoded;
      if (byte === 0 || byte === 13 || (byte === 95 && bytes[i + 1] === 120)) return this.anyCell(at);
    }
    if (i - from > limits.cellText || !this.matches(i, inlineEnd)) return this.anyCell(at);
    this.addCell(column, kind, from, i, style);
    return i + 13;
  }

  /** The general form of a cell; with `rowName` also the end of the row and whatever else stands in it. */
  private anyCell(at: number, rowName = 'row'): number {
    at = this.tag(at);
    if (at === NEED_MORE || this.type === Token.other) return at;
    if (this.type === Token.cdata) this.stray();
    if (this.type === Token.close) {
      if (this.name !== rowName) throw this.fail(`</${this.name.slice(0, 40)}> stands in row ${this.rowNumber}`);
      return at;
    }
    if (this.local !== 'c') {
      at = this.skipElement(at);
      this.type = Token.other;
      return at;
    }
    const column = this.cellColumn(this.attribute('r'));
    const style = Number(this.attribute('s') ?? 0);
    const type = this.attribute('t') ?? 'n';
    if (!Number.isInteger(style) || style < 0) throw this.fail(`row ${this.rowNumber} has a cell without a proper style`);
    if (!Object.hasOwn(kinds, type)) throw this.fail(`row ${this.rowNumber} has a cell of the unknown type ${type.slice(0, 20)}`);
    if (this.type === Token.empty) {
      this.addCell(column, Cell.empty, 0, 0, style);
      this.type = Token.other;
      return at;
    }
    return this.cellContent(at, this.name, column, style, kinds[type]!);
  }

  private cellColumn(reference: string | undefined): number {
    if (reference === undefined) return this.cells > 0 ? this.column[this.cells - 1]! + 1 : 0;
    const parts = /^([A-Z]{1,3})(\d{1,8})$/.exec(reference);
    if (!parts || Number(parts[2]) !== this.rowNumber) {
      throw this.fail(`row ${this.rowNumber} holds a cell with the address ${reference.slice(0, 20)}`);
    }
    let column = 0;
    for (const letter of parts[1]!) column = column * 26 + letter.charCodeAt(0) - 64;
    return column - 1;
  }

  private cellContent(at: number, name: string, column: number, style: number, kind: number): number {
    const { bytes } = this.window;
    let value: string | undefined;
    let formula: string | undefined;
    for (;;) {
      at = this.skipSpace(at);
      if (bytes[at] !== 60) return bytes[at] === 0 ? this.stop(at) : this.stray();
      at = this.tag(at);
      if (at === NEED_MORE) return at;
      if (this.type === Token.cdata) this.stray();
      if (this.type === Token.close) {
        if (this.name !== name) throw this.fail(`</${this.name.slice(0, 40)}> stands in a cell of row ${this.rowNumber}`);
        break;
      }
      if (this.type !== Token.open) continue;
      const { local } = this;
      if (local === 'v' || local === 'f') {
        at = this.collectText(at, this.name);
        if (local === 'f') formula = this.text;
        else value = kind === Cell.text ? decodeEscapes(this.text) : this.text;
      } else if (local === 'is') {
        at = this.collectString(at, this.name);
        value = this.text;
      } else at = this.skipElement(at);
      if (at === NEED_MORE) return at;
    }
    // A formula whose result was never stored is shown as it stands, so that the row can be explained.
    const shown = value === undefined && formula ? `=${formula}` : value;
    if (shown !== undefined && shown.length > limits.cellText)
      throw this.fail(`row ${this.rowNumber} has a cell of more than ${limits.cellText} characters`);
    if (shown === undefined) this.addCell(column, Cell.empty, 0, 0, style);
    else this.addCell(column, value === undefined ? Cell.text : kind, this.strings.push(shown) - 1, -1, style);
    this.type = Token.other;
    return at;
  }
}
