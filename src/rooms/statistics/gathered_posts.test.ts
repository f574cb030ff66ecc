import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';

/** Small posts of one caller that come at the same time are written together, and nobody's answer tells. */

interface Posted {
  batch_id: string;
  inserted_count: number;
  updated_count: number;
  unchanged_count: number;
  error_count: number;
  errors: { record: Record<string, unknown>; error: string }[];
}

let system: TestSystem;
let service = 0;
beforeAll(async () => {
  system = await openTestSystem();
  const made = await system.send('POST', '/api/v1/org/services', { service_code: 'GATHER', service_name: 'Gather', time_zone: 'UTC' });
  service = (made.body as { service_id: number }).service_id;
});
afterAll(() => system.close());

const quarter = (number: number) => new Date(Date.UTC(2025, 0, 1) + number * 900_000).toISOString();
const row = (number: number, received = 10) => ({ interval_start_time: quarter(number), service_id: service, received_calls: received });

async function post(calls: object[], rest: Record<string, unknown> = {}, key?: string): Promise<Posted> {
  const { status, body } = await system.send('POST', '/api/v1/statistics/batch_insert_calls', { calls, ...rest }, key);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as Posted;
}

const count = async (text: string, values: unknown[] = []) => Number((await system.test.owner.query<{ n: string }>(text, values))[0]!.n);
const facts = () => count('select count(*) as n from statistics.contact_statistics where service_id = $1', [service]);
const audited = () => count(`select count(*) as n from platform.audit_log where operation = 'statistics.batch_insert_calls'`);

test('200 posts at once are 200 rows, some of one batch; a batch is one row of the audit, and its undo takes back what it brought', async () => {
  const before = await audited();
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => post([row(n)])));
  expect(answers.map(({ inserted_count, error_count }) => [inserted_count, error_count])).toEqual(answers.map(() => [1, 0]));
  expect(await facts()).toBe(200);
  const batches = Map.groupBy(answers, ({ batch_id }) => batch_id);
  expect(batches.size).toBeLessThan(100);
  expect((await audited()) - before).toBe(batches.size);
  const [id, largest] = [...batches].toSorted(([, a], [, b]) => b.length - a.length)[0]!;
  expect((await system.send('DELETE', `/api/v1/statistics/posted_batches/${id}`)).body).toMatchObject({ rows_deleted: largest.length });
  expect(await facts()).toBe(200 - largest.length);
});

test('where some are new, some known, some changed and some wrong, each is told what became of its own', async () => {
  await post([row(1000), row(1001)]);
  const wrong = { ...row(1003), received_calls: -1 };
  const posts = [[row(1000)], [row(1001, 12)], [row(1002)], [wrong, row(1004)], [row(1005)]];
  const answers = await Promise.all([post([row(1006)]), ...posts.map((calls) => post(calls))]);
  expect(answers.slice(1).map((a) => [a.inserted_count, a.updated_count, a.unchanged_count, a.error_count])).toEqual([
    [0, 0, 1, 0],
    [0, 1, 0, 0],
    [1, 0, 0, 0],
    [1, 0, 0, 1],
    [1, 0, 0, 0],
  ]);
  expect(answers[4]!.errors).toMatchObject([{ record: wrong, error: 'received_calls is not a whole number of 0 or more: -1' }]);
});

test('posts of one interval follow each other: one makes it, the others change it, the last one stays', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => post([row(2000, 100 + n)])));
  expect(answers.reduce((sum, { inserted_count }) => sum + inserted_count, 0)).toBe(1);
  expect(answers.reduce((sum, { updated_count }) => sum + updated_count, 0)).toBe(19);
  expect(
    await count('select offered as n from statistics.contact_statistics where service_id = $1 and interval_start_time = $2', [
      service,
      quarter(2000),
    ]),
  ).toBe(119);
});

test('posts of two callers, of two sources, or with an idempotency key share no batch', async () => {
  const other = (await system.send('POST', '/api/v1/admin/keys', { name: 'other', role: 'integration' })).body as { key: string };
  const ask = (number: number, source: string, key?: string) => post([row(number)], { source }, key);
  const [mine, theirs, elsewhere] = await Promise.all([
    Promise.all(Array.from({ length: 10 }, (_, n) => ask(3000 + n, 'a'))),
    Promise.all(Array.from({ length: 10 }, (_, n) => ask(3100 + n, 'a', other.key))),
    Promise.all(Array.from({ length: 10 }, (_, n) => ask(3200 + n, 'b'))),
  ]);
  const ids = (answers: Posted[]) => new Set(answers.map(({ batch_id }) => batch_id));
  expect([...ids(mine)].filter((id) => ids(theirs).has(id) || ids(elsewhere).has(id))).toEqual([]);
  expect([...ids(theirs)].filter((id) => ids(elsewhere).has(id))).toEqual([]);
  const keyed = await Promise.all(
    Array.from({ length: 10 }, async (_, n) => {
      const { body } = await system.app.inject({
        method: 'POST',
        url: '/api/v1/statistics/batch_insert_calls',
        headers: { 'x-api-key': system.adminKey, 'idempotency-key': `gathered-${n}` },
        payload: { calls: [row(3300 + n)] },
      });
      return JSON.parse(body) as Posted;
    }),
  );
  expect(ids(keyed).size).toBe(10);
});
