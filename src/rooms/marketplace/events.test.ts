import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { id, loadMarketplace, marketplaceNow } from '../../../test/fixtures/marketplace.ts';

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem();
  qh.test.setNow(marketplaceNow);
  await loadMarketplace(qh.test.db);
});
afterAll(() => qh.close());

const post = async (events: object[]) => (await qh.send('POST', '/api/v1/marketplace/events', { events })).body;
const [request, part, offer] = [
  '11111111-0000-4000-8000-000000000001',
  '22222222-0000-4000-8000-000000000001',
  '33333333-0000-4000-8000-000000000001',
];
const event = (event_id: string, event_type: string, data: object, at = '2025-02-08T20:00:00-05:00') => ({ event_id, event_type, at, data });
const differences = () =>
  qh.test.owner.query(`
    with counted as (select metrica_nombre, fecha, dimensiones, count(*) as valor from marketplace.event_counts group by 1, 2, 3),
      live as (select metrica_nombre, fecha, dimensiones, valor from marketplace.eventos_metricas)
    (table counted except all table live) union all (table live except all table counted)`);

test('a request lives from its creation to its delivery, each event is taken once, and one out of turn is rejected with the reason', async () => {
  const story = [
    event('1', 'solicitud.creada', {
      solicitud_id: request,
      cliente_id: id('c', 1),
      ciudad: 'Cali',
      repuestos: [{ repuesto_id: part, nombre: 'Faro', marca: 'Kia', anio: 2015 }],
    }),
    event('2', 'oferta.submitted', {
      oferta_id: offer,
      solicitud_id: request,
      asesor_id: id('a', 3),
      tiempo_entrega_dias: 2,
      tiempo_respuesta_seg: 40,
      detalle: [{ repuesto_id: part, precio_unitario: 5000, cantidad: 2, garantia_meses: 3 }],
    }),
    event('3', 'evaluacion.completada', { solicitud_id: request, duracion_ms: 12, adjudicaciones: [{ oferta_id: offer, repuesto_id: part }] }),
    event('4', 'cliente.acepto', { solicitud_id: request }),
    event('5', 'entrega.confirmada', { solicitud_id: request, asesor_id: id('a', 3) }),
  ];
  expect(await post(story)).toEqual({ accepted: 5, duplicates: 0, rejected: [], warnings: [] });
  expect(await post(story)).toEqual({ accepted: 0, duplicates: 5, rejected: [], warnings: [] });
  const [row] = await qh.test.owner.query(
    `select s.estado, o.estado as oferta, h.adjudicada and h.aceptada_cliente and h.entrega_exitosa as entregada, h.monto_total
     from marketplace.solicitudes s join marketplace.ofertas o on o.solicitud_id = s.id join marketplace.ofertas_historicas h on h.solicitud_id = s.id where s.id = $1`,
    [request],
  );
  expect(row).toEqual({ estado: 'OFERTAS_ACEPTADAS', oferta: 'ACEPTADA', entregada: true, monto_total: 10000 });
  const refused = (await post([
    event('6', 'cliente.rechazo', { solicitud_id: request }),
    event('7', 'oferta.creada', {
      oferta_id: '33333333-0000-4000-8000-000000000009',
      solicitud_id: request,
      asesor_id: id('a', 3),
      tiempo_entrega_dias: 91,
      detalle: [],
    }),
    event(
      '7b',
      'oferta.creada',
      { oferta_id: id('f', 7), solicitud_id: id('d', 4), asesor_id: id('a', 3), tiempo_entrega_dias: 1, detalle: [] },
      '2025-02-03T09:59:59-05:00',
    ),
    event('8', 'nada.pasa', {}),
    event('9', 'solicitud.expirada', { solicitud_id: id('d', 4) }),
  ])) as { accepted: number; rejected: { event_id: string; rule: string; message: string }[] };
  expect(refused.accepted).toBe(1);
  expect(refused.rejected.map(({ event_id, rule }) => [event_id, rule])).toEqual([
    ['6', 'QH409'],
    ['7', 'ofertas_tiempo_entrega_dias_check'],
    ['7b', 'oferta_tras_solicitud'],
    ['8', 'QH400'],
  ]);
  expect(refused.rejected[2]!.message).toMatch(/^the offer .* is of 2025-02-03T14:59:59.*, before its request .* of 2025-02-03T15:00:00/);
  expect(await qh.test.owner.query(`select estado from marketplace.solicitudes where id = '${id('d', 4)}'`)).toEqual([
    { estado: 'CERRADA_SIN_OFERTAS' },
  ]);
  expect(await differences()).toEqual([]);
});

test('live counters equal the recompute, whatever is sent twice, refused or at the same time', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ n: fc.integer({ min: 1, max: 8 }), city: fc.constantFrom('Cali', 'Pasto', null), day: fc.integer({ min: 1, max: 3 }) }), {
        maxLength: 12,
      }),
      async (list) => {
        run++;
        const events = list.map(({ n, city, day }) =>
          event(
            `r${run}-${n}`,
            'cliente.registered',
            { cliente_id: crypto.randomUUID(), nombre: 'X', ciudad: city, canal: 'PUSH' },
            `2025-02-0${day}T23:30:00-05:00`,
          ),
        );
        const half = Math.ceil(events.length / 2);
        await Promise.all([events.slice(0, half), events.slice(half).toReversed(), events].filter((part) => part.length > 0).map(post));
        expect(await differences()).toEqual([]);
      },
    ),
    { numRuns: 8 },
  );
  const { body } = await qh.get('/api/v1/marketplace/live_counters?fecha=2025-02-08');
  expect(body).toMatchObject({
    items: expect.arrayContaining([{ fecha: '2025-02-08', metrica_nombre: 'solicitudes_creadas', ciudad: 'Cali', canal: '', valor: 1 }]),
  });
});
