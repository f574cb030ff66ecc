import type { ByteWindow } from './byte_window.ts';
import { limits } from './limits.ts';
import { unsupported } from './refused.ts';
import type { SharedStrings } from './shared_strings.ts';
import { Cell, type SheetReader } from './sheet_reader.ts';
import { decodeEntities, decodeEscapes } from './xml_text.ts';

const isSpace = (byte: number) => byte === 32 || (byte >= 9 && byte <= 13);

/** Finds the bytes of a cell's value, wherever they lie: in the window, in the table of texts, or decoded. */
export class CellValue {
  bytes: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  private readonly scratch = Buffer.allocUnsafeSlow(limits.cellText);
  private readonly reader: SheetReader;
  private readonly window: ByteWindow;
  private readonly shared: SharedStrings;

  constructor(reader: SheetReader, window: ByteWindow, shared: SharedStrings) {
    this.reader = reader;
    this.window = window;
    this.shared = shared;
  }

  load(cell: number): void {
    const { reader } = this;
    const kind = reader.kind[cell]!;
    const stored = reader.to[cell]! >= 0;
    this.bytes = stored ? this.window.bytes : Buffer.from(reader.strings[reader.from[cell]!]!);
    this.start = stored ? reader.from[cell]! : 0;
    this.end = stored ? reader.to[cell]! : this.bytes.length;
    if (kind === Cell.shared) this.loadShared();
    else if (kind === Cell.encoded) this.decode();
    else if (kind === Cell.boolean) {
      const truth = this.latin1().trim();
      this.bytes = Buffer.from(truth === '1' || truth === 'true' ? 'TRUE' : truth === '0' || truth === 'false' ? 'FALSE' : truth);
      this.start = 0;
      this.end = this.bytes.length;
    } else if (kind === Cell.number || kind === Cell.date) {
      while (this.start < this.end && isSpace(this.bytes[this.start]!)) this.start++;
      while (this.end > this.start && isSpace(this.bytes[this.end - 1]!)) this.end--;
    }
  }

  /** Decodes numeric entities of letters, which some programs write for all that is not ASCII, without making a string. */
  private decode(): void {
    const { bytes, scratch } = this;
    let to = 0;
    for (let i = this.start; i < this.end; i++) {
      const byte = bytes[i]!;
      if (byte !== 38) {
        scratch[to++] = byte;
        continue;
      }
      let code = 0;
      let at = i + 2;
      if (bytes[i + 1] === 35)
        for (let digit = bytes[at]! - 48; digit >= 0 && digit <= 9 && at < i + 8; digit = bytes[++at]! - 48) code = code * 10 + digit;
      if (bytes[at] !== 59 || code < 0xa0 || code > 0xd7ff) return this.decodeAny();
      if (code < 0x800) scratch[to++] = 0xc0 | (code >> 6);
      else {
        scratch[to++] = 0xe0 | (code >> 12);
        scratch[to++] = 0x80 | ((code >> 6) & 63);
      }
      scratch[to++] = 0x80 | (code & 63);
      i = at;
    }
    this.bytes = scratch;
    this.start = 0;
    this.end = to;
  }

  private decodeAny(): void {
    const text = decodeEscapes(decodeEntities(this.bytes.toString('utf8', this.start, this.end), this.window.part));
    this.bytes = Buffer.from(text);
    this.start = 0;
    this.end = this.bytes.length;
  }

  private loadShared(): void {
    const text = this.latin1().trim();
    const index = /^\d{1,9}$/.test(text) ? Number(text) : -1;
    if (index < 0 || index >= this.shared.count) {
      throw unsupported(
        `The workbook is damaged: row ${this.reader.rowNumber} refers to text ${text.slice(0, 20)} of a table of ${this.shared.count}.`,
      );
    }
    this.bytes = this.shared.block(index);
    this.start = this.shared.start(index);
    this.end = this.start + this.shared.length(index);
  }

  /** The bytes as text, where only ASCII can be meant. */
  latin1(): string {
    return this.bytes.toString('latin1', this.start, this.end);
  }

  /** Nothing but white space of any kind. */
  blank(): boolean {
    const { bytes, start, end } = this;
    if (start === end) return true;
    const first = bytes[start]!;
    // A space of any kind begins with one of these bytes.
    if (first > 32 && first < 0xc2) return false;
    if (first > 0xc2 && first !== 0xe1 && first !== 0xe2 && first !== 0xe3 && first !== 0xef) return false;
    return bytes.toString('utf8', start, end).trim() === '';
  }

  /** A cell's value as text. */
  text(cell: number): string {
    if (this.reader.kind[cell] === Cell.empty) return '';
    this.load(cell);
    return this.bytes.toString('utf8', this.start, this.end);
  }
}
