import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { rowsOf } from './cursor.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('a cursor gives every row once, in order, as lists of values, and is gone at the end', async () => {
  for (const count of [0, 1, 249, 250, 251, 1000]) {
    const seen = await database.db.transaction(async (tx) => {
      const rows: unknown[] = [];
      const statement = { text: `select i::text as n, $2::text from generate_series(1, $1::int) i order by i`, values: [count, 'x'] };
      for await (const batch of rowsOf(tx, statement)) rows.push(...batch);
      expect(await tx.query('select name from pg_cursors')).toEqual([]);
      return rows;
    });
    expect(seen).toEqual(Array.from({ length: count }, (_, at) => [String(at + 1), 'x']));
  }
});

test('whoever stops early can go on with the transaction', async () => {
  await database.db.transaction(async (tx) => {
    for await (const batch of rowsOf(tx, { text: 'select n::text from generate_series(1, 5000) n', values: [] })) {
      expect(batch[0]).toEqual(['1']);
      break;
    }
    for await (const batch of rowsOf(tx, { text: `select 'second'`, values: [] })) expect(batch).toEqual([['second']]);
  });
});

test('ten times the rows through a cursor into a workbook take no more memory', async () => {
  const script = path.join(import.meta.dirname, '../../../test/fixtures/write_rows_process.ts');
  const peak = async (rows: number) => {
    const run = promisify(execFile)(process.execPath, ['--max-semi-space-size=4', script, database.url('server'), String(rows)]);
    return Number((await run).stdout);
  };
  // What is dead floats until the heap is collected, which is at most so much; the rows themselves would be 400 MiB.
  const few = await peak(50_000);
  expect((await peak(500_000)) - few).toBeLessThan(60);
});
