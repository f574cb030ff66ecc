import type { ImportKind } from '../../../platform/imports/kind.ts';
import {
  cellStyle,
  contentTypesXml,
  rootRelationshipsXml,
  sheetStartXml,
  stylesXml,
  workbookRelationshipsXml,
  workbookXml,
  xmlText,
} from '../../../platform/sheets/xlsx_parts.ts';
import { type ZipPart, zipStream } from '../../../platform/sheets/zip_stream.ts';
import { columnLetters } from './headers.ts';

/** Values in the order of the kind's columns. The period is milliseconds of UTC (its clock reading is written) or text as it is. */
export type ReportRow = readonly (number | string | null)[];

export interface ReportSpec {
  kind: ImportKind;
  rows: Iterable<ReportRow>;
  /** Canonical names of the columns to write, in this order; all as declared by default. */
  columns?: readonly string[];
  sheetName?: string;
  /** Stands in row 1. */
  title?: string;
  /** 3 with a title, else 1, by default. */
  headerRow?: number;
  /** Called behind the last row; what it gives is written as one more. */
  totals?: () => ReportRow;
  /** How text is written: `entities` writes every other letter than ASCII as a numeric one, as the Argus export does. */
  text?: 'entities' | 'plain' | 'shared';
  trueDates?: boolean;
  /** Numbers that are stored as text, by row and place in the declared columns. */
  textNumber?: (row: number, column: number) => boolean;
  /** Effort of compression, 1 (fast) to 9. */
  level?: number;
}

const pieceCharacters = 128 * 1024;
const two = (value: number) => (value < 10 ? `0${value}` : String(value));

/** Formats clock readings; consecutive rows mostly have the same one. */
function periodFormatter(kind: ImportKind): (time: number) => string {
  let last = Number.NaN;
  let text = '';
  return (time) => {
    if (time === last) return text;
    last = time;
    const date = new Date(time);
    text = `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
    if (kind.periodFormat === 'DD.MM.YYYY HH:MM:SS') text += `:${two(date.getUTCSeconds())}`;
    return text;
  };
}

/** Writes one sheet of a report row by row. */
class ReportSheet {
  readonly shared = new Map<string, number>();
  private readonly spec: ReportSpec;
  private readonly places: { letters: string; declared: number; period: boolean }[];
  private readonly formatPeriod: (time: number) => string;
  private readonly encoded = new Map<string, string>();

  constructor(spec: ReportSpec) {
    this.spec = spec;
    const declared = spec.kind.columns;
    const names = spec.columns ?? declared.map((column) => column.name);
    this.places = names.map((name, i) => {
      const at = declared.findIndex((column) => column.name === name);
      if (at < 0) throw new RangeError(`${spec.kind.name} has no column ${name}`);
      return { letters: columnLetters(i), declared: at, period: declared[at]!.kind === 'period' };
    });
    this.formatPeriod = periodFormatter(spec.kind);
  }

  /** The text of names is encoded once, since it comes again in every interval. */
  private markup(text: string): string {
    let found = this.encoded.get(text);
    if (found === undefined) {
      found = xmlText(text);
      if (this.spec.text !== 'plain' && this.spec.text !== 'shared')
        found = found.replace(/[^\u0000-\u007f]/gu, (letter) => `&#${letter.codePointAt(0)};`);
      if (this.encoded.size < 10_000) this.encoded.set(text, found);
    }
    return found;
  }

  private textCell(address: string, text: string): string {
    if (this.spec.text !== 'shared') return `<c r="${address}" t="inlineStr"><is><t>${this.markup(text)}</t></is></c>`;
    let index = this.shared.get(text);
    if (index === undefined) this.shared.set(text, (index = this.shared.size));
    return `<c r="${address}" t="s"><v>${index}</v></c>`;
  }

  private row(number: number, values: ReportRow): string {
    const { spec } = this;
    let xml = `<row r="${number}">`;
    for (const { letters, declared, period } of this.places) {
      const value = values[declared];
      if (value === null || value === undefined) continue;
      if (typeof value === 'string') xml += this.textCell(letters + number, value);
      else if (period && !spec.trueDates) xml += this.textCell(letters + number, this.formatPeriod(value));
      else if (period) xml += `<c r="${letters}${number}" s="${cellStyle.datetime}"><v>${value / 86_400_000 + 25_569}</v></c>`;
      else if (spec.textNumber?.(number, declared)) xml += this.textCell(letters + number, String(value));
      else xml += `<c r="${letters}${number}" t="n"><v>${value}</v></c>`;
    }
    return `${xml}</row>`;
  }

  *xml(): Generator<Buffer> {
    const { spec } = this;
    let text = `${sheetStartXml}<sheetData>`;
    let number = 1;
    if (spec.title !== undefined) text += `<row r="1">${this.textCell('A1', spec.title)}</row>`;
    number = spec.headerRow ?? (spec.title === undefined ? 1 : 3);
    const headers = this.places.map(({ letters, declared }) => this.textCell(letters + number, spec.kind.columns[declared]!.header));
    text += `<row r="${number}">${headers.join('')}</row>`;
    for (const values of spec.rows) {
      text += this.row(++number, values);
      if (text.length < pieceCharacters) continue;
      yield Buffer.from(text);
      text = '';
    }
    if (spec.totals) text += this.row(++number, spec.totals());
    yield Buffer.from(`${text}</sheetData></worksheet>`);
  }

  *sharedXml(): Generator<Buffer> {
    let text = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="${this.shared.size}">`;
    for (const string of this.shared.keys()) {
      text += `<si><t>${this.markup(string)}</t></si>`;
      if (text.length < pieceCharacters) continue;
      yield Buffer.from(text);
      text = '';
    }
    yield Buffer.from(`${text}</sst>`);
  }
}

/** Writes a report of a kind as a workbook, in a stream: what a foreign system would have exported. For the demo, tests and benches. */
export function writeReport(spec: ReportSpec): AsyncGenerator<Buffer> {
  const sheet = new ReportSheet(spec);
  const shared = spec.text === 'shared';
  const one = (name: string, text: string): ZipPart => ({ name, data: [Buffer.from(text)] });
  function* parts(): Generator<ZipPart> {
    yield { name: 'xl/worksheets/sheet1.xml', data: sheet.xml() };
    if (shared) yield { name: 'xl/sharedStrings.xml', data: sheet.sharedXml() };
    yield one('xl/styles.xml', stylesXml);
    yield one('xl/workbook.xml', workbookXml([spec.sheetName ?? 'Отчет']));
    yield one('xl/_rels/workbook.xml.rels', workbookRelationshipsXml(1, shared));
    yield one('_rels/.rels', rootRelationshipsXml);
    yield one('[Content_Types].xml', contentTypesXml(1, shared));
  }
  return zipStream(parts(), spec.level ?? 6);
}
