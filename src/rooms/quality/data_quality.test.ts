import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { jobDoer } from '../../platform/jobs/jobs.ts';
import type { TableCheck } from './data_check.ts';
import { penalties } from './data_rule.ts';
import { checkData } from './data_jobs.ts';
import { dataTables } from './data_tables.ts';

let qh: TestSystem;
let oneService: string;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  oneService = (await qh.system.keys.create({ name: 'one service', role: 'planner', created_by: 'test', service_ids: [2] })).key;
});
afterAll(() => qh.close());

const march = 'start_date=2025-03-03T00:00:00Z&end_date=2025-03-05T00:00:00Z';
const check = async (table: string, more = march, key?: string) => {
  const { status, body } = await qh.get(`/api/v1/db/database/validation/${table}?${more}`, key);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as TableCheck;
};
const brokenRules = ({ issues_found: issues }: TableCheck) => Object.fromEntries(issues.map(({ rule, count }) => [rule.split('.')[1], count]));

describe('the rules', () => {
  test('bear names of their table, are there once, and cover the five kinds', () => {
    const rules = dataTables.flatMap(({ table, rules: own }) => own.map((rule) => ({ table, ...rule })));
    expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
    expect(rules.filter(({ table, rule }) => !rule.startsWith(`${table}.`))).toEqual([]);
    expect(new Set(rules.map(({ check: kind }) => kind)).size).toBe(5);
  });

  test('each runs on its view, unless the view is not there yet', async () => {
    for (const { table } of dataTables) {
      const { skipped } = await check(table, '');
      expect(skipped.filter(({ reason }) => !reason.startsWith('There is no'))).toEqual([]);
    }
  });
});

describe('a score', () => {
  test('is 100 less the penalties of the broken rules: counted by hand on the small data', async () => {
    const found = await check('contact_statistics');
    // 8:15 of the SUPPORT total: 150 + 40 ≠ 190 holds; LINE_1 8:15: 80 + 20 = 100; 8:30: 5 = 5. Only source 4 is not mapped.
    expect(brokenRules(found)).toEqual({ source_mapped: 1 });
    expect(found.quality_score).toBe(90);
    expect(found.statistics).toMatchObject({ rows_checked: 15, penalty_sum: 10, rules_skipped: 0, start_date: '2025-03-03T00:00:00.000Z' });
    const [issue] = found.issues_found;
    expect(issue).toMatchObject({ type: 'unmapped_source', field: 'source_name', severity: 'medium', penalty: penalties.medium, share_pct: 6.67 });
    expect(found.recommendations).toEqual([issue!.recommendation]);
  });

  test('is null where nothing could be measured, and the reason is told', async () => {
    const found = await check('contact_statistics', `${march}&validation_rules=timeliness`);
    expect(found.statistics.rules_checked).toBe(1);
    expect(found.quality_score).toBe(100);
    const empty = await check('contact_statistics', 'start_date=2025-01-01&end_date=2025-01-05');
    expect(empty).toMatchObject({ quality_score: null, issues_found: [], statistics: { rows_checked: 0, rules_checked: 0 } });
    expect(new Set(empty.skipped.map(({ reason }) => reason))).toEqual(new Set(['There is no row in the period.']));
    expect(empty.skipped.map(({ rule }) => rule)).toEqual(dataTables[0]!.rules.map(({ rule }) => rule));
  });
});

test('a finding comes with examples and with SQL that anybody can run', async () => {
  const found = await check('contact_statistics');
  const [issue] = found.issues_found;
  const rows = await qh.test.db.query<Record<string, unknown>>(issue!.query);
  expect(rows).toHaveLength(1);
  expect(issue!.examples).toMatchObject([{ service_id: 1, source_id: 4, source_name: 'New name', group_id: -1 }]);
  const drill = await qh.get(`/api/v1/quality/data_rows?rule=contact_statistics.source_mapped&${march}&row_limit=1`);
  expect(drill.body).toMatchObject({ query: issue!.query, rows: issue!.examples, has_more: false });
});

test('missing days, overlaps and stale services are found', async () => {
  await qh.test.owner.query(`
    insert into statistics.contact_statistics (service_id, source_id, interval_start_time, interval_minutes, offered, batch_id, created_at, updated_at)
    select 2, 7, m.moment, m.minutes, 1, gen_random_uuid(), platform.now(), platform.now()
    from (values ('2025-05-01 10:00Z'::timestamptz, 60::smallint), ('2025-05-01 10:15Z', 15::smallint), ('2025-05-04 10:00Z', 15::smallint)) m (moment, minutes)`);
  const found = await check('contact_statistics', 'start_date=2025-05-01T00:00:00Z&end_date=2025-05-09T00:00:00Z');
  // SUPPORT ended in March, SALES on the 4th of May.
  expect(brokenRules(found)).toMatchObject({ no_overlap: 1, no_gaps: 2, fresh: 2 });
  const days = found.issues_found.find(({ rule }) => rule === 'contact_statistics.no_gaps')!.examples.map(({ day }) => day);
  expect(days).toEqual(['2025-05-02', '2025-05-03']);
  // critical 30, high 20, medium 10
  expect(found.quality_score).toBe(40);
});

test('a service that has no figures in the whole period, but had some before, is stale', async () => {
  const found = await check('contact_statistics', 'start_date=2025-06-01&end_date=2025-07-01&validation_rules=timeliness');
  expect(found.issues_found).toMatchObject([
    {
      rule: 'contact_statistics.fresh',
      examples: [
        { service_code: 'SUPPORT', newest_interval: null },
        { service_code: 'SALES', newest_interval: null },
      ],
    },
  ]);
  expect(found.quality_score).toBe(90);
  // Figures of yesterday are fresh, also where the period begins today.
  const today = await check('contact_statistics', 'start_date=2025-05-05&end_date=2025-05-06&validation_rules=timeliness');
  expect(today.issues_found.flatMap(({ examples }) => examples)).toMatchObject([{ service_code: 'SUPPORT' }]);
});

describe('what is asked for', () => {
  test('validation_rules chooses kinds, types or single rules; an unknown one is refused by name', async () => {
    expect((await check('contact_statistics', `${march}&validation_rules=uniqueness`)).statistics.rules_checked).toBe(1);
    expect((await check('contact_statistics', `${march}&validation_rules=contact_statistics.fresh, accuracy`)).statistics.rules_checked).toBe(4);
    const refused = await qh.get('/api/v1/db/database/validation/contact_statistics?validation_rules=nonsense');
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'validation_rules', value: 'nonsense' }] } });
  });

  test('only declared tables are there, whatever the name holds', async () => {
    for (const name of ['users', 'platform.users', 'contact_statistics t; drop table x', "contact_statistics'--"]) {
      const answer = await qh.get(`/api/v1/db/database/validation/${encodeURIComponent(name)}`);
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([404, 'not_found']);
    }
  });

  test('dates are days or moments, UTC without an offset; anything else is refused', async () => {
    const { statistics } = await check('contact_statistics', 'start_date=2025-03-03&end_date=2025-03-04T12:00');
    expect(statistics).toMatchObject({ start_date: '2025-03-03T00:00:00.000Z', end_date: '2025-03-04T12:00:00.000Z' });
    for (const wrong of ['yesterday', '2025-02-30', '03.03.2025', "2025-03-03'; drop table x"])
      expect(await qh.get(`/api/v1/db/database/validation/services?start_date=${encodeURIComponent(wrong)}`)).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'start_date' }] },
      });
  });

  test('a period that ends before it begins is refused', async () => {
    const answer = await qh.get('/api/v1/db/database/validation/services?start_date=2025-03-05T00:00:00Z&end_date=2025-03-03T00:00:00Z');
    expect(answer.status).toBe(400);
  });
});

describe('a run', () => {
  const run = (body: object, key?: string) => qh.send('POST', '/api/v1/db/database/validation/run-checks', body, key);

  test('checks the tables and kinds asked for, gives the mean, and is kept', async () => {
    const parameters = { start_date: '2025-03-03T00:00:00Z', end_date: '2025-03-05T00:00:00Z' };
    const { status, body } = await run({ tables: ['contact_statistics', 'services'], check_types: ['completeness'], parameters });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      results: { contact_statistics: { quality_score: 90 }, services: { quality_score: 100 } },
      overall_quality_score: 95,
      tables_checked: ['contact_statistics', 'services'],
      check_types: ['completeness'],
    });
    const { body: scores } = await qh.get('/api/v1/quality/data_scores');
    expect(scores).toMatchObject([
      { table_name: 'contact_statistics', quality_score: 90, trigger: 'demand', issue_count: 1 },
      { table_name: 'services' },
    ]);
    expect(await run({ tables: ['users'] })).toMatchObject({ status: 404 });
  });

  test('without kinds it checks completeness, consistency and accuracy, as seed 002 says', async () => {
    expect((await run({ tables: ['services'] })).body).toMatchObject({ check_types: ['completeness', 'consistency', 'accuracy'] });
  });

  test('of a caller who sees one service holds for this service, and only such callers find it', async () => {
    const before = ((await qh.get('/api/v1/quality/data_history')).body as { items: unknown[] }).items.length;
    expect((await run({ tables: ['services'] }, oneService)).status).toBe(200);
    const own = (await qh.get('/api/v1/quality/data_history', oneService)).body as { items: unknown[] };
    expect(own.items).toHaveLength(1);
    expect(((await qh.get('/api/v1/quality/data_history')).body as { items: unknown[] }).items).toHaveLength(before);
  });

  test('of the schedule checks everything', async () => {
    const { db, log, config, jobs } = qh.system;
    await checkData.run({}, { db, log, config, jobs, signal: AbortSignal.timeout(60_000), doer: jobDoer(checkData.name) });
    const { body } = await qh.get('/api/v1/quality/data_scores');
    expect((body as { table_name: string; trigger: string }[]).map(({ table_name, trigger }) => `${table_name} ${trigger}`).toSorted()).toEqual(
      dataTables.map(({ table }) => `${table} schedule`).toSorted(),
    );
  });
});
