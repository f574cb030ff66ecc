import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { id, loadMarketplace, marketplaceNow } from '../../../test/fixtures/marketplace.ts';
import { importKinds } from './imports.ts';
import { refreshViews } from './refresh_views.ts';
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
  expect(Object.entries(await counts()).filter(([, count]) => count > 0)).toEqual([]);
});

test('municipalities that somebody uses stay with the refresh that counted somebody’s own rows', async () => {
  const database = await testDatabase();
  database.setNow(marketplaceNow);
  const imports = testImports(database);
  imports.services.kinds = [...imports.services.kinds, ...importKinds];
  const importMunicipality = async (code: string, name: string) => {
    const file = path.join(imports.dataDir, `${code}.csv`);
    await writeFile(file, `codigo_dane,municipio,departamento,hub_logistico\n${code},${name},X,${name}\n`);
    const { status, batch_id } = await imports.import(file);
    expect(status).toBe('completed');
    return batch_id;
  };
  await loadMarketplace(database.db);
  await importMunicipality('05001', 'Own before');
  await refreshViews(database.db, { cause: 'manual' });
  await loadMarketplaceDemo(database.db, 50);
  const later = await importMunicipality('11001', 'Own later');
  await database.owner.query(
    `update marketplace.clientes set municipio_id = (select m.id from marketplace.municipios m where m.codigo_dane = '76001') where id = $1`,
    [id('c', 1)],
  );
  const kept = () => database.owner.query(`select codigo_dane as code, municipio as name from marketplace.municipios order by 1`);
  const runs = () => database.owner.query('select cause from marketplace.refresh_runs order by run_id');

  await removeMarketplaceDemo(database.db);
  expect(await kept()).toEqual([
    { code: '05001', name: 'Own before' },
    { code: '11001', name: 'Own later' },
    { code: '76001', name: 'CALI' },
  ]);
  expect(await runs()).toEqual([{ cause: 'manual' }, { cause: 'demo' }]);

  // What kept them is gone.
  await database.owner.query('select from api.undo_batch($1)', [later]);
  await database.owner.query('update marketplace.clientes set municipio_id = null');
  await removeMarketplaceDemo(database.db);
  expect(await kept()).toEqual([{ code: '05001', name: 'Own before' }]);
  expect(await runs()).toEqual([{ cause: 'manual' }, { cause: 'demo' }]);
});
