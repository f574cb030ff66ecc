import { headerKey, type ImportColumn, type ImportKind } from '../../../platform/imports/kind.ts';
import type { FoundColumn } from './events.ts';
import { unsupported, type WorkbookRefused } from './refused.ts';

/** A row above the data: its texts by column. */
export interface TextRow {
  number: number;
  cells: { index: number; text: string }[];
}

export interface Header {
  kind: ImportKind;
  row: number;
  columns: FoundColumn[];
  unknown: string[];
}

/** A column is known by its headers and by its canonical name, which exports and other programs write. */
function keys(column: ImportColumn): string[] {
  return [...new Set([column.header, ...(column.aliases ?? []), column.name].map(headerKey))];
}

/** `A`, `B` … `AA` for a zero-based column. */
export function columnLetters(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : columnLetters(Math.floor(index / 26) - 1) + columnLetters(index % 26);
}

const quoted = (names: readonly string[]) => names.map((name) => `“${name.trim().slice(0, 60)}”`).join(', ');

/** The headers of a kind's signature that a row lacks. */
function lacking(kind: ImportKind, row: TextRow): string[] {
  const present = new Set(row.cells.map((cell) => headerKey(cell.text)));
  const names = kind.signature.map((header) => kind.columns.find((column) => keys(column).includes(headerKey(header))));
  return kind.signature.filter((header, i) => !(names[i] ? keys(names[i]) : [headerKey(header)]).some((key) => present.has(key)));
}

/** Reads a row as the header of a kind; null when it does not bear the kind's signature. */
export function matchHeader(row: TextRow, kind: ImportKind, sheetName: string): Header | null {
  if (lacking(kind, row).length > 0) return null;
  const byKey = new Map(kind.columns.flatMap((column) => keys(column).map((key) => [key, column] as const)));
  const found = new Map<ImportColumn, FoundColumn>();
  const unknown: string[] = [];
  for (const { index, text } of row.cells) {
    const column = byKey.get(headerKey(text));
    if (!column) {
      if (text.trim() !== '') unknown.push(text.replace(/\s+/gu, ' ').trim().slice(0, 100));
      continue;
    }
    const first = found.get(column);
    if (first) {
      throw unsupported(
        `The column “${column.header}” is there twice in row ${row.number} of the sheet “${sheetName}”: in ${columnLetters(first.index)} and in ${columnLetters(index)}.`,
        'Delete one of the two columns and send the file again.',
      );
    }
    found.set(column, { name: column.name, header: text.replace(/\s+/gu, ' ').trim(), index });
  }
  const missing = kind.columns.filter((column) => !column.optional && !found.has(column));
  if (missing.length > 0) {
    throw unsupported(
      `Row ${row.number} of the sheet “${sheetName}” is the header of ${kind.title}, but ${missing.length === 1 ? 'the column' : 'the columns'} ${quoted(missing.map((column) => column.header))} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      'Export the report with all its columns.',
    );
  }
  const columns = [...found.values()].toSorted((a, b) => a.index - b.index);
  return { kind, row: row.number, columns, unknown };
}

export interface SearchedSheet {
  number: number;
  name: string;
  rows: TextRow[];
}

/** Says what was looked for and what was found where no sheet holds a header. */
export function refuseWithoutHeader(kinds: readonly ImportKind[], all: readonly ImportKind[], sheets: readonly SearchedSheet[]): WorkbookRefused {
  const other = all.filter((kind) => !kinds.includes(kind));
  for (const sheet of sheets) {
    for (const row of sheet.rows) {
      const match = other.find((kind) => lacking(kind, row).length === 0);
      if (match)
        return unsupported(
          `The file is of the kind ${match.name} (${match.title}), but ${kinds.map((kind) => kind.name).join(' or ')} was asked for.`,
          `Import it as ${match.name}, or leave the kind out.`,
        );
    }
  }
  const near = nearest(kinds, sheets);
  if (near)
    return unsupported(
      `Row ${near.row} of the sheet “${near.sheet}” looks like the header of ${near.kind.title}, but the column ${quoted(near.missing)} is missing.`,
      'Export the report with all its columns.',
    );
  const wanted = kinds.map((kind) => `${quoted(kind.signature)} (${kind.title})`).join(' or ');
  const seen = sheets
    .flatMap((sheet) =>
      sheet.rows.slice(0, 3).map((row) => `row ${row.number} of “${sheet.name}”: ${quoted(row.cells.slice(0, 5).map((cell) => cell.text))}`),
    )
    .slice(0, 4);
  return unsupported(
    `No sheet has a header row with ${wanted}. ${seen.length > 0 ? `The first rows are ${seen.join('; ')}.` : 'All sheets are empty.'}`,
    'Check that it is the right report, exported with its headers.',
  );
}

/** The row that holds the most declared headers of a kind, if it is half of them or more. */
function nearest(kinds: readonly ImportKind[], sheets: readonly SearchedSheet[]) {
  let best: { kind: ImportKind; row: number; sheet: string; missing: string[]; share: number } | null = null;
  for (const kind of kinds) {
    const known = new Set(kind.columns.flatMap(keys));
    for (const sheet of sheets) {
      for (const row of sheet.rows) {
        const share = row.cells.filter((cell) => known.has(headerKey(cell.text))).length / kind.columns.length;
        if (share >= 0.5 && share > (best?.share ?? 0)) best = { kind, row: row.number, sheet: sheet.name, missing: lacking(kind, row), share };
      }
    }
  }
  return best;
}
