import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { id, loadMarketplace, marketplaceNow } from '../../../test/fixtures/marketplace.ts';
import { evaluate } from '../../platform/rules/rules.ts';
import { refreshViews } from './refresh_views.ts';
import { rules } from './rules.ts';

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem();
  qh.test.setNow(marketplaceNow);
  await loadMarketplace(qh.test.db);
});
afterAll(() => qh.close());

const months = () => qh.test.owner.query('select * from marketplace.mv_metricas_mensuales order by mes');
const stats = () => qh.test.api.query<{ view_name: string; row_count: number; last_refresh: Date }>('select * from api.get_mv_stats()');

/** Each figure by walking through the rows one by one: no join, no group by, nothing of the definition. */
interface Rows {
  requests: { id: string; mes: Date; estado: string; cliente_id: string; created_at: Date; fecha_cierre: Date | null }[];
  offers: { id: string; solicitud_id: string; asesor_id: string; estado: string; tiempo_entrega_dias: number }[];
  lines: { oferta_id: string; precio_unitario: number; cantidad: number; garantia_meses: number }[];
  parts: { solicitud_id: string; marca_vehiculo: string }[];
}

function naive(rows: Rows, year: number, month: number) {
  const bogota = (at: Date) => new Date(at.getTime() - 5 * 3600_000);
  const requests = rows.requests.filter(
    ({ created_at }) => bogota(created_at).getUTCFullYear() === year && bogota(created_at).getUTCMonth() === month,
  );
  const of = new Set(requests.map((request) => request.id));
  const offers = rows.offers.filter((offer) => of.has(offer.solicitud_id));
  const offered = new Set(offers.map((offer) => offer.id));
  const lines = rows.lines.filter((line) => offered.has(line.oferta_id));
  const count = (state: string) => requests.filter(({ estado }) => estado === state).length;
  const mean = (values: number[]) => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
  const closed = requests.filter(({ fecha_cierre }) => fecha_cierre !== null);
  return {
    solicitudes_creadas: requests.length,
    solicitudes_aceptadas: count('OFERTAS_ACEPTADAS'),
    solicitudes_rechazadas: count('OFERTAS_RECHAZADAS'),
    solicitudes_expiradas: count('EXPIRADA'),
    solicitudes_sin_ofertas: count('CERRADA_SIN_OFERTAS'),
    tiempo_promedio_cierre_seg: mean(closed.map(({ created_at, fecha_cierre }) => (fecha_cierre!.getTime() - created_at.getTime()) / 1000)),
    ofertas_totales: offers.length,
    ofertas_ganadoras: offers.filter(({ estado }) => estado === 'GANADORA' || estado === 'ACEPTADA').length,
    ofertas_aceptadas: offers.filter(({ estado }) => estado === 'ACEPTADA').length,
    precio_promedio_ofertas: mean(lines.map(({ precio_unitario }) => precio_unitario)),
    precio_minimo_ofertas: lines.reduce<number | null>((low, { precio_unitario: price }) => (low === null || price < low ? price : low), null),
    precio_maximo_ofertas: lines.reduce<number | null>((high, { precio_unitario: price }) => (high === null || price > high ? price : high), null),
    tiempo_entrega_promedio: mean(offers.map(({ tiempo_entrega_dias }) => tiempo_entrega_dias)),
    garantia_promedio_meses: mean(lines.map(({ garantia_meses }) => garantia_meses)),
    clientes_activos: new Set(requests.map(({ cliente_id }) => cliente_id)).size,
    asesores_activos: new Set(offers.map(({ asesor_id }) => asesor_id)).size,
    marcas_vehiculos_solicitadas: new Set(
      rows.parts.filter(({ solicitud_id }) => of.has(solicitud_id)).map(({ marca_vehiculo }) => marca_vehiculo.trim().toLowerCase()),
    ).size,
    volumen_transaccional_total: lines.reduce((sum, { precio_unitario, cantidad }) => sum + precio_unitario * cantidad, 0),
    tasa_aceptacion_pct: requests.length === 0 ? null : (100 * count('OFERTAS_ACEPTADAS')) / requests.length,
    tasa_conversion_ofertas_pct:
      offers.length === 0 ? null : (100 * offers.filter(({ estado }) => estado === 'GANADORA' || estado === 'ACEPTADA').length) / offers.length,
    ofertas_promedio_por_solicitud: requests.length === 0 ? null : offers.length / requests.length,
  };
}

describe('random data', () => {
  test('after any writes the incremental refresh equals the full one and counting row by row', async () => {
    const step = fc.record({
      days: fc.integer({ min: 0, max: 100 }),
      hour: fc.integer({ min: 0, max: 23 }),
      parts: fc.array(fc.constantFrom('Kia', 'KIA ', 'Mazda', 'Fiat'), { minLength: 1, maxLength: 3 }),
      offers: fc.array(
        fc.record({ advisor: fc.integer({ min: 1, max: 3 }), price: fc.integer({ min: 1000, max: 9000 }), lines: fc.integer({ min: 1, max: 3 }) }),
        { maxLength: 3 },
      ),
      fate: fc.constantFrom('ABIERTA', 'OFERTAS_ACEPTADAS', 'OFERTAS_RECHAZADAS', 'EXPIRADA', 'CERRADA_SIN_OFERTAS'),
      remove: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        await qh.test.inTransaction(async (tx) => {
          await tx.query(`select set_config('qh.now', $1, true)`, [marketplaceNow]);
          for (const one of steps) {
            const [request] = await tx.query<{ id: string }>(
              `insert into marketplace.solicitudes (cliente_id, ciudad_origen, created_at)
               values ($1, 'Cali', timestamptz '2024-11-01' + make_interval(days => $2, hours => $3)) returning id`,
              [id('c', 1 + (one.days % 2)), one.days, one.hour],
            );
            const parts = await tx.query<{ id: string }>(
              `insert into marketplace.repuestos_solicitados (solicitud_id, nombre, marca_vehiculo, anio_vehiculo)
               select $1, 'x', b, 2000 from unnest($2::text[]) b returning id`,
              [request!.id, one.parts],
            );
            for (const offer of one.fate === 'CERRADA_SIN_OFERTAS' ? [] : one.offers) {
              const [made] = await tx.query<{ id: string }>(
                `insert into marketplace.ofertas (solicitud_id, asesor_id, tiempo_entrega_dias, created_at) select s.id, $2, 2, s.created_at from marketplace.solicitudes s where s.id = $1 returning id`,
                [request!.id, id('a', offer.advisor)],
              );
              for (const part of parts.slice(0, offer.lines))
                await tx.query(
                  `insert into marketplace.ofertas_detalle (oferta_id, solicitud_id, repuesto_solicitado_id, precio_unitario, garantia_meses) values ($1, $2, $3, $4, 3)`,
                  [made!.id, request!.id, part.id, offer.price],
                );
            }
            await tx.query('select marketplace.refresh_mv_metricas_mensuales(false)');
            if (one.fate !== 'ABIERTA')
              await tx.query(
                `update marketplace.solicitudes s set estado = $2, cliente_acepto = case $2 when 'OFERTAS_ACEPTADAS' then true when 'OFERTAS_RECHAZADAS' then false end,
                   fecha_evaluacion = s.created_at, fecha_cierre = s.created_at + interval '90 seconds' where s.id = $1`,
                [request!.id, one.fate],
              );
            if (one.remove) await tx.query('delete from marketplace.solicitudes where id = $1', [request!.id]);
          }
          await tx.query('select marketplace.refresh_mv_metricas_mensuales(false)');
          const stored = await tx.query<Record<string, number | null> & { mes: string }>(
            'select v.*, v.mes::text as mes from marketplace.mv_metricas_mensuales v order by v.mes',
          );
          const full = await tx.query<{ changed: number }>('select changed_count as changed from marketplace.refresh_mv_metricas_mensuales(true)');
          expect(full[0]!.changed, 'a full refresh changes nothing more').toBe(0);
          const rows: Rows = {
            requests: await tx.query('select * from marketplace.solicitudes'),
            offers: await tx.query('select * from marketplace.ofertas'),
            lines: await tx.query('select * from marketplace.ofertas_detalle'),
            parts: await tx.query('select * from marketplace.repuestos_solicitados'),
          };
          for (const month of stored)
            for (const [name, value] of Object.entries(naive(rows, Number(month.mes.slice(0, 4)), Number(month.mes.slice(5, 7)) - 1)))
              if (value === null) expect(month[name], `${month.mes} ${name}`).toBeNull();
              else expect(month[name], `${month.mes} ${name}`).toBeCloseTo(value, 1);
        });
      }),
      { numRuns: 12 },
    );
  });
});

describe('a refresh', () => {
  test('that was never made is unhealthy, and that is no failure of the question', async () => {
    expect(await qh.get('/materialized-views/health')).toMatchObject({
      status: 200,
      body: { status: 'unhealthy', views_count: 2, last_refresh: null, scheduler_running: false },
    });
  });

  test('says what it did, changes nothing the second time, and get_mv_stats tells the truth', async () => {
    const first = await refreshViews(qh.test.db, { cause: 'manual' });
    expect(first).toMatchObject({ success: true, total_views: 2, successful_refreshes: 2, error: null });
    const again = await refreshViews(qh.test.db, { cause: 'manual' });
    expect(again!.details.map(({ view_name, row_count, changed_count }) => [view_name, row_count, changed_count])).toEqual([
      ['mv_metricas_mensuales', 3, 0],
      ['mv_ranking_asesores', 3, 0],
    ]);
    expect((await stats()).map(({ view_name, row_count, last_refresh }) => [view_name, row_count, last_refresh.toISOString()])).toEqual([
      ['mv_metricas_mensuales', 3, '2025-02-10T12:00:00.000Z'],
      ['mv_ranking_asesores', 3, '2025-02-10T12:00:00.000Z'],
    ]);
    expect((await qh.get('/api/v1/marketplace/month_to_date')).body).toMatchObject({
      live: { solicitudes_creadas: 5 },
      stored: { solicitudes_creadas: 5 },
      differences: [],
    });
  });

  test('runs once at a time: the second is told so', async () => {
    await qh.test.db.transaction(async (tx) => {
      await tx.query('select marketplace.lock_refresh(true)');
      expect(await qh.send('POST', '/materialized-views/refresh', {})).toMatchObject({ status: 409 });
    });
    expect(await qh.send('POST', '/materialized-views/refresh', { force: true })).toMatchObject({ status: 200, body: { success: true } });
  });

  test('lets readers read while it writes: they see what was there before', async () => {
    await qh.test.owner.transaction(async (tx) => {
      await tx.query('delete from marketplace.mv_metricas_mensuales');
      await tx.query('select marketplace.refresh_views(marketplace.begin_run($1, null, true), true)', ['manual']);
      const { body } = await qh.get('/materialized-views/monthly-metrics');
      expect(body).toHaveLength(3);
    });
  });

  test('in which a view fails keeps what that view had, is no 200, and breaks the rule until it is repaired', async () => {
    const before = await months();
    await qh.test.owner.query('alter table marketplace.mv_metricas_mensuales add constraint broken check (solicitudes_creadas < 0) not valid');
    await qh.test.owner.query(
      `update marketplace.solicitudes set ciudad_origen = 'Pasto'; delete from marketplace.repuestos_solicitados where id = '${id('e', 5)}'`,
    );
    const answer = await qh.send('POST', '/materialized-views/refresh', {});
    expect(answer).toMatchObject({ status: 500, body: { errors: [{ path: 'mv_metricas_mensuales' }] } });
    expect(await months()).toEqual(before);
    expect(await qh.get('/materialized-views/health')).toMatchObject({ status: 200, body: { status: 'degraded' } });
    const { items } = (await qh.get('/api/v1/marketplace/refresh_runs?limit=1')).body as { items: { details: object[] }[] };
    expect(items).toMatchObject([
      {
        status: 'ERROR',
        error_message: expect.stringContaining('broken'),
        details: [
          { view_name: 'mv_metricas_mensuales', status: 'ERROR', row_count: 0, changed_count: 0, error_message: expect.stringContaining('broken') },
          { view_name: 'mv_ranking_asesores', status: 'SUCCESS', row_count: 3, changed_count: 0, error_message: null },
        ],
      },
    ]);
    expect((await evaluate(rules, qh.test.db, qh.system.log))[0]).toMatchObject({ name: 'marketplace.refresh_failed', severity: 'critical' });
    await qh.test.owner.query('alter table marketplace.mv_metricas_mensuales drop constraint broken');
    expect((await qh.send('POST', '/materialized-views/refresh', {})).status).toBe(200);
    expect((await evaluate(rules, qh.test.db, qh.system.log))[0]!.severity).toBe('ok');
    // What had been touched was not forgotten by the refresh that failed.
    expect((await qh.get('/api/v1/marketplace/month_to_date')).body).toMatchObject({ differences: [], live: { marcas_vehiculos_solicitadas: 1 } });
  });

  test('that is killed leaves the old data, and the log says why', async () => {
    const before = await months();
    const blocker = new pg.Client({ connectionString: qh.test.url('migrate') });
    await blocker.connect();
    try {
      await blocker.query('begin; lock table marketplace.ofertas in access exclusive mode');
      const running = refreshViews(qh.test.db, { cause: 'manual', full: true }).then(
        () => null,
        (error: Error) => error,
      );
      let pid: number | undefined;
      while (pid === undefined)
        pid = (
          await qh.test.owner.query<{ pid: number }>(
            `select pid from pg_locks where locktype = 'relation' and relation = 'marketplace.ofertas'::regclass and not granted`,
          )
        )[0]?.pid;
      const superuser = new pg.Client({ connectionString: qh.test.url('superuser') });
      await superuser.connect();
      await superuser.query('select pg_terminate_backend($1)', [pid]);
      await superuser.end();
      expect(await running).toBeInstanceOf(Error);
    } finally {
      await blocker.query('rollback');
      await blocker.end();
    }
    expect(await months()).toEqual(before);
    const [run] = await qh.test.owner.query<{ status: string; error_message: string }>(
      'select status, error_message from marketplace.refresh_runs order by run_id desc limit 1',
    );
    expect(run).toMatchObject({ status: 'ERROR', error_message: expect.stringMatching(/terminat/) });
    // One whose whole process died is closed by the next.
    await qh.test.owner.query(`select marketplace.begin_run('manual', null, false)`);
    await refreshViews(qh.test.db, { cause: 'manual' });
    expect(await qh.test.owner.query(`select count(*) as n from marketplace.refresh_runs where status = 'RUNNING'`)).toEqual([{ n: 0 }]);
  });
});

describe('the scheduler', () => {
  const runs = () => qh.test.owner.query<{ n: number }>(`select count(*) as n from marketplace.refresh_runs where cause = 'scheduled'`);

  test('catches a missed run up once, however many were missed, on one of all nodes', async () => {
    qh.test.setNow('2025-02-10T12:00:00Z');
    expect(
      (
        await qh.app.inject({
          method: 'PUT',
          url: '/materialized-views/scheduler/reschedule?hour=2&minute=30',
          headers: { 'x-api-key': qh.adminKey },
        })
      ).json(),
    ).toEqual({
      success: true,
      message: 'The views are refreshed daily at 02:30 America/Bogota.',
      new_schedule: '02:30',
      rescheduled_at: '2025-02-10T12:00:00+00:00',
      next_run_time: '2025-02-11T07:30:00+00:00',
    });
    expect(await refreshViews(qh.test.db, { cause: 'scheduled' })).toBeNull();
    qh.test.setNow('2025-02-11T07:29:59Z');
    expect(await refreshViews(qh.test.db, { cause: 'scheduled' })).toBeNull();
    qh.test.setNow('2025-02-14T08:00:00Z');
    expect((await qh.get('/materialized-views/scheduler/status')).body).toMatchObject({
      is_running: false,
      jobs: [{ is_due: true, next_run_time: '2025-02-15T07:30:00+00:00' }],
    });
    expect((await evaluate(rules, qh.test.db, qh.system.log))[1]).toMatchObject({ name: 'marketplace.refresh_late', severity: 'warning', value: 30 });
    const both = await Promise.all([1, 2].map(() => refreshViews(qh.test.db, { cause: 'scheduled' })));
    expect(both.filter((result) => result !== null)).toHaveLength(1);
    expect(await refreshViews(qh.test.db, { cause: 'scheduled' })).toBeNull();
    // pg_cron asks the same question and gets the same answer.
    expect(await qh.test.owner.query('select marketplace.run_due() as run')).toEqual([{ run: null }]);
    expect(await runs()).toEqual([{ n: 1 }]);
    expect((await evaluate(rules, qh.test.db, qh.system.log))[1]!.severity).toBe('ok');
  });

  test('is asked for a time that there is', async () => {
    expect((await qh.send('PUT', '/materialized-views/scheduler/reschedule', { hour: 24 })).status).toBe(400);
    expect(await qh.test.db.query('select marketplace.use_pg_cron() as used')).toEqual([{ used: false }]);
  });
});

describe('rows that cannot be', () => {
  const fails = async (text: string, constraint: string) => {
    const error = await qh.test.owner.query(text).then(
      () => null,
      (reason: pg.DatabaseError) => reason,
    );
    expect(error?.constraint ?? error?.message, text).toContain(constraint);
  };
  test('are refused: states, orders of events, lines of another request, offers for a request without offers', async () => {
    await fails(`update marketplace.solicitudes set estado = 'EXPIRADA' where id = '${id('d', 4)}'`, 'solicitudes_cierre');
    await fails(`update marketplace.solicitudes set cliente_acepto = true where id = '${id('d', 4)}'`, 'solicitudes_respuesta');
    await fails(`update marketplace.solicitudes set fecha_cierre = created_at - interval '1 s' where id = '${id('d', 1)}'`, 'solicitudes_orden');
    await fails(
      `insert into marketplace.ofertas (solicitud_id, asesor_id, tiempo_entrega_dias, created_at) values ('${id('d', 3)}', '${id('a', 1)}', 1, '2025-02-03')`,
      'sin_ofertas',
    );
    await fails(`update marketplace.solicitudes set estado = 'CERRADA_SIN_OFERTAS' where id = '${id('d', 2)}'`, 'sin_ofertas');
    const offered = (state: string, request: number) =>
      `insert into marketplace.ofertas (solicitud_id, asesor_id, tiempo_entrega_dias, estado, created_at) values ('${id('d', request)}', '${id('a', 1)}', 1, '${state}', '2025-02-04')`;
    await fails(offered('ENVIADA', 6), 'oferta_tras_solicitud');
    await fails(`update marketplace.ofertas set created_at = '2025-01-31' where id = '${id('f', 3)}'`, 'oferta_tras_solicitud');
    await fails(`update marketplace.solicitudes set created_at = '2025-02-01 02:00-05' where id = '${id('d', 2)}'`, 'oferta_tras_solicitud');
    await fails(offered('ACEPTADA', 4), 'respuesta_de_oferta');
    await fails(offered('RECHAZADA', 1), 'respuesta_de_oferta');
    await fails(`update marketplace.ofertas set estado = 'ACEPTADA' where id = '${id('f', 4)}'`, 'respuesta_de_oferta');
    await fails(
      `update marketplace.solicitudes set estado = 'OFERTAS_RECHAZADAS', cliente_acepto = false where id = '${id('d', 1)}'`,
      'respuesta_de_oferta',
    );
    await fails(`update marketplace.ofertas_historicas set entrega_exitosa = true where not aceptada_cliente`, 'historicas_orden');
    await fails(`update marketplace.ofertas_detalle set repuesto_solicitado_id = '${id('e', 4)}' where oferta_id = '${id('f', 2)}'`, 'repuesto');
  });
});
