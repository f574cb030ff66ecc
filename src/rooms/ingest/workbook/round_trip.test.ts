import { createWriteStream, mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readXlsx, streamXlsxRows } from 'hucre/xlsx';
import { afterAll, describe, expect, test } from 'vitest';
import { collectFile, rawOf } from '../../../../test/fixtures/staged_rows.ts';
import { reportIntervals, type ReportWorkbook, writeReportWorkbook } from '../../../../test/fixtures/workbooks.ts';
import type { Table, TableRow } from '../../../platform/sheets/table.ts';
import { writeXlsx } from '../../../platform/sheets/write_xlsx.ts';
import { argusLoad } from '../../statistics/imports.ts';

/** What we write, we read again with every value as it was; a library reads it too. */

const folder = mkdtempSync(join(tmpdir(), 'qh-round-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const file = join(folder, 'round.xlsx');
const write = (tables: Table[]) => pipeline(Readable.from(writeXlsx(tables)), createWriteStream(file));

const loadTable = (rows: Iterable<TableRow>): Table => ({
  name: 'Нагрузка',
  columns: argusLoad.columns.map((column, i) => ({ header: column.header, type: i === 0 ? ('datetime' as const) : ('integer' as const) })),
  rows,
});

describe('exports', () => {
  test('a template with rows comes back typed', async () => {
    await write([
      loadTable([
        ['2025-05-01 09:15:00', 10, 15n, '300', 30],
        [new Date('2025-05-01T09:30:00Z'), 0, 0, null, -1],
      ]),
    ]);
    const { rows, sheets } = await collectFile(file);
    expect(sheets[0]).toMatchObject({ kind: 'argus_load', sheetName: 'Нагрузка', unknownColumns: [] });
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['1', '2', '2025-05-01 09:15:00', null, '10', '15', '300', '30', null],
      ['1', '3', '2025-05-01 09:30:00', null, '0', '0', null, '-1', null],
    ]);
  });

  test('text that looks like a formula keeps its value and is no formula', async () => {
    const texts = ['=1+1', '+7 900', '-x', '@SUM(A1)', '\tx', '\rx', ' plain ', 'a\u0001b', '_x0041_', '<&">', 'строка\nдва', '😀', '\ud800'];
    const table = {
      ...loadTable([]),
      columns: [...loadTable([]).columns.slice(0, 4), { header: 'Post-processing', type: 'text' as const }],
      rows: texts.map((text) => ['2025-05-01', 1, 1, 1, text]),
    };
    await write([table]);
    const { rows } = await collectFile(file);
    const expected = texts.map((text) => (text === 'a\u0001b' ? 'a_x0001_b' : text.toWellFormed()));
    expect(rows.map((row) => rawOf(row).wrap_avg_seconds)).toEqual(expected);
    const book = await readXlsx(await readFile(file), { includeFormulas: true } as object);
    expect(JSON.stringify(book)).not.toContain('"formula"');
  });

  test('a library reads the types', async () => {
    const columns = [
      { header: 'Очередь', type: 'text' as const, width: 40 },
      { header: 'SL', type: 'percent' as const },
      { header: 'Среднее', type: 'decimal' as const },
      { header: 'День', type: 'date' as const },
      { header: 'Да', type: 'text' as const },
    ];
    await write([
      { name: 'a/b:c', columns, rows: [['ВТМ', 77.6, 192.2425, '2025-05-01', true]] },
      { name: 'A B C', columns, rows: [] },
    ]);
    const book = await readXlsx(await readFile(file));
    expect(book.sheets.map((sheet) => sheet.name)).toEqual(['a b c', 'A B C (2)']);
    const [header, row] = book.sheets[0]!.rows;
    expect(header).toEqual(['Очередь', 'SL', 'Среднее', 'День', 'Да']);
    expect(row!.slice(0, 3)).toEqual(['ВТМ', 77.6, 192.2425]);
    expect(new Date(row![3] as Date).toISOString().slice(0, 10)).toBe('2025-05-01');
    expect(row![4]).toBe(true);
  });

  test('a table longer than a sheet goes on in the next one, in little memory', async () => {
    const rows = 1_048_576 + 10;
    async function* many() {
      for (let i = 0; i < rows; i++) yield [i];
    }
    const before = process.memoryUsage().rss;
    let most = 0;
    await pipeline(
      Readable.from(writeXlsx([{ name: 'Log', columns: [{ header: 'n', type: 'integer' }], rows: many() }])),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          most = Math.max(most, process.memoryUsage().rss - before);
          yield chunk;
        }
      },
      createWriteStream(file),
    );
    expect(most / 1024 ** 2).toBeLessThan(200);
    let count = 0;
    let last: unknown;
    for await (const row of streamXlsxRows(await readFile(file), { sheet: 1 })) {
      count++;
      last = row.values[0];
    }
    // The first sheet holds its header and all rows that fit.
    expect([count, last]).toEqual([rows - 1_048_575 + 1, rows - 1]);
  });

  test('a reader that goes away releases the source of rows', async () => {
    let released = false;
    function* rows() {
      try {
        for (;;) yield ['x'.repeat(1000)];
      } finally {
        released = true;
      }
    }
    for await (const chunk of writeXlsx([{ name: 'x', columns: [{ header: 'x', type: 'text' }], rows: rows() }])) if (chunk.length > 100) break;
    expect(released).toBe(true);
  });
});

describe('made reports', () => {
  const forms: ReportWorkbook[] = [
    { layout: 'A27', title: true, totals: true },
    { layout: 'A26', text: 'shared', headerRow: 5 },
    { layout: 'A27', text: 'plain', trueDates: true, intervalMinutes: 60 },
    { layout: 'A26', textNumber: (row, column) => (row + column) % 3 === 0, intervalMinutes: 30, totals: true },
    {
      layout: 'A27',
      columns: [
        'offered',
        'period',
        'handled',
        'source_name',
        'reported_handled_pct',
        'reported_handled_less_short_abandons_pct',
        'answered_in_threshold',
        'reported_service_level_pct',
        'reported_service_level_of_handled_pct',
        'abandoned',
        'abandoned_in_5s',
        'reported_abandonment_pct',
        'failed',
        'talk_seconds',
        'outbound_talk_seconds',
        'hold_seconds',
        'reported_handle_seconds',
        'reported_aht_seconds',
        'wrap_seconds',
        'reported_handle_and_wrap_seconds',
        'reported_aht_with_wrap_seconds',
        'wait_handled_seconds',
        'reported_wait_handled_avg_seconds',
        'max_wait_handled_seconds',
        'wait_abandoned_seconds',
        'reported_wait_abandoned_avg_seconds',
        'max_wait_abandoned_seconds',
      ],
    },
    { layout: 'A-E', text: 'shared' },
    { layout: 'A-E', trueDates: true },
  ];
  test.each(forms)('%o', async (form) => {
    const options = { ...form, days: 3, callsPerDay: 3000 };
    await writeReportWorkbook(file, options);
    const { rows, sheets, ends } = await collectFile(file);
    const { intervals, names } = reportIntervals(options);
    const data = form.totals ? rows.slice(0, -1) : rows;
    let at = 0;
    for (const interval of intervals) {
      const row = data[at++]!;
      const value = (name: string) => row[name] ?? rawOf(row)[name] ?? null;
      expect({ at, period: row.period, name: row.source_name, offered: value('offered') }).toEqual({
        at,
        period: new Date(interval.time).toISOString().slice(0, 19).replace('T', ' '),
        name: (form.layout ?? 'A27') === 'A27' ? names[interval.source] : null,
        offered: String(interval.offered),
      });
      if (form.layout === 'A-E') continue;
      const number = (name: string) => Number(value(name));
      expect(number('handled') + number('abandoned')).toBe(interval.offered);
      expect(number('talk_seconds') + number('outbound_talk_seconds') + number('hold_seconds')).toBe(number('reported_handle_seconds'));
      expect(value('reported_wait_abandoned_avg_seconds') === null).toBe(interval.abandoned === 0);
    }
    expect(at).toBe(data.length);
    expect(ends[0]!.rowsBlank).toBe(0);
    expect(sheets[0]!.headerRow).toBe(form.headerRow ?? (form.title ? 3 : 1));
    if (form.title === true) expect(sheets[0]!.title).toMatchObject({ from: '2025-03-01', utcOffsetMinutes: 300 });
  });
});
