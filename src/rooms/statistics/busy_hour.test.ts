import { afterAll, beforeAll, expect, test } from 'vitest';
import { posts } from '../../../test/fixtures/calls_day.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';

/** The busiest hour that the seed promises, 10,000 calls, as it comes: every thirty seconds what changed is posted again. */

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem();
  for (const code of ['A', 'B', 'C', 'D']) await qh.send('POST', '/api/v1/org/services', { service_code: code, service_name: code });
});
afterAll(() => qh.close());

test('of 10,000 calls in an hour none is lost and none counted twice', async () => {
  const services = (await qh.test.db.query<{ service_id: number }>('select service_id from org.services order by 1')).map((row) => row.service_id);
  const start = Date.UTC(2025, 2, 3, 9);
  // Two writers that know nothing of each other, each with half of the services.
  const halves = [services.slice(0, 2), services.slice(2)];
  await Promise.all(
    halves.map(async (serviceIds) => {
      for (const calls of posts({ start, seconds: 3600, calls: 5000, serviceIds, tickSeconds: 30 })) {
        const { status, body } = await qh.send('POST', '/api/v1/statistics/batch_insert_calls', { calls, source: 'live' });
        expect(status, JSON.stringify(body)).toBe(200);
        expect(body).toMatchObject({ error_count: 0 });
      }
    }),
  );
  const asked = `select sum(offered)::int as offered, sum(handled + abandoned)::int as answered from statistics.figures('2025-03-03T09:00Z', '2025-03-03T10:00Z', $1)`;
  for (const minutes of [15, 60, null]) expect(await qh.test.db.query(asked, [minutes])).toEqual([{ offered: 10_000, answered: 10_000 }]);
  await qh.test.db.query('select statistics.refresh()');
  expect(await qh.test.db.query(asked, [60])).toEqual([{ offered: 10_000, answered: 10_000 }]);
  expect(await qh.test.db.query('select count(*)::int as rows from api.contact_statistics')).toEqual([{ rows: 16 }]);
});
