import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { marketplaceNow } from '../../../test/fixtures/marketplace.ts';
import { loadMarketplaceDemo, removeMarketplaceDemo } from './demo.ts';

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem();
  qh.test.setNow(marketplaceNow);
});
afterAll(() => qh.close());

const counts = async () => {
  const tables = await qh.test.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'marketplace'::regnamespace and c.relkind = 'r' and c.relname not in ('settings', 'touched_months', 'import_loads') order by 1`,
  );
  const found: Record<string, number> = {};
  for (const { name } of tables) found[name] = (await qh.test.owner.query<{ n: number }>(`select count(*) as n from marketplace.${name}`))[0]!.n;
  return found;
};

test('the demo fills every table, is the same when it is loaded again, and goes without a trace of its own', async () => {
  await loadMarketplaceDemo(qh.test.db, 300);
  const first = await counts();
  expect(Object.entries(first).filter(([, count]) => count === 0)).toEqual([]);
  expect(first).toMatchObject({ municipios: 1122, asesores: 48, solicitudes: 300, mv_ranking_asesores: 48 });
  expect((await qh.get('/materialized-views/monthly-metrics')).body).toHaveLength(12);
  const ranking = (await qh.get('/materialized-views/advisor-rankings')).body as { ranking_nacional_anterior: number | null }[];
  expect(ranking.every(({ ranking_nacional_anterior: before }) => before !== null)).toBe(true);
  await removeMarketplaceDemo(qh.test.db);
  const left = Object.entries(await counts())
    .filter(([, count]) => count > 0)
    .map(([name]) => name);
  expect(left.toSorted()).toEqual(['municipios', 'refresh_log', 'refresh_runs']);
});
