import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';

/** The text of a statement is shown to people who may not see data: no value of it may stand there. */

const database = await testDatabase();
const { owner } = database;
const shown = async (statement: string) => (await owner.query<{ text: string }>('select quality.without_literals($1) as text', [statement]))[0]!.text;

test.each([
  ['select a.b, "C d" from t1 a where x = $1 and y >= $2::int', 'select a.b, "C d" from t1 a where x = $1 and y >= $2::int'],
  ["select 'Ivanov', 'it''s', 42, 1.5, .5, 0x1F, a1 from t", 'select ?, ?, ?, ?, ?, ?, a1 from t'],
  [String.raw`select E'a\'Ivanov' || 'b\', x`, 'select ? || ?, x'],
  ["select date '2025-01-24', e->>'phone', N'x', U&'x'", 'select date ?, e->>?, N?, U&?'],
  ["set local application_name = 'Ivanov'", 'set local application_name = ?'],
  ['SET my.word TO Ivanov, Petrov', 'SET my.word TO ?'],
  ["create role r password 'secret' -- Ivanov\nvalid until '2030-01-01'", 'create role r password ?  \nvalid until ?'],
  ["do $$ begin perform 'Ivanov'; end $$ language plpgsql", 'do ?'],
  ["do $body$ begin perform 'Ivanov'; end $body$", 'do ?'],
  ["select /* Ivanov's */ 'a' /* b */, c", 'select   ?  , c'],
  ["select /* a /* b */ Ivanov ' */ 'c'", 'select  '],
  ["select 'Ivanov was cut", 'select ?'],
  [String.raw`select E'Ivanov was cut\ `.trim(), 'select ?'],
  ['select "Column was cut', 'select "Column was cut'],
  ['select /* Ivanov was cut', 'select  '],
  ["select 'Иванов', ф.имя from ф where \"it's\" = 'Ivanov'", 'select ?, ф.имя from ф where "it\'s" = ?'],
  ['', null],
])('%s', async (statement, expected) => {
  expect(await shown(statement)).toBe(expected);
});

test('whatever a value is, it is not shown, and what was shown once stays as it is', async () => {
  const alphabet = ["'", '"', '\\', '$', '-', '/', '*', ' ', 'q', '7', '\n'];
  const values = Array.from({ length: 400 }, (_, n) =>
    Array.from({ length: 6 }, (_, k) => alphabet[(n * (k + 3) + k * k * 7 + (n >> k)) % 11]).join(''),
  );
  const rows = await owner.query<{ plain: string; again: string; value: string }>(
    `select v.value, quality.without_literals(s.text) as plain, quality.without_literals(quality.without_literals(s.text)) as again
     from unnest($1::text[]) as v (value) cross join lateral (select format('select %L as a, %s as "b"', 'Ivanov' || v.value || 'Ivanov', 'c') as text) s`,
    [values],
  );
  expect(rows.length).toBe(400);
  for (const { plain, again, value } of rows) {
    expect([value, plain.trim()]).toEqual([value, expect.stringMatching(/^select {1,2}\? as a, c as "b"$/)]);
    expect(again).toBe(plain);
  }
});

test('no value of a utility statement is told by what reads pg_stat_statements, at once or from what was kept', async () => {
  await owner.query("set my.word = 'Ivanov'");
  await owner.query("do $$ begin perform pg_sleep(0.3), 'Ivanov'; end $$");
  await owner.query("create table quality.kept (name text default 'Ivanov')");
  const [raw] = await owner.query<{ count: number }>("select count(*)::int from quality.statements() s where s.query like 'do $$%Ivanov%'");
  expect(raw).toEqual({ count: 1 });
  await owner.query('select quality.take_snapshot()');
  await owner.query('select quality.take_statement_sample(platform.now())');
  await owner.query('select * from quality.write_digest()');
  const told = {
    analyze: await owner.query('select * from api.analyze_query_performance()'),
    kept: await owner.query('select statements from quality.snapshots'),
    samples: await owner.query('select statement from quality.statement_samples'),
    digests: await owner.query('select content from quality.digests'),
  };
  for (const [name, rows] of Object.entries(told)) {
    expect(JSON.stringify(rows), name).toContain('do ?');
    expect(JSON.stringify(rows), name).not.toContain('Ivanov');
  }
  // A week and samples that were kept before values were hidden.
  await owner.query(
    `insert into quality.digests (period_start, period_end, made_at, content)
     values ('2025-01-01', '2025-01-08', '2025-01-08', '{"errors": {}, "slow_statements": [{"query": "select ''Ivanov''", "calls": 2}, {"query": "select $1", "calls": 1}]}')`,
  );
  const [former] = await database.api.query<{ content: unknown }>(`select content from api.digests() where period_start = '2025-01-01'`);
  expect(former!.content).toEqual({
    errors: {},
    slow_statements: [
      { query: 'select ?', calls: 2 },
      { query: 'select $1', calls: 1 },
    ],
  });
  await owner.query(
    `insert into quality.statement_samples (sampled_at, statement_id, statement, calls, total_ms, square_ms, rows, blocks_hit, blocks_read)
     values (platform.now() + interval '1 minute', 'old', $1, 20, 1e9, 1e9, 0, 0, 0)`,
    ["select 'Ivanov'"],
  );
  const figures = await owner.query<{ query: string }>(`select query from quality.statement_figures(platform.now() - interval '1 hour')`);
  expect(figures.map(({ query }) => query)).toContain('select ?');
  expect(JSON.stringify(figures)).not.toContain('Ivanov');
});
