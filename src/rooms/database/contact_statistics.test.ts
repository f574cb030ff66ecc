import { afterAll, beforeAll, expect, test } from 'vitest';
import { load, makeService } from '../../../test/fixtures/store.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';

/** The seed's routes with every parameter, on the small fixture: 3 March 2025, 09:00 in Berlin, 10 and 190 contacts. */

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
});
afterAll(() => qh.close());

const path = '/api/v1/db/database/contact-statistics';
const morning = 'service_ids=1&start_date=2025-03-03T09:00&end_date=2025-03-03T09:30';

interface Answer {
  statistics: Record<string, unknown>[];
  summary: Record<string, unknown>;
  total_records: number;
  query_params: Record<string, unknown>;
  next_cursor: string | null;
}
const ask = async (query: string): Promise<Answer> => {
  const { status, body } = await qh.get(`${path}?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as Answer;
};

test('an entry has the contacts, the averages in milliseconds and the scores of the seed', async () => {
  const { statistics } = await ask(`${morning}&interval_type=15min`);
  expect(statistics[1]).toEqual({
    service_id: 1,
    service_name: 'Support',
    service_code: 'SUPPORT',
    group_id: null,
    group_name: null,
    group_code: null,
    interval_start: '2025-03-03T08:15:00+00:00',
    interval_end: '2025-03-03T08:30:00+00:00',
    metrics: {
      contacts: {
        not_unique_received: 190,
        not_unique_treated: 150,
        not_unique_missed: 40,
        received_calls: null,
        treated_calls: null,
        miss_calls: null,
      },
      performance: {
        // (30000 + 600 + 900 + 3000) s over 150 treated
        aht: 230_000,
        talk_time: 200_000,
        post_processing: 20_000,
        service_level: 50,
        abandonment_rate: 21.05,
        occupancy_rate: null,
      },
    },
    // 0.6 × 78.947 + 0.4 × 50; 50 − 21.053
    calculated_metrics: { total_contacts: 190, handled_rate: 78.95, efficiency_score: 67.37, quality_score: 28.95 },
  });
});

test('the interval type is the length of the entries, and the figures are those of statistics.intervals', async () => {
  const { statistics, total_records: total, query_params: params } = await ask(`${morning}&interval_type=30min`);
  expect([statistics.length, total]).toEqual([1, 1]);
  // 105 of 200 in threshold, not the mean of 100 and 50 per cent.
  expect(statistics[0]).toMatchObject({ metrics: { contacts: { not_unique_received: 200 }, performance: { service_level: 52.5 } } });
  const { body } = (await qh.get(
    '/api/v1/statistics/intervals?service=SUPPORT&start_time=2025-03-03T09:00&end_time=2025-03-03T09:30&interval_minutes=30',
  )) as {
    body: { items: { service_level: number; avg_handle_time_ms: number }[] };
  };
  expect(statistics[0]).toMatchObject({
    metrics: { performance: { service_level: body.items[0]!.service_level, aht: body.items[0]!.avg_handle_time_ms } },
  });
  expect(params).toEqual({
    service_ids: [1],
    group_ids: null,
    start_date: '2025-03-03T08:00:00+00:00',
    end_date: '2025-03-03T08:30:00+00:00',
    interval_type: '30min',
    include_calculated_metrics: true,
  });
});

test('the summary is of the whole time by sums, also on a page of it', async () => {
  const summary = {
    total_contacts_received: 200,
    total_contacts_treated: 160,
    overall_handle_rate: 80,
    average_service_level: 52.5,
    intervals_analyzed: 2,
  };
  const first = await ask(`${morning}&limit=1`);
  expect(first).toMatchObject({ summary, total_records: 2 });
  const second = await ask(`${morning}&limit=1&cursor=${first.next_cursor}`);
  expect(second).toMatchObject({ summary, total_records: 2, next_cursor: null });
  expect([...first.statistics, ...second.statistics]).toEqual((await ask(morning)).statistics);
});

test('over services with different variants the summary divides the sums of each one’s own parts and wholes', async () => {
  const { db, owner } = qh.test;
  const start = '2025-03-05T09:00+00:00';
  const ids: number[] = [];
  for (const [code, variant, handled, answered_in_threshold] of [
    ['OF_OFFERED', 'offered', 80, 60],
    ['OF_HANDLED', 'handled', 50, 40],
  ] as const) {
    const { service, sources } = await makeService(owner, code, 'UTC', ['report']);
    await owner.query('update org.services set service_level_variant = $1 where service_id = $2', [variant, service]);
    await load(db, service, [{ source: sources[0]!, start, offered: 100, handled, answered_in_threshold }]);
    ids.push(service);
  }
  const { summary } = await ask(`service_ids=${ids.join('&service_ids=')}&start_date=2025-03-05T09:00Z&end_date=2025-03-05T09:15Z`);
  // (60 + 40) of (100 offered + 50 handled); weighted by volume it would be 70.
  expect(summary).toMatchObject({ total_contacts_received: 200, overall_handle_rate: 65, average_service_level: 66.67 });
});

test('with group_ids there is an entry per queue, and calculated metrics can be left out', async () => {
  const { statistics } = await ask(`${morning}&interval_type=1hour&group_ids=1,2&include_calculated_metrics=false`);
  expect(
    statistics.map((entry) => [entry.group_code, (entry.metrics as { contacts: { not_unique_received: number } }).contacts.not_unique_received]),
  ).toEqual([
    ['LINE_1', 106],
    ['LINE_2', 84],
  ]);
  expect(statistics[0]).not.toHaveProperty('calculated_metrics');
});

test('what cannot be asked is refused', async () => {
  for (const [query, status] of [
    ['interval_type=5min', 400],
    ['service_ids=999', 404],
    ['service_ids=x', 400],
    ['start_date=yesterday', 400],
    ['start_date=2025-03-04&end_date=2025-03-03', 400],
    ['cursor=1_2', 400],
  ] as const)
    expect((await qh.get(`${path}?${query}`)).status, query).toBe(status);
});

test('whoever shows the tag of an answer is told that nothing changed, until it does', async () => {
  const url = `${path}?${morning}`;
  const first = await qh.app.inject({ url, headers: { 'x-api-key': qh.adminKey } });
  const tag = String(first.headers.etag);
  const again = await qh.app.inject({ url, headers: { 'x-api-key': qh.adminKey, 'if-none-match': `"other", ${tag}` } });
  expect([again.statusCode, again.body]).toEqual([304, '']);
  expect((await qh.app.inject({ url, headers: { 'x-api-key': qh.adminKey, 'if-none-match': '"other"' } })).statusCode).toBe(200);
});

test('a cleanup tells what it would delete, deletes that, and then there is nothing left', async () => {
  await qh.test.owner.query(
    `insert into platform.sign_in_failures (subject, failed_count, last_failed_at) values ('login:old', 1, platform.now() - interval '40 days'), ('login:new', 1, platform.now())`,
  );
  const clean = async (body: object) => {
    const answer = await qh.send('POST', '/api/v1/db/database/maintenance/cleanup', body);
    expect(answer.status).toBe(200);
    const { removed } = answer.body as { removed: { kind: string; cleanup_type: string; count: number }[] };
    return removed;
  };
  const failures = (removed: { kind: string; count: number }[]) => removed.find(({ kind }) => kind === 'sign_in_failures')?.count;
  expect(failures(await clean({ cleanup_type: 'sessions', dry_run: true }))).toBe(1);
  expect(failures(await clean({ cleanup_type: 'sessions', parameters: { dry_run: true, older_than_days: 50 } }))).toBe(0);
  // Where the two say the opposite of each other nothing is deleted.
  for (const dry_run of [true, false]) {
    const answer = await qh.send('POST', '/api/v1/db/database/maintenance/cleanup', { dry_run, parameters: { dry_run: !dry_run } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'parameters.dry_run', value: !dry_run }] } });
  }
  expect((await clean({ cleanup_type: 'logs' })).map((entry) => entry.cleanup_type)).toEqual(['logs']);
  expect(failures(await clean({}))).toBe(1);
  expect(failures(await clean({}))).toBe(0);
});
