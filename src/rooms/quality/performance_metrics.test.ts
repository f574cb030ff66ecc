import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem();
  qh.test.setNow('2025-03-10T12:00:00Z');
  await qh.test.owner.query(`
    insert into quality.metric_samples (sampled_at, entity_type, metric_name, value)
    values ('2025-03-10 11:30Z', 'database', 'connections_active', 4), ('2025-03-10 11:31Z', 'database', 'connections_active', 8),
      ('2025-03-09 13:00Z', 'database', 'connections_active', 30), ('2025-03-05 13:00Z', 'database', 'size_bytes', 500)`);
  // Two calls of 10 ms before; then twenty more: ten of 20 ms and ten of 40 ms.
  await qh.test.owner.query(`
    insert into quality.statement_samples (sampled_at, statement_id, statement, calls, total_ms, square_ms, rows, blocks_hit, blocks_read)
    values ('2025-03-10 10:50Z', '1', 'select 1', 2, 20, 200, 2, 0, 0), ('2025-03-10 11:50Z', '1', 'select 1', 22, 620, 20200, 42, 75, 25),
      ('2025-03-10 11:50Z', '2', 'select rare', 10, 9999, 1, 1, 1, 1)`);
});
afterAll(() => qh.close());

interface Answer {
  query_performance: Record<string, number>[];
  realtime_metrics: { metric_name: string; avg: number }[];
}
const ask = async (query: string) => (await qh.get(`/api/v1/db/database/performance-metrics${query}`)).body as Answer;

test('time_range is honoured: samples of the hour, the day, the week', async () => {
  expect((await ask('')).realtime_metrics).toEqual([
    { entity_type: 'database', metric_name: 'connections_active', avg: 6, max: 8, min: 4, data_points: 2 },
  ]);
  expect((await ask('?time_range=24hour')).realtime_metrics.map(({ avg }) => avg)).toEqual([14]);
  expect((await ask('?time_range=7days')).realtime_metrics.map(({ metric_name }) => metric_name)).toEqual(['connections_active', 'size_bytes']);
  expect((await qh.get('/api/v1/db/database/performance-metrics?time_range=1year')).status).toBe(400);
});

test('statements are the difference of two samples; called ten times or less they are not told', async () => {
  expect((await ask('')).query_performance).toEqual([
    { query: 'select ?', calls: 20, total_exec_time: 600, mean_exec_time: 30, stddev_exec_time: 10, rows: 40, hit_percent: 75 },
  ]);
});

test('metric_type is honoured', async () => {
  expect(await ask('?metric_type=query')).toMatchObject({ realtime_metrics: [], query_performance: [{ calls: 20 }] });
  expect(await ask('?metric_type=size_bytes&time_range=7days')).toMatchObject({
    realtime_metrics: [{ metric_name: 'size_bytes' }],
    query_performance: [],
  });
  expect((await qh.get('/api/v1/db/database/performance-metrics?metric_type=weather')).status).toBe(400);
});

test('a sample is taken of this database, and old ones are forgotten', async () => {
  qh.test.setNow('2025-03-20T12:00:00Z');
  await qh.test.db.query('select quality.take_sample()');
  const rows = await qh.test.db.query<{ metric_name: string; value: number }>('select metric_name, value from quality.metric_samples order by 1');
  expect(rows.map(({ metric_name }) => metric_name)).toEqual([
    'cache_hit_pct',
    'connections_active',
    'connections_total',
    'connections_waiting_for_lock',
    'deadlocks_total',
    'size_bytes',
    'transactions_total',
  ]);
  expect(rows.find(({ metric_name }) => metric_name === 'connections_total')!.value).toBeGreaterThan(0);
});
