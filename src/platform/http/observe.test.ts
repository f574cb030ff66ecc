import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { openPool, type Statement } from '../db/pool.ts';
import { createLog } from '../log/log.ts';
import { SlowStatements } from '../slow/slow.ts';
import { Usage } from '../usage/usage.ts';

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
});
afterAll(() => qh.close());

const figures = async () => (await qh.get('/metrics', null)).body as string;

test('rate, errors and duration are counted per operation', async () => {
  await qh.get('/api/v1/org/services');
  await qh.get('/api/v1/org/services?no_such_field=1');
  const text = await figures();
  expect(text).toContain('qh_operation_duration_seconds_count{operation="org.services",status="2xx"} 1');
  expect(text).toContain('qh_operation_errors_total{operation="org.services",status="400"} 1');
});

test('pool, jobs, imports and checks have figures', async () => {
  const text = await figures();
  for (const name of [
    'qh_pool_connections{state="waiting"} 0',
    'qh_database_up 1',
    'qh_check_severity{check="statistics.refresh_lag"}',
    'qh_jobs{job=',
    '# TYPE qh_imports gauge',
  ])
    expect(text).toContain(name);
});

test('posted events and the rows of intervals that they wrote are counted', async () => {
  const value = async (name: string, change: string) => {
    const line = (await figures()).split('\n').find((text) => text.startsWith(`${name}{change="${change}"} `));
    return Number(line?.split(' ').at(-1));
  };
  const wanted = [
    ['qh_event_posts_total', 'inserted', 1],
    ['qh_event_interval_rows_total', 'inserted', 3],
    ['qh_event_interval_rows_total', 'updated', 0],
  ] as const;
  // PostgreSQL tells its counters about once a second: those of the rows that the store was filled with may still be under way.
  const rows = (await qh.test.db.query<{ n: number }>('select count(*) as n from statistics.contact_statistics'))[0]!.n;
  await expect.poll(() => value('qh_event_interval_rows_total', 'inserted'), { timeout: 15_000, interval: 200 }).toBeGreaterThanOrEqual(rows);
  const before = await Promise.all(wanted.map(([name, change]) => value(name, change)));
  const calls = [0, 15, 30].map((minute) => ({
    interval_start_time: `2025-04-01T10:${String(minute).padStart(2, '0')}:00Z`,
    service_id: 2,
    received_calls: 5,
    treated_calls: 5,
    miss_calls: 0,
  }));
  expect((await qh.send('POST', '/api/v1/statistics/batch_insert_calls', { calls })).body).toMatchObject({ error_count: 0 });
  const grown = async () => Promise.all(wanted.map(async ([name, change], at) => (await value(name, change)) - before[at]!));
  await expect.poll(grown, { timeout: 15_000, interval: 200 }).toEqual(wanted.map(([, , count]) => count));
});

test("a caller's request id comes back and stands in the SQL; one that is not plain is replaced", async () => {
  const ask = (id: string) => qh.app.inject({ url: '/api/v1/org/services', headers: { 'x-api-key': qh.adminKey, 'x-request-id': id } });
  expect((await ask('order-17')).headers['x-request-id']).toBe('order-17');
  const hostile = (await ask("1'*/ drop table x --")).headers['x-request-id'];
  expect(hostile).toMatch(/^[\w-]{12}$/);
  expect((await qh.get('/api/v1/org/services', null)).headers['x-request-id']).toMatch(/^[\w-]{12}$/);
  const db = qh.test.db.as({}, { request_id: "a'*/b", operation: 'org.services' });
  const [row] = await db.query<{ query: string }>('select query from pg_stat_activity where pid = pg_backend_pid()');
  expect(row!.query).toMatch(/ \/\*request_id='ab',operation='org\.services'\*\/$/);
  const whoAsks = (id: string) =>
    qh.test.db
      .as({}, { request_id: id, operation: 'org.services' })
      .query<{ name: string; id: string }>(
        `select application_name as name, $1::text as id from pg_stat_activity where pid = pg_backend_pid()`,
        [id],
        { keepPlan: true },
      );
  for (const id of ['order-18', 'order-19']) expect(await whoAsks(id)).toEqual([{ name: `qh ${id}`, id }]);
});

test('use is counted per caller, operation and day, in one statement for many calls', async () => {
  const usage = new Usage(qh.test.db);
  const { key } = await qh.system.keys.create({ name: 'wallboard', role: 'viewer', created_by: 'test' });
  const principal = await qh.system.keys.verify(key);
  qh.test.setNow('2025-03-04T23:59:59Z');
  for (const [status, ms] of [
    [200, 2],
    [200, 4],
    [404, 6],
  ] as const)
    usage.count(principal, 'org.services', status, ms);
  qh.test.setNow('2025-03-05T00:00:01Z');
  usage.count(principal, 'org.services', 200, 8);
  await usage.save();
  usage.count(principal, 'org.services', 200, 10);
  await usage.save();
  qh.test.setNow(null);
  const rows = await qh.test.db.query(
    `select used_on::text, call_count, error_count, total_ms, max_ms from platform.usage where principal_id = $1 order by used_on`,
    [principal.id],
  );
  expect(rows).toEqual([
    { used_on: '2025-03-04', call_count: 3, error_count: 1, total_ms: 12, max_ms: 6 },
    { used_on: '2025-03-05', call_count: 2, error_count: 0, total_ms: 18, max_ms: 10 },
  ]);
});

test('use that could not be written is written the next time', async () => {
  let isAway = true;
  const usage = new Usage({ query: async (text, values) => (isAway ? Promise.reject(new Error('away')) : qh.test.db.query(text, values)) });
  const principal = await qh.system.keys.verify(qh.adminKey);
  qh.test.setNow('2025-01-01T12:00:00Z');
  usage.count(principal, 'org.queues', 200, 1);
  await expect(usage.save()).rejects.toThrow('away');
  usage.count(principal, 'org.queues', 200, 2);
  isAway = false;
  await usage.save();
  qh.test.setNow(null);
  const rows = await qh.test.db.query(`select call_count, total_ms from platform.usage where used_on = '2025-01-01'`);
  expect(rows).toEqual([{ call_count: 2, total_ms: 3 }]);
});

test('a slow statement is kept with its generic plan and without its values', async () => {
  const seen: Statement[] = [];
  const slow = new SlowStatements(createLog({ level: 'silent', readable: false }));
  const db = openPool({
    url: qh.test.url('server'),
    applicationName: 'slow test',
    max: 2,
    slowMs: 500,
    onSlow: (statement) => (seen.push(statement), slow.note(statement)),
  });
  const caller = db.as({}, { request_id: 'r1', operation: 'org.services' });
  const text = 'select pg_sleep($1::float8), s.service_code from org.services s where s.service_code = $2';
  for (const _ of [1, 2]) await caller.query(text, [0.6, 'SUPPORT']);
  await caller.query('select 1');
  await caller.query('listen slow_test');
  expect(seen.map((statement) => statement.text)).toEqual([text, text]);
  await slow.save(db);
  const [row] = await qh.test.db.query<Record<string, unknown>>('select * from platform.slow_statements');
  expect(row).toMatchObject({ statement: text, slow_count: 2, operation: 'org.services', last_request_id: 'r1', plan_problem: null });
  expect(row!.plan).toMatch(/Scan.*on services[^]*\$2/);
  expect(JSON.stringify(row)).not.toContain('SUPPORT');
  slow.note({ text: 'refresh materialized view no.such', ms: 99, about: null });
  slow.note({ text: 'select no_such_column', ms: 99, about: null });
  await slow.save(db);
  const problems = await qh.test.db.query<{ plan_problem: string }>(
    'select plan_problem from platform.slow_statements where plan is null order by 1',
  );
  expect(problems.map((entry) => entry.plan_problem)).toEqual(['EXPLAIN does not take it.', 'column "no_such_column" does not exist']);
  await db.end();
});
