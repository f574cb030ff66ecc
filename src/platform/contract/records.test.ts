import fc from 'fast-check';
import Type from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { callSql } from './call.ts';
import { defineOperation } from './operation.ts';
import { recordWriter } from './records.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** The rows of a select as they are written here, and as PostgreSQL writes them. */
async function both(select: string, values: unknown[] = []): Promise<{ ours: string[]; theirs: string[] }> {
  const write = recordWriter(await database.db.columns(select, values));
  const [row] = await database.db.query<{ records: string; items: string[] }>(
    `select string_agg(t::text, ',') as records, array_agg(to_json(t)::text) as items from (${select}) t`,
    values,
  );
  return { ours: write!(row!.records), theirs: row!.items };
}

describe('records as JSON are what to_json() writes', () => {
  test.each([
    ['int2', '0', '-32768', '32767'],
    ['int4', '0', '-2147483648', '7'],
    ['int8', '9223372036854775807', '-1'],
    ['float4', '0.1', '-0', '1e-7', 'NaN', 'Infinity', '-Infinity'],
    ['float8', '0.1', '81.81818181818181', '1e300', '-0', 'NaN', 'Infinity', '-Infinity'],
    ['numeric', '80.00', '-0.5', '12345678901234567890.123456789', 'NaN', 'Infinity', '-Infinity'],
    ['bool', 'true', 'false'],
    [
      'text',
      '',
      ' ',
      'a',
      'null',
      'Ёлка «да»',
      'ñ',
      '😀',
      '"',
      '\\',
      '\\"',
      '""',
      '(a,b)',
      ',',
      ')',
      'a\nb\tc\r\u0008\u000c',
      '\u0001\u001f\u007f',
      '\u2028',
      '</script>',
    ],
    ['varchar', '', 'a "b"'],
    ['char(4)', 'a', ''],
    ['name', 'a b'],
    ['uuid', '6f1c2a34-9d1e-4b57-8c7a-0123456789ab'],
    ['date', '2025-03-01', '0044-03-15 BC', '20250-01-01', 'infinity', '-infinity'],
    ['timestamp', '2025-03-01 12:30', '2025-03-01 12:30:00.000001', '0044-03-15 00:00 BC', 'infinity'],
    ['timestamptz', '2025-03-01 12:30+03', '2025-03-01 12:30:00.123456Z', '0044-03-15 00:00Z BC', '20250-01-01Z', '-infinity'],
    ['json', 'null', '{"a" : [1, "x"]}', '"\\u00e9"'],
    ['jsonb', 'null', '{"a": [1, "x"], "b": "c\\"d\\\\e"}'],
  ])('%s', async (type, ...texts) => {
    const values = [...texts, null];
    const { ours, theirs } = await both(`select v.value::text::${type} as value, v.at from unnest($1::text[]) with ordinality v (value, at)`, [
      values,
    ]);
    expect(ours).toEqual(theirs);
    expect(ours).toHaveLength(values.length);
  });

  test('for any texts and numbers, beside each other', async () => {
    const value = fc
      .oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('"', '""', '\\', ',', '(', ')', '', '),('))
      .map((text) => text.replaceAll('\0', ''));
    const row = fc.tuple(
      fc.option(value),
      fc.option(fc.integer()),
      fc.option(value),
      fc.option(fc.double({ noDefaultInfinity: true, noNaN: true })),
      fc.option(value),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const select = `select * from jsonb_to_recordset($1::jsonb) as t (a text, b int, "ключ ""с"" кавычками" text, d float8, e text)`;
        const objects = rows.map(([a, b, c, d, e]) => ({ a, b, 'ключ "с" кавычками': c, d, e }));
        const { ours, theirs } = await both(select, [JSON.stringify(objects)]);
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 100 },
    );
  });
});

test('a type that is not known here is left to PostgreSQL, and so is an empty row', async () => {
  for (const value of [`array[1, 2]`, `'{"(1,2)"}'::point[]`, `interval '1 day'`, `row(1, 2)`])
    expect(recordWriter(await database.db.columns(`select 1 as a, ${value} as b`))).toBeNull();
  expect(recordWriter([])).toBeNull();
});

test('columns are told without running the statement', async () => {
  const columns = await database.db.columns(`select 1 / (random()::int * $1::int) as a, now() as b`, [0]);
  expect(columns.map(({ name }) => name)).toEqual(['a', 'b']);
  await expect(database.db.columns('select * from nowhere')).rejects.toThrow('nowhere');
});

test('where a function was replaced meanwhile, its new columns are answered', async () => {
  const list = defineOperation({
    name: 'platform.replaced',
    summary: 'List',
    scope: null,
    method: 'GET',
    path: '/replaced',
    input: Type.Object({}),
    output: Type.Object({}),
    result: 'list',
    key: ['id'],
    sql: 'api.replaced',
    examples: [],
  });
  const replace = (columns: string, values: string) =>
    database.owner.query(`drop function if exists api.replaced();
      create function api.replaced() returns table (${columns}) language sql stable as $$ values ${values} $$; grant execute on function api.replaced() to public`);
  const page = async (limit?: number) => JSON.parse(await callSql(list, { limit }, database.db)) as { items: unknown[]; next_cursor: string | null };
  await replace('id int, name text', `(1, 'a'), (2, 'b')`);
  expect(await page()).toEqual({
    items: [
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ],
    next_cursor: null,
  });
  await replace('name text, id int', `('a', 1), ('b', 2)`);
  expect(await page()).toEqual({
    items: [
      { name: 'a', id: 1 },
      { name: 'b', id: 2 },
    ],
    next_cursor: null,
  });
  const first = await page(1);
  expect(first.items).toEqual([{ name: 'a', id: 1 }]);
  expect(JSON.parse(await callSql(list, { limit: 1, cursor: first.next_cursor }, database.db))).toEqual({
    items: [{ name: 'b', id: 2 }],
    next_cursor: null,
  });
  await database.owner.query('drop function api.replaced()');
});

test('records that do not fit the columns end, whatever they hold', () => {
  const write = recordWriter([
    { name: 'a', type: 25 },
    { name: 'b', type: 20 },
  ])!;
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('(', ')', ',', '"', '\\', 'a', '1') }), (records) => write(records).length <= records.length),
  );
});
