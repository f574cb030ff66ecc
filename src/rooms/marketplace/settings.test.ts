import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { id, loadMarketplace, marketplaceNow } from '../../../test/fixtures/marketplace.ts';
import { refreshViews } from './refresh_views.ts';

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem();
  qh.test.setNow(marketplaceNow);
  await loadMarketplace(qh.test.db);
  await refreshViews(qh.test.db, { cause: 'manual' });
});
afterAll(() => qh.close());

const address = '/api/v1/marketplace/ranking_minimum';
const ranking = async (key?: string) =>
  (await qh.get('/materialized-views/advisor-rankings', key)).body as {
    asesor_nombre: string;
    asesor_email: string | null;
    ranking_nacional: number | null;
  }[];

describe('the minimum of offers for a rank', () => {
  test('holds from the next refresh on, for good, and stands in the audit', async () => {
    // Ana and Beto made two offers in 30 days, Caro one.
    expect((await qh.get(address)).body).toEqual({ minimum_offers: 0, advisors: 3, ranked: 3 });
    expect(await qh.send('PUT', address, { minimum_offers: 2 })).toMatchObject({ status: 200, body: { minimum_offers: 2, advisors: 3, ranked: 2 } });
    expect((await ranking()).map(({ ranking_nacional: rank }) => rank)).toEqual([1, 1, 3]);
    await refreshViews(qh.test.db, { cause: 'manual' });
    expect((await ranking()).map(({ asesor_nombre: name, ranking_nacional: rank }) => [name, rank])).toEqual([
      ['Ana Ruiz', 1],
      ['Beto Sol', 1],
      ['Caro Paz', null],
    ]);
    const [entry] = await qh.test.owner.query(
      `select principal_name, after from platform.audit_log where operation = 'marketplace.set_ranking_minimum' order by 1 limit 1`,
    );
    expect(entry).toMatchObject({ principal_name: 'test', after: { input: { minimum_offers: 2 }, answer: { minimum_offers: 2, ranked: 2 } } });
  });

  test.each([-1, 10_001, 1.5, '3', null])('is no %j', async (minimum) => {
    expect(await qh.send('PUT', address, { minimum_offers: minimum })).toMatchObject({ status: 400 });
  });

  test('is set by who may write, and not by SQL either where it is none', async () => {
    const { key } = await qh.system.keys.create({ name: 'v', role: 'viewer', created_by: 'test' });
    expect(await qh.send('PUT', address, { minimum_offers: 1 }, key)).toMatchObject({ status: 403 });
    await expect(qh.test.owner.query('select * from api.set_ranking_minimum(-1)')).rejects.toThrow('-1 is no number of offers');
    await expect(qh.test.owner.query('select * from api.set_ranking_minimum(null)')).rejects.toThrow('null is no number of offers');
  });
});

describe('a person who is erased', () => {
  const erase = (usuario_id: string, key?: string) =>
    qh.send('POST', '/api/v1/marketplace/people/erase', { usuario_id, confirm: 'erase', reason: 'asked' }, key);

  test('has no name in the tables nor in the ranking, at once and after a refresh; the figures stay', async () => {
    const answer = await erase(id('b', 1));
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200, body: { usuario_id: id('b', 1), reason: 'asked' } });
    expect((answer.body as { replaced: { column: string; rows: number }[] }).replaced).toEqual(
      expect.arrayContaining([
        { table: 'marketplace.usuarios', column: 'nombre', rows: 1 },
        { table: 'marketplace.mv_ranking_asesores', column: 'asesor_email', rows: 1 },
      ]),
    );
    const [user] = await qh.test.owner.query(`select nombre, apellido, email, telefono, rol from marketplace.usuarios where id = '${id('b', 1)}'`);
    expect(user).toEqual({ nombre: 'erased', apellido: null, email: null, telefono: null, rol: 'ADVISOR' });
    const shown = async () => (await qh.get('/materialized-views/advisor-rankings')).body;
    const erased = expect.arrayContaining([
      expect.objectContaining({ asesor_id: id('a', 1), asesor_nombre: 'erased', asesor_email: null, volumen_total_ofertas: 250000 }),
    ]);
    expect(await shown()).toEqual(erased);
    await refreshViews(qh.test.db, { cause: 'manual', full: true });
    expect(await shown()).toEqual(erased);
    expect(JSON.stringify(await shown())).toContain('Beto Sol');
  });

  test('goes out of the events too, and the live counters still equal the recompute', async () => {
    const person = '77777777-0000-4000-8000-000000000001';
    const data = { cliente_id: person, nombre: 'Zoraida', ciudad: 'Cali', canal: 'PUSH', email: 'z@example.com', telefono: '+573001234567' };
    const event = { event_id: 'z', event_type: 'cliente.registrado', at: '2025-02-08T20:00:00-05:00', data };
    expect((await qh.send('POST', '/api/v1/marketplace/events', { events: [event] })).body).toMatchObject({ accepted: 1 });
    expect((await erase(person)).status).toBe(200);
    expect(await qh.test.owner.query(`select datos_evento from marketplace.eventos_sistema where evento_id = 'z'`)).toEqual([
      { datos_evento: { cliente_id: person, ciudad: 'Cali', canal: 'PUSH' } },
    ]);
    expect(
      await qh.test.owner.query(
        `select metrica_nombre, fecha, dimensiones, count(*) from marketplace.event_counts group by 1, 2, 3 except select metrica_nombre, fecha, dimensiones, valor from marketplace.eventos_metricas`,
      ),
    ).toEqual([]);
    const traces = await qh.test.owner.query(
      `select a.operation from platform.audit_log a where a.operation = 'marketplace.erase_person' and a::text ~ 'Zoraida|z@example|3001234567'`,
    );
    expect(traces).toEqual([]);
    // The same event again is still a duplicate.
    expect((await qh.send('POST', '/api/v1/marketplace/events', { events: [event] })).body).toMatchObject({ accepted: 0, duplicates: 1 });
  });

  test('must be there, and is erased by administrators alone', async () => {
    expect((await erase('77777777-0000-4000-8000-00000000ffff')).status).toBe(404);
    const { key } = await qh.system.keys.create({ name: 'w', role: 'integration', created_by: 'test' });
    expect((await erase(id('b', 2), key)).status).toBe(403);
  });

  test('what is personal is declared: masked where rows are read, in the list of the rooms', async () => {
    const declared = await qh.test.owner.query<{ name: string }>(
      `select c.table_name || '.' || c.column_name as name from platform.personal_columns c where c.schema_name = 'marketplace' order by 1`,
    );
    expect(declared.map(({ name }) => name)).toEqual([
      'eventos_sistema.datos_evento',
      'mv_ranking_asesores.asesor_email',
      'mv_ranking_asesores.asesor_nombre',
      'notificaciones.datos_adicionales',
      'notificaciones.mensaje',
      'notificaciones.titulo',
      'notificaciones.url_accion',
      'usuarios.apellido',
      'usuarios.email',
      'usuarios.nombre',
      'usuarios.telefono',
    ]);
  });
});
