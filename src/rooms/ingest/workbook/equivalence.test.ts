import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streamXlsxRows } from 'hucre/xlsx';
import { afterAll, expect, test } from 'vitest';
import { collect, rawOf } from '../../../../test/fixtures/staged_rows.ts';
import { rawParts, writeZip } from '../../../../test/fixtures/workbooks.ts';
import { createRandom, integer, type Random } from '../../../numerics/statistics/random.ts';
import type { ImportKind } from '../../../platform/imports/kind.ts';
import { xmlText } from '../../../platform/sheets/xlsx_parts.ts';
import { ByteWindow } from './byte_window.ts';
import { CellValue } from './cell_value.ts';
import { columnLetters } from './headers.ts';
import { limits } from './limits.ts';
import { readWorkbook } from './read_workbook.ts';
import { SharedStrings } from './shared_strings.ts';
import { Found, SheetReader } from './sheet_reader.ts';

/** The scanner reads what a library reads, however the same cells are written and wherever the chunks end. */

const seed = Number(process.env.QH_SEED ?? 7);
const workbooks = process.env.QH_CHAOS === '1' ? 2_000 : 120;
const folder = mkdtempSync(join(tmpdir(), 'qh-equal-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const width = 6;
const kind: ImportKind = {
  name: 'test',
  title: 'test',
  periodFormat: 'DD.MM.YYYY HH:MM',
  columns: [
    { header: 'when', name: 'period', kind: 'period', optional: true },
    ...Array.from({ length: width }, (_, i) => ({ header: `t${i}`, name: `t${i}`, kind: 'name' as const })),
    { header: 'n', name: 'n', kind: 'count' },
    { header: 'd', name: 'd', kind: 'average' },
  ],
  signature: ['t0', 'n'],
  check: '',
  load: '',
};
const headers = [...Array.from({ length: width }, (_, i) => `t${i}`), 'n', 'd'];

const alphabet = ['a', 'Б', 'ё', ' ', '  ', '&', '<', '>', '"', "'", '😀', '1', '-', '=', '_', 'я', '\u00a0', '.', ',', '\\', '語'];
const word = (random: Random) => Array.from({ length: 1 + integer(random, 8) }, () => alphabet[integer(random, alphabet.length)]).join('');
const numeric = (text: string) => xmlText(text).replace(/[^\u0000-\u007f]/gu, (letter) => `&#${letter.codePointAt(0)};`);
const number = (random: Random) => ['0', '7', '-12', '123456', '12.5', '0.1', '-3.75', '1E3', '99999999999'][integer(random, 9)]!;

interface Made {
  xml: string;
  shared: string;
}

function textCell(random: Random, address: string, shared: string[]): string {
  const text = word(random);
  const t = `<t xml:space="preserve">${xmlText(text)}</t>`;
  switch (integer(random, 6)) {
    case 0:
      return `<c r="${address}" t="inlineStr"><is>${t}</is></c>`;
    case 1:
      return `<c r="${address}" t="inlineStr"><is><t>${numeric(text.trim() || 'x')}</t></is></c>`;
    case 2:
      return `<c r="${address}" t="str"><v>${xmlText(text.trim() || 'y')}</v></c>`;
    case 3:
      return `<c r="${address}" s="0" t="s"><v>${shared.push(`<si>${t}</si>`) - 1}</v></c>`;
    case 4:
      return `<c r="${address}" t="s"><v>${shared.push(`<si><r>${t}</r><r><rPr><b/></rPr>${t}</r></si>`) - 1}</v></c>`;
    default:
      return `<c r="${address}" t="inlineStr"><is><r><rPr><i/></rPr>${t}</r><r>${t}</r></is></c>`;
  }
}

/** A well-formed sheet with rows, gaps and cells of every form, its header in row 1. */
function make(random: Random): Made {
  const shared: string[] = [];
  let xml = `<row r="1">${headers.map((text, i) => `<c r="${columnLetters(i)}1" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
  let row = 1;
  for (let count = integer(random, 30); count > 0; count--) {
    row += random.next() < 0.9 ? 1 : 1 + integer(random, 5);
    const cells = headers.map((header, i) => {
      const address = `${columnLetters(i)}${row}`;
      const chance = random.next();
      if (chance < 0.1) return '';
      if (chance < 0.15) return `<c r="${address}" s="0"/>`;
      if (header.startsWith('t') && chance < 0.8) return textCell(random, address, shared);
      if (chance < 0.85) return `<c r="${address}" t="b"><v>${integer(random, 2)}</v></c>`;
      return random.next() < 0.5
        ? `<c r="${address}"><v>${number(random)}</v></c>`
        : `<c r="${address}" t="n"><f>1+1</f><v>${number(random)}</v></c>`;
    });
    xml += `<row r="${row}" spans="1:9">${cells.join('')}</row>`;
  }
  return { xml, shared: `<sst>${shared.join('')}</sst>` };
}

/** What either reader says about a cell, in one form. */
function plain(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.trim() === '' ? null : text;
}

test(`${workbooks} made workbooks are read as by the library`, async () => {
  console.info(`QH_SEED=${seed}`);
  const random = createRandom(seed);
  const file = join(folder, 'equal.xlsx');
  let cells = 0;
  for (let round = 0; round < workbooks; round++) {
    const { xml, shared } = make(random);
    await writeZip(file, rawParts({ sheets: [xml], sharedStrings: shared }), 1);
    const ours = await collect(readWorkbook(file, { kinds: [kind] }), [kind]);
    const rows = new Map(ours.rows.map((row) => [Number(row.row_number), { ...row, ...rawOf(row) }]));
    for await (const { index, values } of streamXlsxRows(await readFile(file))) {
      if (index === 0) continue;
      headers.forEach((header, i) => {
        const theirs = plain(values[i]);
        const mine = plain(rows.get(index + 1)?.[header as keyof object]);
        const same = typeof theirs === 'number' && mine !== null ? Number(mine) : mine;
        expect({ round, row: index + 1, header, value: same }).toEqual({ round, row: index + 1, header, value: theirs });
        cells++;
      });
    }
  }
  expect(cells).toBeGreaterThan(workbooks * 50);
});

/** All rows of a sheet as text, read in chunks of this size. */
function dump(sheet: Buffer, chunk: number, fast: boolean): string[] {
  const window = new ByteWindow('sheet', limits.rowBytes, 64);
  const reader = new SheetReader(window, fast);
  const strings = new SharedStrings();
  const texts = Buffer.from('text');
  for (let i = 0; i < 400; i++) strings.add(texts, 0, 4);
  const value = new CellValue(reader, window, strings);
  const lines: string[] = [];
  for (let at = 0; ;) {
    const found = reader.next();
    if (found === Found.end) return lines;
    if (found === Found.row) {
      const cells = Array.from({ length: reader.cells }, (_, i) => `${reader.column[i]}=${value.text(i)}`);
      lines.push(`${reader.rowNumber}: ${cells.join('|')}`);
    } else if (at === sheet.length) window.finish();
    else {
      window.append(sheet.subarray(at, at + chunk));
      at = Math.min(sheet.length, at + chunk);
    }
  }
}

test('the fast path and the general one agree, whatever the chunks', () => {
  const random = createRandom(seed + 1);
  for (let round = 0; round < workbooks / 4; round++) {
    const { xml } = make(random);
    const prefix = '<?xml version="1.0"?><worksheet><sheetViews><sheetView/></sheetViews><sheetData>';
    const sheet = Buffer.from(`${prefix}${xml}</sheetData><pageMargins left="1"/></worksheet>\n`);
    const whole = dump(sheet, sheet.length, true);
    expect(whole.length).toBeGreaterThan(0);
    expect(dump(sheet, sheet.length, false)).toEqual(whole);
    for (const chunk of [1, 7, 1 + integer(random, 500)]) {
      expect(dump(sheet, chunk, true)).toEqual(whole);
      expect(dump(sheet, chunk, false)).toEqual(whole);
    }
  }
});
