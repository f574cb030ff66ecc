import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../system.ts';
import { loadMarketplace, marketplaceNow } from '../fixtures/marketplace.ts';
import { viewFiles, viewsPage } from '../../src/app/views_page.ts';

/** The view of the guide, put in as one file. */

const guide = readFileSync(path.join(import.meta.dirname, '../../docs/guides/marketplace.md'), 'utf8');
const [, file] = /```sql\n(create materialized view marketplace\.mv_demanda_ciudades[\s\S]*?)```/.exec(guide)!;

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem();
  qh.test.setNow(marketplaceNow);
  await loadMarketplace(qh.test.db);
  await qh.test.owner.query(file!);
});
afterAll(() => qh.close());

const rows = (key?: string) => qh.get('/materialized-views/mv_demanda_ciudades/rows', key);
const state = async () =>
  (
    (await qh.get('/materialized-views/status')).body as { views: { name: string; row_count: number; comment: string; reads_count: number }[] }
  ).views.find(({ name }) => name === 'mv_demanda_ciudades');

test('a view that is one file is in the status, refreshed with the others, served by rows, and on the page of views', async () => {
  expect(await state()).toMatchObject({ row_count: 0, comment: 'Requests by city and month.' });
  const refreshed = await qh.send('POST', '/materialized-views/refresh', {});
  expect(refreshed.body).toMatchObject({
    success: true,
    total_views: 3,
    details: expect.arrayContaining([expect.objectContaining({ view_name: 'mv_demanda_ciudades', status: 'SUCCESS', row_count: 2 })]),
  });
  expect(await state()).toMatchObject({ row_count: 2, last_refresh: '2025-02-10T12:00:00+00:00', has_indexes: true });
  expect(await rows()).toMatchObject({
    status: 200,
    body: {
      view_name: 'mv_demanda_ciudades',
      comment: 'Requests by city and month.',
      columns: [{ name: 'ciudad' }, { name: 'mes', type: 'date' }, { name: 'solicitudes', type: 'bigint' }],
      total_rows: 2,
      rows: [
        { ciudad: 'Cali', mes: '2024-12-01', solicitudes: 1 },
        { ciudad: 'Cali', mes: '2025-02-01', solicitudes: 5 },
      ],
    },
  });
  expect(viewsPage([...viewFiles(), file!])).toContain('## mv_demanda_ciudades\n\nRequests by city and month.');
});

test('a new request is in it after the next refresh, not before', async () => {
  await qh.test.owner.query(
    `insert into marketplace.solicitudes (cliente_id, ciudad_origen, created_at) select c.id, 'Pasto', '2025-02-09T10:00:00-05:00' from marketplace.clientes c limit 1`,
  );
  expect((await rows()).body).toMatchObject({ total_rows: 2 });
  await qh.send('POST', '/materialized-views/refresh', {});
  expect((await rows()).body).toMatchObject({ total_rows: 3, rows: [{}, {}, { ciudad: 'Pasto', mes: '2025-02-01', solicitudes: 1 }] });
});

test('who sees some cities gets their rows; a view without cities is empty for them; what is masked elsewhere is masked here', async () => {
  const { key } = await qh.system.keys.create({ name: 'c', role: 'viewer', cities: ['Pasto'], created_by: 'test' });
  expect((await rows(key)).body).toMatchObject({ total_rows: 1, rows: [{ ciudad: 'Pasto' }] });
  expect((await qh.get('/materialized-views/mv_metricas_mensuales/rows', key)).body).toMatchObject({ total_rows: 0, rows: [] });
  const { key: viewer } = await qh.system.keys.create({ name: 'v', role: 'viewer', created_by: 'test' });
  const { body } = await qh.get('/materialized-views/mv_ranking_asesores/rows', viewer);
  expect((body as { rows: { asesor_email: string }[] }).rows.map(({ asesor_email: email }) => email)).toContain('a***@…');
  expect((await qh.get('/materialized-views/mv_metricas_mensuales/rows?limit=1&offset=1')).body).toMatchObject({
    total_rows: 3,
    rows: [{ mes: '2025-01-01', solicitudes_creadas: 0 }],
  });
});

test('a view that there is not is 404, also one whose name is no view of key figures', async () => {
  for (const name of ['mv_nothing', 'usuarios', 'settings']) expect((await qh.get(`/materialized-views/${name}/rows`)).status).toBe(404);
});
