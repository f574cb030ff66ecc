import type { ReactNode } from 'react';
import type { Kind } from '../../i18n/format.ts';
import type { Cell, Sheet } from '../export/sheet.ts';

export interface Column<Row> {
  id: string;
  header: string;
  /** Stands after the header: a number without its unit is a guess. */
  unit?: string;
  type: 'text' | 'number' | 'time';
  kind?: Kind;
  width: number;
  value: (row: Row) => string | number | null;
  /** How the value is shown; default by type and kind. */
  renderCell?: (row: Row) => ReactNode;
  /** The same as plain text, for filters and copies, where that is no text. */
  text?: (row: Row) => string;
  /** What is exported where that differs from the value. */
  cell?: (row: Row) => Cell;
  /** The language of the values where it is not the page's: names of the program are English. */
  lang?: string;
  /** It has no order to be sorted by. */
  isUnsorted?: boolean;
  /** What its filter takes; default by type. */
  filterHelp?: string;
  /** Hidden until chosen. */
  optional?: boolean;
  /** The cell opens something; Enter and a click do the same. */
  onOpen?: (row: Row) => void;
}

/** The part of a table's state that belongs into the address. */
export interface TableState {
  sort?: string | undefined;
  filters?: string | undefined;
  columns?: string | undefined;
  frozen?: string | undefined;
}

export interface Order {
  column: string;
  descending: boolean;
}

export const readOrder = (sort: string | undefined): Order | undefined =>
  sort ? { column: sort.replace(/^-/, ''), descending: sort.startsWith('-') } : undefined;

/** `offered:>80~queue:vip` ↔ {offered: '>80', queue: 'vip'} */
export function readFilters(filters: string | undefined): Record<string, string> {
  const pairs = (filters ?? '').split('~').filter((part) => part.includes(':'));
  return Object.fromEntries(pairs.map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]));
}

export function writeFilters(filters: Record<string, string>): string | undefined {
  const parts = Object.entries(filters).filter(([, filter]) => filter !== '');
  return parts.length > 0 ? parts.map(([column, filter]) => `${column}:${filter.replaceAll('~', ' ')}`).join('~') : undefined;
}

/** `>80`, `<=5`, `10..20` and `=0` compare numbers; anything else looks for the text. */
export function matches(filter: string, value: string | number | null, shown: string): boolean {
  const wanted = filter.trim();
  const number = (text: string) => Number(text.replaceAll(/[\s\u00A0]/g, '').replace(',', '.'));
  const range = /^(-?[\d.,]+)\s*\.\.\s*(-?[\d.,]+)$/.exec(wanted);
  if (range && typeof value === 'number') return value >= number(range[1] ?? '') && value <= number(range[2] ?? '');
  const comparison = /^(<=|>=|<|>|=)\s*(-?[\d.,\s\u00A0]+)$/.exec(wanted);
  if (!comparison || Number.isNaN(number(comparison[2] ?? ''))) return shown.toLocaleLowerCase().includes(wanted.toLocaleLowerCase());
  if (typeof value !== 'number') return false;
  const bound = number(comparison[2] ?? '');
  const results: Record<string, boolean> = {
    '<': value < bound,
    '<=': value <= bound,
    '>': value > bound,
    '>=': value >= bound,
    '=': value === bound,
  };
  return results[comparison[1] ?? ''] ?? false;
}

/** Unknown values come last, whichever way the order goes. */
export function compareValues(a: string | number | null, b: string | number | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true });
  return descending ? -order : order;
}

/** The rows and columns as they are shown, for a file or the clipboard. */
export function toSheet<Row>(name: string, columns: Column<Row>[], rows: Row[]): Sheet {
  return {
    name,
    headers: columns.map(({ header, unit }) => (unit ? `${header}, ${unit}` : header)),
    rows: rows.map((row) =>
      columns.map((column) => (column.cell ? column.cell(row) : column.type === 'text' && column.text ? column.text(row) : column.value(row))),
    ),
  };
}
