import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { collectFile, rawOf } from '../../../../test/fixtures/staged_rows.ts';
import { loadHeader, loadRow, type RawWorkbook, rawRow, writeRawWorkbook } from '../../../../test/fixtures/workbooks.ts';
import { argusReport } from '../../statistics/imports.ts';
import { WorkbookRefused } from './refused.ts';

const folder = mkdtempSync(join(tmpdir(), 'qh-cells-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
let count = 0;

async function read(raw: RawWorkbook, options: Parameters<typeof collectFile>[1] = {}) {
  const file = join(folder, `file-${count++}.xlsx`);
  await writeRawWorkbook(file, raw);
  return collectFile(file, options);
}

const header = rawRow(1, loadHeader);
/** One row of the A–E layout with these cells after the period; the period is a good one unless given. */
const row = (cells: string, period = '<c r="A2" t="inlineStr"><is><t>01.05.2025 09:00:00</t></is></c>') => `<row r="2">${period}${cells}</row>`;
const names = ['unique_offered', 'offered', 'talk_avg_seconds', 'wrap_avg_seconds'];

describe('cells', () => {
  const typed: [string, string, string][] = [
    ['a number', '<c r="B2"><v>12</v></c>', '12'],
    ['a typed number', '<c r="B2" t="n"><v>12</v></c>', '12'],
    ['a styled number', '<c r="B2" s="3" t="n"><v>12</v></c>', '12'],
    ['attributes in another order', '<c t="n" s="3" r="B2"><v>12</v></c>', '12'],
    ['other quotes and spaces', "<c  r='B2'\n t = 'n' ><v>12</v></c >", '12'],
    ['a negative number', '<c r="B2"><v>-12</v></c>', '-12'],
    ['white space around the number', '<c r="B2"><v> 12\n</v></c>', '12'],
    ['CDATA', '<c r="B2"><v><![CDATA[12]]></v></c>', '12'],
    ['a comment inside', '<c r="B2"><v>1<!-- x -->2</v></c>', '12'],
    ['an entity', '<c r="B2"><v>&#49;2</v></c>', '12'],
    ['a formula with its result', '<c r="B2"><f>6*2</f><v>12</v></c>', '12'],
    ['an extension', '<c r="B2"><v>12</v><extLst><ext uri="x"/></extLst></c>', '12'],
    ['no address', '<c><v>12</v></c>', '12'],
    ['fifteen digits', '<c r="B2"><v>123456789012345</v></c>', '123456789012345'],
  ];
  test.each(typed)('typed: %s', async (_name, cell, value) => {
    const { rows } = await read({ sheets: [header + row(cell)] });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ unique_offered: value, period: '2025-05-01 09:00:00', raw: null });
  });

  const asText: [string, string, string][] = [
    ['digits stored as text', '<c r="B2" t="inlineStr"><is><t>9</t></is></c>', '9'],
    ['digits with spaces', '<c r="B2" t="inlineStr"><is><t xml:space="preserve"> 9\u00a0</t></is></c>', ' 9\u00a0'],
    ['a fraction', '<c r="B2"><v>12.5</v></c>', '12.5'],
    ['a whole number with a point', '<c r="B2"><v>12.0</v></c>', '12.0'],
    ['an exponent', '<c r="B2"><v>1.0E3</v></c>', '1.0E3'],
    ['a decimal comma', '<c r="B2" t="inlineStr"><is><t>1,5</t></is></c>', '1,5'],
    ['sixteen digits', '<c r="B2"><v>1234567890123456</v></c>', '1234567890123456'],
    ['a number that is none', '<c r="B2"><v>x</v></c>', 'x'],
    ['rich text', '<c r="B2" t="inlineStr"><is><r><rPr><b/></rPr><t>1</t></r><r><t>2</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c>', '12'],
    ['a shared text', '<c r="B2" t="s"><v>1</v></c>', 'a"b\\c\n\td'],
    ['a rich shared text', '<c r="B2" t="s"><v>2</v></c>', 'onetwo'],
    ['a formula of text', '<c r="B2" t="str"><f>"a"</f><v>&lt;текст&gt;</v></c>', '<текст>'],
    ['a formula without a result', '<c r="B2"><f>SUM(C2:C3)</f></c>', '=SUM(C2:C3)'],
    ['truth', '<c r="B2" t="b"><v>1</v></c>', 'TRUE'],
    ['an error', '<c r="B2" t="e"><v>#N/A</v></c>', '#N/A'],
    ['a date', '<c r="B2" t="d"><v>2025-05-01</v></c>', '2025-05-01'],
    ['numeric entities', '<c r="B2" t="inlineStr"><is><t>&#1055;&#x440;&#128512;&amp;</t></is></c>', 'Пр😀&'],
    ['escaped characters', '<c r="B2" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>', 'a\rb_x0041_'],
    ['two texts in CDATA', '<c r="B2" t="inlineStr"><is><t><![CDATA[<b>]]>&amp;</t></is></c>', '<b>&'],
  ];
  const sharedStrings = '<sst><si><t>zero</t></si><si><t>a&quot;b\\c\n\td</t></si><si><r><t>one</t></r><r><t>two</t></r></si></sst>';
  test.each(asText)('as text: %s', async (_name, cell, value) => {
    const { rows } = await read({ sheets: [header + row(cell)], sharedStrings });
    expect(rawOf(rows[0]!)).toEqual({ unique_offered: value });
    expect(rows[0]!.unique_offered).toBeNull();
  });

  const blank = [
    '',
    '<c r="B2"/>',
    '<c r="B2" s="1"/>',
    '<c r="B2"></c>',
    '<c r="B2"><v></v></c>',
    '<c r="B2"><v/></c>',
    '<c r="B2" t="str"><v></v></c>',
  ];
  test.each(blank)('blank: %s', async (cell) => {
    const { rows } = await read({ sheets: [header + row(`${cell}<c r="C2"><v>1</v></c>`)] });
    expect(rows[0]).toMatchObject({ unique_offered: null, offered: '1', raw: null });
    const { rows: none, ends } = await read({ sheets: [header + row(cell, '')] });
    expect(none).toEqual([]);
    expect(ends[0]).toMatchObject({ lastRow: 2, rowsBlank: 1 });
  });

  test('white space is kept to be told, but makes no row by itself', async () => {
    const cell = '<c r="B2" t="inlineStr"><is><t> \u00a0\u2003</t></is></c>';
    const { rows } = await read({ sheets: [header + row(`${cell}<c r="C2"><v>1</v></c>`)] });
    expect(rows[0]).toMatchObject({ unique_offered: null, offered: '1' });
    expect(rawOf(rows[0]!)).toEqual({ unique_offered: ' \u00a0\u2003' });
    const { rows: none } = await read({ sheets: [header + row(cell, '')] });
    expect(none).toEqual([]);
  });

  test('cells and rows without addresses are counted on', async () => {
    const xml = `<row>${loadHeader.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row><row/><row><c t="inlineStr"><is><t>01.05.2025 09:00:00</t></is></c><c><v>1</v></c><c/><c><v>3</v></c></row>`;
    const { rows, ends } = await read({ sheets: [xml] });
    expect(rows.map((found) => [found.row_number].concat(names.map((name) => found[name]!)))).toEqual([['3', '1', null, '3', null]]);
    expect(ends[0]).toEqual({ type: 'sheet_end', sheet: 1, lastRow: 3, rowsStaged: 1, rowsBlank: 1, rowsAboveHeader: 0 });
  });

  test('prefixed names are read like plain ones', async () => {
    const plain = `<worksheet xmlns="m"><dimension ref="A1:E3"/><sheetData>${header}${row('<c r="B2"><v>12</v></c>')}${loadRow(3)}</sheetData></worksheet>`;
    const prefixed = plain.replace(/<(\/?)(\w)/g, '<$1x:$2').replace('xmlns', 'xmlns:x');
    const [one, two] = await Promise.all([
      read({ sheets: [`<?xml version="1.0"?>${plain}`] }),
      read({ sheets: [`<?xml version="1.0"?>${prefixed}`] }),
    ]);
    expect(two).toEqual(one);
    expect(two.rows).toHaveLength(2);
    expect(two.sheets[0]!.rowsEstimate).toBe(2);
  });

  test('a sheet in UTF-16 with a mark, or in UTF-8 with one', async () => {
    const xml = `\ufeff<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData>${header}${row('<c r="B2" t="inlineStr"><is><t>Ж😀</t></is></c>')}</sheetData></worksheet>`;
    for (const bytes of [Buffer.from(xml, 'utf16le'), Buffer.from(xml, 'utf16le').swap16(), Buffer.from(xml)]) {
      expect(rawOf((await read({ sheets: [bytes] })).rows[0]!)).toEqual({ unique_offered: 'Ж😀' });
    }
  });

  test('long decimals that a program wrote for short ones are short again', async () => {
    const cells = argusReport.columns.map((column) => column.header);
    const values = cells
      .map((_, i) =>
        i === 0 ? '01.05.2025 09:00' : i === 1 ? 'Проект' : { xml: `<c r="${String.fromCharCode(65 + i)}2"><v>77.599999999999994</v></c>` },
      )
      .slice(0, 26);
    const { rows } = await read({ sheets: [rawRow(1, cells) + rawRow(2, values)] });
    expect(rows[0]).toMatchObject({ reported_service_level_pct: '77.6', source_name: 'Проект', offered: null });
    expect(rawOf(rows[0]!)).toMatchObject({ offered: '77.599999999999994' });
  });
});

describe('dates', () => {
  const date = (value: string, style = 5, type = 'n') => `<c r="A2" s="${style}" t="${type}"><v>${value}</v></c>`;
  const cases: [string, string, boolean, string | null][] = [
    ['a date cell', date('45778.375'), false, '2025-05-01 09:00:00'],
    ['rounded to the nearest second', date('45778.385416666664'), false, '2025-05-01 09:15:00'],
    ['just below midnight', date('45778.999999999'), false, '2025-05-02 00:00:00'],
    ['a day without a time', date('45778', 6), false, '2025-05-01 00:00:00'],
    ['counted from 1904', date('44316.375'), true, '2025-05-01 09:00:00'],
    ['an ISO date', date('2025-05-01T09:15:00.400', 0, 'd'), false, '2025-05-01 09:15:00'],
    ['an ISO date of UTC', date('2025-05-01T09:15:59.7Z', 0, 'd'), false, '2025-05-01 09:16:00'],
    ['an ISO date that does not exist', date('2025-02-30T09:15:00', 0, 'd'), false, null],
    ['a number that is shown as a number', date('45778.375', 3), false, null],
    ['the 29th of February 1900', date('60'), false, null],
    ['a negative date', date('-1'), false, null],
    ['a date after the year 9999', date('2958466'), false, null],
  ];
  test.each(cases)('%s', async (_name, cell, date1904, stamp) => {
    const { rows } = await read({ sheets: [header + row('<c r="B2"><v>1</v></c>', cell)], date1904 });
    expect(rows[0]!.period).toBe(stamp);
    expect('period' in rawOf(rows[0]!)).toBe(stamp === null);
  });

  const texts: [string, boolean][] = [
    ['01.05.2025 09:00:00', true],
    ['29.02.2024 23:59:59', true],
    ['29.02.2025 00:00:00', false],
    ['31.04.2025 00:00:00', false],
    ['00.05.2025 00:00:00', false],
    ['01.13.2025 00:00:00', false],
    ['01.05.2025 24:00:00', false],
    ['01.05.2025 09:60:00', false],
    ['01.05.2025 09:00:60', false],
    ['01.05.2025 09:00', false],
    [' 01.05.2025 09:00:00', false],
    ['01.05.0000 09:00:00', false],
    ['01/05/2025 09:00:00', false],
    ['2025-05-01 09:00:00', false],
    ['утро', false],
  ];
  test.each(texts)('the text “%s”: %s', async (text, good) => {
    const { rows } = await read({ sheets: [header + row('', `<c r="A2" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`)] });
    expect(rows[0]!.period === null).toBe(!good);
    expect(rawOf(rows[0]!).period).toBe(good ? undefined : text);
  });
});

test('a period with anything else in place of a digit or a sign is text', async () => {
  const good = '01.05.2025 09:15:30';
  const bad = Array.from({ length: good.length }, (_, at) => at)
    .flatMap((at) => ['x', '/', ':', ' '].map((letter) => good.slice(0, at) + letter + good.slice(at + 1)))
    .filter((text) => text !== good);
  const { rows } = await read({
    sheets: [
      header +
        bad.map((text, i) => rawRow(i + 2, [{ xml: `<c r="A${i + 2}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>` }, 1])).join(''),
    ],
  });
  expect(rows.map((found) => rawOf(found).period)).toEqual(bad);
});

describe('headers', () => {
  test('in any row of any sheet, in any order, hidden or not; other sheets are told about', async () => {
    const cells = loadHeader.toReversed();
    const sheet =
      rawRow(1, ['Отчет']) +
      rawRow(7, ['note', ...cells.map((text) => ` ${text.toUpperCase().replace(' ', '\u00a0 ')}`)]) +
      rawRow(8, ['n', 30, 300, 15, 10, '01.05.2025 09:00:00']);
    const { sheets, rows, warnings, ends } = await read({
      sheets: [rawRow(3, ['something', 'else']), '', sheet, header + loadRow(2)],
      names: ['Notes', 'Empty', 'Данные', 'More'],
    });
    expect(sheets.map((found) => [found.sheet, found.sheetName, found.headerRow])).toEqual([
      [3, 'Данные', 7],
      [4, 'More', 1],
    ]);
    expect(sheets[0]!.unknownColumns).toEqual(['note']);
    expect(sheets[0]!.title?.text).toBe('Отчет');
    expect(rows.map((found) => [found.sheet, found.row_number].concat(names.map((name) => found[name]!)))).toEqual([
      ['3', '8', '10', '15', '300', '30'],
      ['4', '2', '10', '15', '300', '30'],
    ]);
    expect(warnings.map((warning) => [warning.code, warning.sheet])).toEqual([
      ['unknown_columns', 3],
      ['sheet_ignored', 1],
    ]);
    expect(ends[0]).toMatchObject({ rowsAboveHeader: 6, rowsBlank: 0 });
  });

  const refused: [string, string, string, RegExp][] = [
    [
      'nothing of the kind',
      rawRow(1, ['Имя', 'Возраст']),
      '',
      /No sheet has a header row with “Период”, “CDO”.*“Start time”.*row 1 of “Sheet1”: “Имя”, “Возраст”/,
    ],
    ['an empty sheet', '', '', /All sheets are empty/],
    ['a missing column', rawRow(1, loadHeader.slice(0, 4)), '', /the column “Post-processing” is missing/],
    ['two missing columns', rawRow(1, loadHeader.slice(0, 3)), '', /the columns “Average talk time”, “Post-processing” are missing/],
    [
      'a missing column of the signature',
      rawRow(1, ['Start time', ...loadHeader.slice(2)]),
      '',
      /looks like the header .* but the column “Unique incoming” is missing/,
    ],
    ['a column twice', rawRow(1, [...loadHeader, 'start  TIME']), '', /“Start time” is there twice in row 1 .*: in A and in F/],
    ['another kind than asked for', header, 'argus_report', /of the kind argus_load .* but argus_report was asked for/],
    ['a header too far down', rawRow(201, loadHeader), '', /No sheet has a header row|All sheets are empty/],
  ];
  test.each(refused)('refused: %s', async (_name, sheet, kind, message) => {
    const error = await read({ sheets: [sheet] }, kind === '' ? {} : { kind }).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(WorkbookRefused);
    expect((error as WorkbookRefused).message).toMatch(message);
  });

  test('a preview ends early', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => loadRow(i + 2)).join('');
    const { rows } = await read({ sheets: [header + many] }, { previewRows: 20 });
    expect(rows).toHaveLength(20);
  });

  test('names keep every letter', async () => {
    const name = ' Про\\ект\t«24» \u00a0x\ny ';
    const cells = argusReport.columns.map((column) => column.header);
    const { rows } = await read({
      sheets: [
        rawRow(1, cells) + rawRow(2, ['01.05.2025 09:00', { xml: `<c r="B2" t="inlineStr"><is><t xml:space="preserve">${name}</t></is></c>` }, 5]),
      ],
    });
    expect(rows[0]).toMatchObject({ source_name: name, offered: '5' });
  });
});
