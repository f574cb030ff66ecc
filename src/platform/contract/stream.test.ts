import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testSecretKey } from '../../../test/cluster.ts';
import { startServerProcess } from '../../../test/fixtures/server_process.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';

/** Pages of more than ten thousand items are sent while they are read; 60,000 facts of a service of its own. */

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  await qh.test.owner.query(`
    insert into org.services (service_code, service_name, time_zone, created_at, updated_at) values ('LONG', 'Long', 'UTC', now(), now());
    insert into org.sources (service_id, kind, external_name, created_at) select service_id, 'report', 'A', now() from org.services where service_code = 'LONG';
    select statistics.ensure_partitions(array(select generate_series('2022-01-01'::timestamp, '2023-12-01', '1 month')::date));
    insert into statistics.contact_statistics (service_id, source_id, interval_start_time, interval_minutes, offered, batch_id, created_at, updated_at)
    select s.service_id, s.source_id, t.at, 15, 7, gen_random_uuid(), now(), now()
    from org.sources s join org.services v using (service_id)
    cross join lateral (select '2022-01-01T00:00Z'::timestamptz + n * interval '15 minutes' as at from generate_series(0, 59999) n) t where v.service_code = 'LONG'`);
});
afterAll(() => qh.close());

type Page = { items: Record<string, unknown>[]; next_cursor: string | null };

async function page(path: string, limit: number, cursor: string | null): Promise<Page> {
  const { status, body } = await qh.get(`${path}&limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
  expect(status, JSON.stringify(body).slice(0, 300)).toBe(200);
  return body as Page;
}

async function all(path: string, limit: number): Promise<unknown[]> {
  const items: unknown[] = [];
  let cursor: string | null = null;
  do {
    const next: Page = await page(path, limit, cursor);
    expect(next.items.length).toBeLessThanOrEqual(limit);
    items.push(...next.items);
    cursor = next.next_cursor;
  } while (cursor !== null);
  return items;
}

const period = 'start_time=2022-01-01T00:00:00Z&end_time=2022-02-05T00:00:00Z';
const rows = '/api/v1/db/database/tables';

describe('a long page', () => {
  test.each([
    ['an operation', `/api/v1/statistics/facts?service=LONG&${period}`, 3360],
    ['fields of a kept operation', `/api/v1/statistics/intervals?service=LONG&${period}&fields=interval_start,offered`, 3360],
    ['a table', `${rows}/statistics.contact_statistics?filter=${encodeURIComponent("interval_start_time lt '2022-02-05T00:00:00Z'")}`, 3360],
    ['a table on three pages', `${rows}/statistics.contact_statistics?columns=interval_start_time&filter=offered%20eq%207`, 60_001],
    // Nothing tells these rows apart: the cursor counts them.
    [
      'equal rows of a view',
      `${rows}/contact_statistics?columns=not_unique_received&filter=${encodeURIComponent('not_unique_received eq 7')}`,
      60_001,
    ],
  ])(
    'of %s has the items of short ones, whatever its size',
    async (_name, path, count) => {
      const short = count > 10_000 ? null : await all(path, 1000);
      const long = await all(path, count > 10_000 ? 25_000 : 10_001);
      expect(long.length).toBe(count);
      if (path.includes('interval_start_time&')) expect(new Set(long.map((item) => JSON.stringify(item))).size).toBe(count);
      if (short !== null) expect(long).toEqual(short);
      expect((await page(path, 100_000, null)).items.length).toBe(count);
    },
    60_000,
  );

  test('has no tag, since it is at no moment whole, and is never half an error', async () => {
    const { headers } = await qh.get(`${rows}/statistics.contact_statistics?limit=50000`);
    expect(headers.etag).toBeUndefined();
    expect(headers['cache-control']).toBe('private, no-store');
    expect((await qh.get(`${rows}/statistics.contact_statistics?limit=50000&filter=offered%20eq%20x`)).status).toBe(400);
    expect((await qh.get(`/api/v1/statistics/facts?service=NONE&limit=50000`)).status).toBe(404);
    expect((await page(`/api/v1/statistics/facts?service=LONG&start_time=2020-01-01&end_time=2020-01-02`, 50_000, null)).items).toEqual([]);
  });

  test('takes no more memory for 60,000 rows asked five times than for a thousand', async () => {
    const env = { DATABASE_URL: qh.test.url('superuser'), QH_SECRET_KEY: testSecretKey, QH_LOG_LEVEL: 'warn', QH_POOL_MAX: '4' };
    await using server = await startServerProcess({ ...env, NODE_OPTIONS: '--max-semi-space-size=4' });
    const read = async (limit: number) => {
      const answer = await fetch(`${server.url}${rows}/statistics.contact_statistics?limit=${limit}`, { headers: { 'x-api-key': server.key } });
      let bytes = 0;
      for await (const chunk of answer.body!) bytes += (chunk as Uint8Array).length;
      return bytes;
    };
    const peak = () => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))![1]) / 1024;
    for (let n = 0; n < 20; n++) await read(1000);
    const before = peak();
    for (let n = 0; n < 5; n++) expect(await read(100_000)).toBeGreaterThan(40_000_000);
    // Five times 60 MB of JSON, held as rows and as text, would be 200 MiB and more.
    expect(peak() - before).toBeLessThan(100);
  });
});
