import { beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { createLog } from '../log/log.ts';
import { evaluate, type Rule } from './rules.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

const rule = (measure: string): Rule => ({
  name: 'test.rule',
  says: 'It holds.',
  measure,
  warning: 5,
  critical: 10,
  worse: 'above',
  unit: 'rows',
  advice: 'Do something.',
  fix: 'qh maintain',
});
const results = (...rules: Rule[]) => evaluate(rules, database.db, createLog({ level: 'silent', readable: false }));

test('a value is ok below the warning, and warning or critical from the threshold on', async () => {
  const above = [4, 5, 9, 10].map((value) => rule(`select ${value}, ''`));
  const below = [96, 95, 90].map((value): Rule => ({ ...rule(`select ${value}, ''`), warning: 95, critical: 90, worse: 'below' }));
  expect((await results(...above)).map(({ severity }) => severity)).toEqual(['ok', 'warning', 'warning', 'critical']);
  expect((await results(...below)).map(({ severity }) => severity)).toEqual(['ok', 'warning', 'critical']);
});

test('advice comes only with a broken rule', async () => {
  const [fine, broken] = await results(rule(`select 1 as value, 'one' as evidence`), rule(`select 12 as value, 'twelve' as evidence`));
  expect(fine).toMatchObject({ severity: 'ok', value: 1, evidence: 'one', advice: null, fix: null });
  expect(broken).toMatchObject({ severity: 'critical', value: 12, advice: 'Do something.', fix: 'qh maintain' });
});

test('what cannot be known is skipped, never ok', async () => {
  const found = await results(
    rule('select 1 as value where false'),
    rule(`select null::int as value, 'not installed' as evidence`),
    rule('select no_such_column from no_such_table'),
  );
  expect(found.map((result) => result.severity)).toEqual(['skipped', 'skipped', 'skipped']);
  expect(found[1]?.evidence).toBe('not installed');
});

test('a measurement that knows what repairs it says so, and one that would write is refused', async () => {
  const found = await results(
    rule(`select 12, 'twelve', 'vacuum t'`),
    rule(`insert into platform.settings (name, value, updated_at) values ('x', '1', now()) returning 1, 'written'`),
  );
  expect(found.map(({ severity, fix }) => [severity, fix])).toEqual([
    ['critical', 'vacuum t'],
    ['skipped', null],
  ]);
  expect(await database.db.query(`select from platform.settings where name = 'x'`)).toEqual([]);
});
