import type { ImportKind } from '../../../platform/imports/kind.ts';
import type { CellValue } from './cell_value.ts';
import type { CopyBuffer } from './copy_buffer.ts';
import { isoTimestamp, isPeriod, serialTimestamp } from './dates.ts';
import type { FoundColumn } from './events.ts';
import { Cell, type SheetReader } from './sheet_reader.ts';
import { stagedOrder } from './staging.ts';

/** How a slot's cells are judged: a slot is one staged column. */
const Slot = { period: 0, name: 1, day: 2, integer: 3, decimal: 4 } as const;
const slotOf = {
  period: Slot.period,
  name: Slot.name,
  text: Slot.name,
  date: Slot.day,
  count: Slot.integer,
  seconds: Slot.integer,
  share: Slot.decimal,
  average: Slot.decimal,
};

export interface DateRules {
  /** Per cell style: 1 when it shows a date. */
  styles: Uint8Array;
  date1904: boolean;
}

/** Turns the cells of rows into lines for COPY. What is obviously right goes typed, everything else as text into `raw`. */
export class RowEncoder {
  private readonly out: CopyBuffer;
  private readonly reader: SheetReader;
  private readonly value: CellValue;
  private readonly dates: DateRules;
  private readonly prefix: string;
  private readonly seconds: boolean;
  private readonly slotKind: Uint8Array;
  /** Staged column for each column of the sheet, or -1. */
  private readonly slotOfColumn: Int16Array;
  /** The cell that stands in each slot of the current row, or -1. */
  private readonly cellOfSlot: Int16Array;
  private readonly rawName: string[];
  private readonly rawSlots: Int16Array;
  private rawCount = 0;
  private some = false;

  constructor(
    sheet: number,
    kind: ImportKind,
    columns: readonly FoundColumn[],
    reader: SheetReader,
    value: CellValue,
    dates: DateRules,
    out: CopyBuffer,
  ) {
    const order = stagedOrder(kind);
    this.prefix = `${sheet}\t`;
    this.reader = reader;
    this.value = value;
    this.dates = dates;
    this.out = out;
    this.seconds = kind.periodFormat === 'DD.MM.YYYY HH:MM:SS';
    this.slotKind = Uint8Array.from(order, (column, i) => (column ? slotOf[column.kind] : i === 0 ? Slot.period : Slot.name));
    this.rawName = order.map((column) => column?.name ?? '');
    this.cellOfSlot = new Int16Array(order.length);
    this.rawSlots = new Int16Array(order.length);
    this.slotOfColumn = new Int16Array(Math.max(0, ...columns.map((column) => column.index)) + 1).fill(-1);
    for (const column of columns) this.slotOfColumn[column.index] = order.findIndex((declared) => declared?.name === column.name);
  }

  /** Writes the current row; false when it is blank and nothing was written. */
  encode(): boolean {
    const { reader, out, cellOfSlot, slotOfColumn, slotKind } = this;
    const before = out.length;
    cellOfSlot.fill(-1);
    const { cells, column, kind } = reader;
    for (let i = 0; i < cells; i++) {
      const at = column[i]!;
      if (at >= slotOfColumn.length) break;
      const slot = slotOfColumn[at]!;
      if (slot >= 0 && kind[i] !== Cell.empty) cellOfSlot[slot] = i;
    }
    this.rawCount = 0;
    this.some = false;
    out.ensure(64 + 32 * slotKind.length);
    out.ascii(this.prefix);
    out.integer(reader.rowNumber);
    for (let slot = 0; slot < slotKind.length; slot++) {
      const cell = cellOfSlot[slot]!;
      out.bytes[out.length++] = 9;
      const from = out.length;
      if (cell >= 0 && this.typed(slot, cell)) continue;
      out.length = from;
      out.bytes[out.length++] = 92;
      out.bytes[out.length++] = 78;
    }
    if (!this.some) {
      out.length = before;
      return false;
    }
    this.raw();
    return true;
  }

  /** Writes a cell into its typed column; false when it is blank or goes into `raw`. */
  private typed(slot: number, cell: number): boolean {
    const slotKind = this.slotKind[slot]!;
    const kind = this.reader.kind[cell]!;
    this.value.load(cell);
    if (kind === Cell.number && slotKind >= Slot.integer && this.number(slotKind === Slot.decimal)) {
      this.some = true;
      return true;
    }
    if (this.value.blank()) {
      // White space where a period or a number belongs is told as it stands there; it alone makes no row.
      if (this.value.end > this.value.start && slotKind !== Slot.name && slotKind !== Slot.day) this.rawSlots[this.rawCount++] = slot;
      return false;
    }
    this.some = true;
    if (slotKind === Slot.period && this.period(cell, kind)) return true;
    if (slotKind === Slot.name && kind !== Cell.error) {
      this.out.text(this.value.bytes, this.value.start, this.value.end);
      // The other columns still find the room that the row began with.
      this.out.ensure(64 + 32 * this.slotKind.length);
      return true;
    }
    if (slotKind === Slot.day && this.day(cell, kind)) return true;
    if (kind === Cell.number && slotKind === Slot.decimal && this.longDecimal()) return true;
    this.rawSlots[this.rawCount++] = slot;
    return false;
  }

  /** Copies a number that stands in canonical form: at most 15 digits, or 12 with 6 behind the point. */
  private number(decimal: boolean): boolean {
    const { out } = this;
    const { bytes } = out;
    const { bytes: value, end } = this.value;
    let at = this.value.start;
    let to = out.length;
    if (end - at > 20) return false;
    if (value[at] === 45) bytes[to++] = value[at++]!;
    const first = at;
    while (at < end && value[at]! >= 48 && value[at]! <= 57) bytes[to++] = value[at++]!;
    const digits = at - first;
    if (digits === 0 || digits > (decimal ? 12 : 15)) return false;
    if (at < end) {
      if (!decimal || value[at] !== 46) return false;
      bytes[to++] = value[at++]!;
      const point = at;
      while (at < end && value[at]! >= 48 && value[at]! <= 57) bytes[to++] = value[at++]!;
      if (at < end || at === point || at - point > 6) return false;
    }
    out.length = to;
    return true;
  }

  /** Excel stores 77.6 as 77.599999999999994: the shortest number that it can mean is taken. */
  private longDecimal(): boolean {
    const text = this.value.latin1();
    if (!/^-?\d{1,12}\.\d{7,20}$/.test(text)) return false;
    const shortest = String(Number(Number(text).toPrecision(15)));
    if (!/^-?\d{1,12}(\.\d{1,6})?$/.test(shortest)) return false;
    this.out.ascii(shortest);
    return true;
  }

  private period(cell: number, kind: number): boolean {
    const { out, value } = this;
    if (kind === Cell.text || kind === Cell.encoded || kind === Cell.shared) {
      const length = this.seconds ? 19 : 16;
      if (value.end - value.start !== length || !isPeriod(value.bytes, value.start, this.seconds)) return false;
      this.periodText();
      return true;
    }
    const stamp = this.stamp(cell, kind);
    if (stamp !== null) out.ascii(stamp);
    return stamp !== null;
  }

  /** The day of a true date cell; a day as text is read by SQL. */
  private day(cell: number, kind: number): boolean {
    const stamp = this.stamp(cell, kind);
    if (stamp !== null) this.out.ascii(stamp.slice(0, 10));
    return stamp !== null;
  }

  private stamp(cell: number, kind: number): string | null {
    if (kind === Cell.date) return isoTimestamp(this.value.latin1());
    if (kind !== Cell.number || this.dates.styles[this.reader.style[cell]!] !== 1) return null;
    const text = this.value.latin1();
    return /^\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(text) ? serialTimestamp(Number(text), this.dates.date1904) : null;
  }

  /** `DD.MM.YYYY HH:MM[:SS]` as `YYYY-MM-DD HH:MM:SS`. */
  private periodText(): void {
    const { out } = this;
    const { bytes } = out;
    const { bytes: value, start } = this.value;
    const to = out.length;
    for (let i = 0; i < 4; i++) bytes[to + i] = value[start + 6 + i]!;
    bytes[to + 4] = 45;
    bytes[to + 5] = value[start + 3]!;
    bytes[to + 6] = value[start + 4]!;
    bytes[to + 7] = 45;
    bytes[to + 8] = value[start]!;
    bytes[to + 9] = value[start + 1]!;
    for (let i = 10; i < 16; i++) bytes[to + i] = value[start + i]!;
    bytes[to + 16] = 58;
    bytes[to + 17] = this.seconds ? value[start + 17]! : 48;
    bytes[to + 18] = this.seconds ? value[start + 18]! : 48;
    out.length = to + 19;
  }

  private raw(): void {
    const { out } = this;
    if (this.rawCount === 0) {
      out.ascii('\t\\N\n');
      return;
    }
    out.ascii('\t{');
    for (let i = 0; i < this.rawCount; i++) {
      const slot = this.rawSlots[i]!;
      const cell = this.cellOfSlot[slot]!;
      out.ascii(`${i > 0 ? ',' : ''}"${this.rawName[slot]}":"`);
      this.value.load(cell);
      out.jsonText(this.value.bytes, this.value.start, this.value.end);
      out.ascii('"');
    }
    out.ascii('}\n');
  }
}
