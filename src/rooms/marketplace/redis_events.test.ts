import { setTimeout as pause } from 'node:timers/promises';
import { Redis as Client } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redisServer, type RedisServer } from '../../../test/fixtures/redis_server.ts';
import { id, loadMarketplace, marketplaceNow } from '../../../test/fixtures/marketplace.ts';
import { skipWithout } from '../../../test/parts.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { erasureKeyOf } from '../../platform/personal/erased.ts';
import { openRedis, type RedisLink } from '../../platform/redis/redis.ts';
import { RedisEvents } from './redis_events.ts';
import { readMessage } from './redis_message.ts';

const [request, part, offer] = [
  '11111111-0000-4000-8000-000000000001',
  '22222222-0000-4000-8000-000000000001',
  '33333333-0000-4000-8000-000000000001',
];
const at = '2025-02-08T20:00:00-05:00';
const story = [
  {
    event_type: 'solicitud.created',
    data: {
      solicitud_id: request,
      cliente_id: id('c', 1),
      ciudad: 'Cali',
      repuestos: [{ repuesto_id: part, nombre: 'Faro', marca: 'Kia', anio: 2015 }],
    },
  },
  {
    event_type: 'oferta.submitted',
    data: {
      oferta_id: offer,
      solicitud_id: request,
      asesor_id: id('a', 3),
      tiempo_entrega_dias: 2,
      tiempo_respuesta_seg: 40,
      detalle: [{ repuesto_id: part, precio_unitario: 5000, cantidad: 2, garantia_meses: 3 }],
    },
  },
  { event_type: 'evaluacion.completed', data: { solicitud_id: request, duracion_ms: 12, adjudicaciones: [{ oferta_id: offer, repuesto_id: part }] } },
  { event_type: 'oferta.accepted', data: { solicitud_id: request } },
  // Out of turn: it was accepted already.
  { event_type: 'oferta.rejected', data: { solicitud_id: request } },
  { event_type: 'entrega.confirmada', data: { solicitud_id: request, asesor_id: id('a', 3) } },
].map((event, n) => ({ event_id: `s-${n}`, at, ...event }));

describe('a message', () => {
  test('is the event as by REST, or its data alone with the type of the channel and the id of its content', () => {
    expect(readMessage('teloo:events:oferta.accepted', JSON.stringify(story[3]))).toEqual(story[3]);
    const bare = (text: string) => readMessage('teloo:events:oferta.accepted', text);
    const found = bare(`{"solicitud_id": "${request}", "timestamp": "${at}"}`);
    expect(found).toMatchObject({ event_type: 'oferta.accepted', at, data: { solicitud_id: request } });
    expect(found.event_id).toMatch(/^sha256-[0-9a-f]{64}$/);
    expect(bare(`{"solicitud_id": "${request}", "timestamp": "${at}"}`).event_id).toBe(found.event_id);
    expect(bare(`{"solicitud_id": "${part}", "timestamp": "${at}"}`).event_id).not.toBe(found.event_id);
  });

  test.each(['', 'hello', '[]', '7', 'null', '{"event_id": ""}', '{"at": "yesterday"}', '{"data": 3}'])('%j is none', (text) => {
    expect(() => readMessage('teloo:events:oferta.accepted', text)).toThrow();
  });
});

describe.skipIf(skipWithout('redis'))('events published in Redis', () => {
  let redis: RedisServer;
  let heard: TestSystem;
  let posted: TestSystem;
  let links: RedisLink[];
  let nodes: RedisEvents[];
  let publisher: Client;
  beforeAll(async () => {
    redis = await redisServer();
    heard = await openTestSystem();
    posted = await openTestSystem();
    for (const { test: system } of [heard, posted]) {
      system.setNow(marketplaceNow);
      await loadMarketplace(system.db);
    }
    // Redis is named, but not there yet.
    const { log } = heard.system;
    links = [openRedis(redis.url, log), openRedis(redis.url, log)];
    nodes = links.map((link) => new RedisEvents({ redis: link, db: heard.test.db, log, erasureKey: erasureKeyOf(heard.system.config) }));
    await redis.start();
    publisher = new Client(redis.url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    publisher.on('error', () => undefined);
    await bothListen();
  });
  afterAll(async () => {
    publisher.disconnect();
    await Promise.all([...nodes, ...links].map((one) => one.close()));
    await redis.kill();
    await heard.close();
    await posted.close();
  });

  const bothListen = async () => {
    for (let waited = 0; waited < 10_000; waited += 20) {
      const clients = String(await publisher.client('LIST'));
      if (clients.match(/psub=1/g)?.length === 2) return;
      await pause(20);
    }
    throw new Error('the nodes do not listen');
  };
  const publish = (event: { event_type: string }, text = JSON.stringify(event)) => publisher.publish(`teloo:events:${event.event_type}`, text);
  const sums = () => {
    const [first, second] = nodes.map(({ counts }) => counts) as [RedisEvents['counts'], RedisEvents['counts']];
    return {
      accepted: first.accepted + second.accepted,
      duplicate: first.duplicate + second.duplicate,
      rejected: first.rejected + second.rejected,
      bad: first.bad + second.bad,
    };
  };
  const reset = () => nodes.forEach(({ counts }) => Object.assign(counts, { accepted: 0, duplicate: 0, rejected: 0, bad: 0, lost: 0 }));
  const settled = (count: number) =>
    expect.poll(() => Object.values(sums()).reduce((sum, value) => sum + value, 0), { timeout: 20_000, interval: 20 }).toBe(count);
  const state = async ({ test: { owner } }: TestSystem) => ({
    events: await owner.query('select evento_id, tipo_evento, entidad_id, datos_evento, ocurrido_at from marketplace.eventos_sistema order by 1'),
    counters: await owner.query('select metrica_nombre, fecha, dimensiones, valor from marketplace.eventos_metricas order by 1, 2, 3::text'),
    recomputed: await owner.query(
      'select metrica_nombre, fecha, dimensiones, count(*) as valor from marketplace.event_counts group by 1, 2, 3 order by 1, 2, 3::text',
    ),
    request: await owner.query(`select estado, fecha_cierre from marketplace.solicitudes where id = '${request}'`),
    history: await owner.query(
      `select asesor_id, monto_total, adjudicada, aceptada_cliente, entrega_exitosa from marketplace.ofertas_historicas where solicitud_id = '${request}'`,
    ),
  });

  test('do not bring back what was erased of a client', async () => {
    reset();
    const client = crypto.randomUUID();
    const data = { cliente_id: client, nombre: 'Zoraida', email: 'z@escondida.example', ciudad: 'Cali', canal: 'PUSH' };
    const event = (event_id: string) => ({ event_id, event_type: 'cliente.registrado', at, data });
    await publish(event('z-1'));
    await settled(2);
    const erased = await heard.send('POST', '/api/v1/marketplace/people/erase', { usuario_id: client, confirm: 'erase' });
    expect(erased.status, JSON.stringify(erased.body)).toBe(200);
    const { owner } = heard.test;
    await owner.query('delete from marketplace.clientes where id = $1', [client]);
    await owner.query('delete from marketplace.usuarios where id = $1', [client]);
    await publish(event('z-2'));
    await settled(4);
    expect(sums()).toEqual({ accepted: 2, duplicate: 2, rejected: 0, bad: 0 });
    expect(await owner.query('select nombre, email from marketplace.usuarios where id = $1', [client])).toEqual([{ nombre: 'erased', email: null }]);
    const kept = await owner.query(`select datos_evento from marketplace.eventos_sistema where evento_id in ('z-1', 'z-2')`);
    expect(JSON.stringify(kept)).not.toMatch(/zoraida|escondida/i);
    // The other system has none of this.
    for (const table of ['clientes', 'usuarios']) await owner.query(`delete from marketplace.${table} where id = $1`, [client]);
    await owner.query(`delete from marketplace.eventos_sistema where evento_id in ('z-1', 'z-2')`);
    await owner.query('delete from marketplace.eventos_metricas');
  });

  test('do what they do by REST: each once, however many nodes hear it and however often it is sent; counters equal the recompute', async () => {
    reset();
    for (const event of [...story, ...story]) await publish(event);
    // Without an id: the same message is the same event.
    const registered = { event_type: 'cliente.registered' };
    const message = JSON.stringify({ cliente_id: crypto.randomUUID(), nombre: 'Ana', ciudad: 'Cali', canal: 'PUSH', timestamp: at });
    await publish(registered, message);
    await publish(registered, message);
    await settled(2 * (12 + 2));
    // The one out of turn is refused each time it comes; all the others are taken once.
    expect(sums()).toEqual({ accepted: 6, duplicate: 18, rejected: 4, bad: 0 });
    await posted.send('POST', '/api/v1/marketplace/events', { events: [...story, readMessage('teloo:events:cliente.registered', message)] });
    const found = await state(heard);
    expect(found).toEqual(await state(posted));
    expect(found.counters).toEqual(found.recomputed);
    expect(found.events).toHaveLength(6);
    expect(found.request).toMatchObject([{ estado: 'OFERTAS_ACEPTADAS' }]);
  });

  test('that cannot be read are counted and stop nothing, also one that only the database cannot read', async () => {
    reset();
    await publish({ event_type: 'cliente.registered' }, 'no JSON');
    await publish({ event_type: 'no.such' }, JSON.stringify({ at, data: {} }));
    const client = (name: string) => ({
      event_id: name,
      event_type: 'cliente.registrado',
      at,
      data: { cliente_id: crypto.randomUUID(), nombre: name, ciudad: 'Cali' },
    });
    for (const name of ['Eva', 'Nul\u0000', 'Iván']) await publish(client(name));
    await settled(10);
    expect(sums()).toEqual({ accepted: 2, duplicate: 2, rejected: 2, bad: 4 });
    expect(nodes[0]!.figures[0]!.values()).toBe(nodes[0]!.counts);
  });

  test('are heard again after Redis was away', async () => {
    reset();
    await redis.kill();
    await pause(100);
    await redis.start();
    await bothListen();
    reset();
    await publish({
      event_type: 'cliente.registrado',
      ...{ event_id: 'after', at, data: { cliente_id: crypto.randomUUID(), nombre: 'Luz', ciudad: 'Cali' } },
    });
    await settled(2);
    expect(sums()).toMatchObject({ accepted: 1, duplicate: 1 });
  });
});
