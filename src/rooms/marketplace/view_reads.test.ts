import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadMarketplace, marketplaceNow } from '../../../test/fixtures/marketplace.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { operations } from './contract.ts';

/** How often people read each view: what they asked for through the API, and nothing that the machinery does. */

const guide = readFileSync(path.join(import.meta.dirname, '../../../docs/guides/marketplace.md'), 'utf8');
const [, added] = /```sql\n(create materialized view marketplace\.mv_demanda_ciudades[\s\S]*?)```/.exec(guide)!;

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem();
  qh.test.setNow(marketplaceNow);
  await loadMarketplace(qh.test.db);
  await qh.test.owner.query(added!);
});
afterAll(() => qh.close());

const reads = async () =>
  Object.fromEntries(
    ((await qh.get('/materialized-views/status')).body as { views: { name: string; reads_count: number }[] }).views.map(({ name, reads_count }) => [
      name,
      reads_count,
    ]),
  );

test('answered calls count, those of the last 30 days; refreshes, the status and what was refused do not', async () => {
  await qh.test.owner.query(
    `insert into platform.usage (used_on, principal_id, operation, principal_kind, principal_name, call_count, error_count, total_ms, max_ms, last_used_at)
     select d.day::date, 'x', 'marketplace.top_advisors', 'key', 'x', 5, 2, 1, 1, d.day::date from unnest('{2025-01-11,2025-01-12}'::text[]) as d (day)`,
  );
  for (let n = 0; n < 3; n++) await qh.send('POST', '/materialized-views/refresh', { force: true });
  // Of 11 January nothing counts on 10 February; of the day after three of five calls were answered.
  expect(await reads()).toEqual({ mv_demanda_ciudades: 0, mv_metricas_mensuales: 0, mv_ranking_asesores: 3 });
  for (const url of [
    '/materialized-views/monthly-metrics',
    '/materialized-views/monthly-metrics?limit=1',
    '/materialized-views/monthly-metrics?limit=0',
    '/api/v1/marketplace/month_to_date',
    '/materialized-views/mv_metricas_mensuales/rows',
    '/materialized-views/advisor-rankings',
    '/materialized-views/city-summary',
    '/materialized-views/top-advisors?metric=nombre',
    '/materialized-views/mv_demanda_ciudades/rows',
    '/materialized-views/mv_demanda_ciudades/rows?limit=1',
    '/materialized-views/mv_nothing/rows',
  ])
    await qh.get(url);
  // Calls are written down every ten seconds.
  await expect.poll(reads, { timeout: 30_000, interval: 500 }).toEqual({ mv_demanda_ciudades: 2, mv_metricas_mensuales: 4, mv_ranking_asesores: 5 });
  expect(await qh.test.api.query('select view_name, reads_count from api.get_mv_stats() order by 1')).toEqual([
    { view_name: 'mv_demanda_ciudades', reads_count: 2 },
    { view_name: 'mv_metricas_mensuales', reads_count: 4 },
    { view_name: 'mv_ranking_asesores', reads_count: 5 },
  ]);
  const { items } = (await qh.get('/api/v1/quality/usage?operation=marketplace.mv_rows')).body as {
    items: { operation: string; call_count: number }[];
  };
  expect(items.map(({ operation, call_count }) => [operation, call_count]).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([
    ['marketplace.mv_rows', 1],
    ['marketplace.mv_rows mv_demanda_ciudades', 2],
    ['marketplace.mv_rows mv_metricas_mensuales', 1],
  ]);
});

test('each view names the operations that read it, and no others', async () => {
  const views = await qh.test.owner.query<{ name: string; said: string[] }>(
    `select k.view_name as name, string_to_array(substring(obj_description(to_regclass('api.' || k.view_name), 'pg_class'), 'Read by: ([^:]+)\\.$'), ', ') as said
     from marketplace.kpi_views k where not k.is_materialized order by 1`,
  );
  expect(views).toHaveLength(2);
  const bodies = await qh.test.owner.query<{ name: string; body: string }>(
    `select 'api.' || p.proname as name, p.prosrc as body from pg_proc p where p.pronamespace = 'api'::regnamespace`,
  );
  // What the page of refreshes shows of the setting is not a read of the ranking.
  const about = new Set(['marketplace.ranking_minimum']);
  const bodyOf = (name: string) => bodies.find((entry) => entry.name === name)?.body ?? '';
  for (const { name, said } of views)
    expect(said, name).toEqual(
      operations
        .filter((operation) => operation.sql !== undefined && !about.has(operation.name) && bodyOf(operation.sql).includes(name))
        .map((operation) => operation.name)
        .toSorted(),
    );
});
