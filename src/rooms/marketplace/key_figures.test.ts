import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { id, loadMarketplace, marketplaceNow } from '../../../test/fixtures/marketplace.ts';

/** Every column of both views, worked out on paper from test/fixtures/marketplace.ts. */

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem();
  qh.test.setNow(marketplaceNow);
  await loadMarketplace(qh.test.db);
  await qh.test.owner.query('select * from api.refresh_all_mv()');
});
afterAll(() => qh.close());

describe('months', () => {
  test('parts, offers and lines are each counted once; 23:30 on 31 December in Bogotá is December; an edit moves no closing time', async () => {
    const { body } = await qh.get('/materialized-views/monthly-metrics?start_month=2024-12&end_month=2024-12');
    expect(body).toEqual([
      {
        mes: '2024-12-01',
        solicitudes_creadas: 1,
        solicitudes_aceptadas: 1,
        solicitudes_rechazadas: 0,
        solicitudes_expiradas: 0,
        solicitudes_sin_ofertas: 0,
        tiempo_promedio_cierre_seg: 3600,
        ofertas_totales: 2,
        ofertas_ganadoras: 1,
        ofertas_aceptadas: 1,
        precio_promedio_ofertas: 90000,
        precio_minimo_ofertas: 50000,
        precio_maximo_ofertas: 120000,
        tiempo_entrega_promedio: 3.5,
        garantia_promedio_meses: 7,
        clientes_activos: 1,
        asesores_activos: 2,
        marcas_vehiculos_solicitadas: 2,
        volumen_transaccional_total: 490000,
        tasa_aceptacion_pct: 100,
        tasa_conversion_ofertas_pct: 50,
        ofertas_promedio_por_solicitud: 2,
        mes_en_curso: false,
      },
    ]);
  });

  test('a month without requests is there, with zeros and unknown averages; the running month is marked; expired is not without offers', async () => {
    const { body } = await qh.get('/materialized-views/monthly-metrics');
    const [february, january] = body as Record<string, unknown>[];
    expect(body).toHaveLength(3);
    expect(january).toMatchObject({
      mes: '2025-01-01',
      solicitudes_creadas: 0,
      ofertas_totales: 0,
      volumen_transaccional_total: 0,
      mes_en_curso: false,
    });
    expect(january).toMatchObject({
      tasa_aceptacion_pct: null,
      tiempo_promedio_cierre_seg: null,
      precio_promedio_ofertas: null,
      ofertas_promedio_por_solicitud: null,
    });
    expect(february).toEqual({
      mes: '2025-02-01',
      solicitudes_creadas: 5,
      solicitudes_aceptadas: 0,
      solicitudes_rechazadas: 1,
      solicitudes_expiradas: 1,
      solicitudes_sin_ofertas: 1,
      tiempo_promedio_cierre_seg: 7200,
      ofertas_totales: 2,
      ofertas_ganadoras: 1,
      ofertas_aceptadas: 0,
      precio_promedio_ofertas: 1500,
      precio_minimo_ofertas: 1000,
      precio_maximo_ofertas: 2000,
      tiempo_entrega_promedio: 2,
      garantia_promedio_meses: 1.5,
      clientes_activos: 2,
      asesores_activos: 2,
      marcas_vehiculos_solicitadas: 1,
      volumen_transaccional_total: 7000,
      tasa_aceptacion_pct: 0,
      tasa_conversion_ofertas_pct: 50,
      ofertas_promedio_por_solicitud: 0.4,
      mes_en_curso: true,
    });
  });
});

describe('ranking', () => {
  test('offers, audits and notifications do not multiply each other; what lies outside its window does not count; equals share a rank', async () => {
    const { body } = await qh.get('/materialized-views/advisor-rankings');
    const [ana, beto, caro] = body as Record<string, unknown>[];
    expect(body).toHaveLength(3);
    expect(ana).toEqual({
      asesor_id: id('a', 1),
      asesor_nombre: 'Ana Ruiz',
      asesor_email: 'ana@example.com',
      ciudad: 'Medellín',
      departamento: 'D',
      punto_venta: 'P1',
      confianza: 4,
      nivel_actual: null,
      estado_asesor: 'ACTIVO',
      actividad_reciente_pct: 10,
      desempeno_historico_pct: 20,
      ofertas_historicas_total: 2,
      ofertas_ganadoras: 2,
      ofertas_aceptadas_cliente: 1,
      entregas_exitosas: 1,
      tiempo_promedio_respuesta_seg: 150,
      monto_promedio_ofertas: 250000,
      volumen_total_ofertas: 250000,
      confianza_auditada: 4.5,
      auditorias_realizadas: 2,
      ultima_auditoria: '2025-02-05T00:00:00+00:00',
      notificaciones_recibidas: 3,
      notificaciones_respondidas: 2,
      tiempo_promedio_respuesta_notif_seg: 90,
      tasa_respuesta_pct: 66.67,
      tasa_conversion_ofertas_pct: 100,
      tasa_exito_completo_pct: 50,
      ranking_ciudad: 1,
      ranking_nacional: 1,
      percentil_ofertas_ganadoras_ciudad: 0,
      percentil_ofertas_ganadoras_nacional: 50,
      calculado_at: '2025-02-10T12:00:00+00:00',
      ranking_ciudad_anterior: null,
      ranking_nacional_anterior: null,
    });
    expect(beto).toMatchObject({
      ranking_ciudad: 1,
      ranking_nacional: 1,
      tasa_respuesta_pct: null,
      notificaciones_recibidas: 0,
      confianza_auditada: 4,
    });
    expect(beto).toMatchObject({ volumen_total_ofertas: 250000, monto_promedio_ofertas: 125000, tasa_exito_completo_pct: 0, ultima_auditoria: null });
    expect(caro).toMatchObject({ nivel_actual: 4, ranking_ciudad: 1, ranking_nacional: 3, tasa_conversion_ofertas_pct: 0 });
    // The only advisor of a city has nobody behind or before: 100, not 0.
    expect(caro).toMatchObject({ percentil_ofertas_ganadoras_ciudad: 100, percentil_ofertas_ganadoras_nacional: 0 });
  });

  test('below the minimum of offers there is no rank', async () => {
    await qh.test.inTransaction(async (tx) => {
      await tx.query(`select set_config('qh.now', $1, true)`, [marketplaceNow]);
      await tx.query('update marketplace.settings set ranking_minimum_offers = 2');
      const rows = await tx.query(
        'select asesor_nombre, ranking_nacional, percentil_ofertas_ganadoras_ciudad as p from marketplace.advisor_ranking($1) order by 1',
        [marketplaceNow],
      );
      expect(rows).toEqual([
        { asesor_nombre: 'Ana Ruiz', ranking_nacional: 1, p: 0 },
        { asesor_nombre: 'Beto Sol', ranking_nacional: 1, p: 0 },
        { asesor_nombre: 'Caro Paz', ranking_nacional: null, p: null },
      ]);
    });
  });

  test('the best by a metric are the best of all, and a city in any case is a city', async () => {
    const top = await qh.get('/materialized-views/top-advisors?metric=confianza_auditada&limit=2');
    expect(top.body).toMatchObject({
      metric: 'confianza_auditada',
      ciudad: null,
      total_found: 2,
      top_advisors: [
        { asesor_nombre: 'Ana Ruiz', posicion: 1 },
        { asesor_nombre: 'Beto Sol', posicion: 2 },
      ],
    });
    const city = await qh.get(`/materialized-views/top-advisors?ciudad=${encodeURIComponent('BOGOTÁ')}`);
    expect(city.body).toMatchObject({ total_found: 1, top_advisors: [{ asesor_nombre: 'Caro Paz' }] });
  });

  test('a city is the sums over its advisors', async () => {
    const { body } = await qh.get('/materialized-views/city-summary');
    expect(body).toMatchObject({
      total_cities: 2,
      cities: [
        {
          ciudad: 'Medellín',
          total_asesores: 2,
          ofertas_ganadoras_total: 4,
          entregas_exitosas_total: 1,
          volumen_total: 500000,
          tasa_respuesta_promedio: 66.67,
          confianza_promedio: 4,
        },
        {
          ciudad: 'Bogotá',
          total_asesores: 1,
          ofertas_ganadoras_total: 0,
          volumen_total: 6000,
          tasa_respuesta_promedio: null,
          confianza_promedio: 3.5,
        },
      ],
    });
  });
});

describe('routes', () => {
  test.each([
    '/materialized-views/top-advisors?metric=nombre',
    '/materialized-views/monthly-metrics?start_month=2025-02&end_month=2025-01',
    '/materialized-views/monthly-metrics?start_month=2025-13',
    '/materialized-views/monthly-metrics?limit=61',
    '/materialized-views/advisor-rankings?limit=0',
  ])('%s is 400', async (url) => {
    expect(await qh.get(url)).toMatchObject({ status: 400, body: { code: 'bad_request' } });
  });

  test('addresses of advisors are masked for those who may not see them', async () => {
    const { key } = await qh.system.keys.create({ name: 'v', role: 'viewer', created_by: 'test' });
    expect(((await qh.get('/materialized-views/advisor-rankings', key)).body as { asesor_email: string }[])[0]!.asesor_email).toBe('a***@…');
  });

  test('a key for some cities sees their advisors, and not the figures of the nation', async () => {
    const { key } = await qh.system.keys.create({ name: 'c', role: 'viewer', cities: ['Bogotá'], created_by: 'test' });
    expect(((await qh.get('/materialized-views/advisor-rankings', key)).body as { ciudad: string }[]).map(({ ciudad }) => ciudad)).toEqual([
      'Bogotá',
    ]);
    expect((await qh.get('/materialized-views/city-summary', key)).body).toMatchObject({ total_cities: 1 });
    expect((await qh.get('/materialized-views/monthly-metrics', key)).body).toEqual([]);
  });

  test('each column says in a sentence what it is', async () => {
    const bare = await qh.test.owner.query(
      `select a.attrelid::regclass::text || '.' || a.attname as name from pg_attribute a
       where a.attrelid in ('api.mv_metricas_mensuales'::regclass, 'api.mv_ranking_asesores'::regclass) and a.attnum > 0 and col_description(a.attrelid, a.attnum) is null`,
    );
    expect(bare).toEqual([]);
  });
});
