import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import { parseCopy, rawOf } from '../../../../test/fixtures/staged_rows.ts';
import { rawRow, writeRawWorkbook } from '../../../../test/fixtures/workbooks.ts';
import { argusReport, importKinds } from '../../statistics/imports.ts';
import { readWorkbook } from './read_workbook.ts';
import { stagingColumns } from './staging.ts';

const folder = mkdtempSync(join(tmpdir(), 'qh-copy-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const database = await testDatabase();

/** Every letter that COPY or JSON treats in a way of its own, and some that are long. */
const texts = [
  '\\',
  '\\N',
  '\\.',
  'a\tb',
  'a\nb',
  'a_x000D_b',
  '"',
  "'",
  '{}',
  'null',
  '\u007f',
  'ё😀語',
  '\\"\\\\"',
  'a\u2028b',
  ' x ',
  '_x0001_',
  '_x0000_',
  'x'.repeat(5000),
];

test('the database reads the lines as they are meant', async () => {
  const file = join(folder, 'copy.xlsx');
  const cell = (address: string, text: string) => ({
    xml: `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${text.replaceAll('&', '&amp;')}</t></is></c>`,
  });
  const rows = texts.map((text, i) =>
    rawRow(i + 2, [text === ' x ' ? 'x' : '01.05.2025 09:00', cell(`B${i + 2}`, text), cell(`C${i + 2}`, text), 7, 77.5]),
  );
  await writeRawWorkbook(file, {
    sheets: [
      rawRow(
        1,
        argusReport.columns.map((column) => column.header),
      ) + rows.join(''),
    ],
  });
  const copies: Buffer[] = [];
  for await (const event of readWorkbook(file, { kinds: importKinds })) if (event.type === 'rows') copies.push(event.copy);
  const staged = copies.flatMap((copy) => parseCopy(copy, argusReport));
  const found = await database.inTransaction(async (tx) => {
    const columns = stagingColumns(argusReport).map(({ name, type }) => `${name} ${type}`);
    await tx.query(`create temp table staged_rows (${columns.join(', ')})`);
    await pipeline(Readable.from(copies), tx.client.query(copyFrom('copy pg_temp.staged_rows from stdin')));
    return tx.query<Record<string, unknown>>(
      "select row_number, period::text, source_name, raw ->> 'offered' as offered, handled, reported_handled_pct::text as pct from pg_temp.staged_rows order by row_number",
    );
  });
  const decoded = texts.map((text) => text.replace('_x000D_', '\r'));
  expect(found.map((row) => row.source_name)).toEqual(decoded);
  expect(found.map((row) => row.offered)).toEqual(decoded);
  expect(found.map((row) => [row.row_number, row.period, row.handled, row.pct])).toEqual(
    texts.map((text, i) => [i + 2, text === ' x ' ? null : '2025-05-01 09:00:00', 7, '77.5']),
  );
  expect(staged.map((row) => [row.source_name, rawOf(row).offered])).toEqual(found.map((row) => [row.source_name, row.offered]));
});
