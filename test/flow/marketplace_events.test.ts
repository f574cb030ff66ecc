import { setTimeout as pause } from 'node:timers/promises';
import { Redis as Client } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testSecretKey } from '../cluster.ts';
import { testDatabase, type TestDatabase } from '../database.ts';
import { id, loadMarketplace } from '../fixtures/marketplace.ts';
import { redisServer, type RedisServer } from '../fixtures/redis_server.ts';
import { startServerProcess, type ServerProcess } from '../fixtures/server_process.ts';
import { skipWithout } from '../parts.ts';

/** A server process that listens to a real Redis: from a published message to the figures that its routes show. */

async function until<T>(what: string, ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  for (const end = performance.now() + 30_000; !isSo(answer); answer = await ask()) {
    if (performance.now() > end) throw new Error(`${what}: ${JSON.stringify(answer)}`);
    await pause(25);
  }
  return answer;
}

describe.skipIf(skipWithout('redis'))('a server process with REDIS_URL', () => {
  let database: TestDatabase;
  let redis: RedisServer;
  let node: ServerProcess;
  let publisher: Client;
  beforeAll(async () => {
    database = await testDatabase();
    await loadMarketplace(database.db);
    redis = await redisServer();
    await redis.start();
    node = await startServerProcess({
      DATABASE_URL: database.url('superuser'),
      QH_SECRET_KEY: testSecretKey,
      QH_LOG_LEVEL: 'warn',
      REDIS_URL: redis.url,
    });
    publisher = new Client(redis.url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    publisher.on('error', () => undefined);
    await listens();
  });
  afterAll(async () => {
    publisher.disconnect();
    await node.stop();
    await redis.kill();
  });

  const listens = () =>
    until(
      'the server listens',
      () => publisher.pubsub('NUMPAT').then(Number),
      (patterns) => patterns === 1,
    );
  const publish = (type: string, message: object | string) =>
    publisher.publish(`teloo:events:${type}`, typeof message === 'string' ? message : JSON.stringify(message));
  const get = async (address: string) => (await node.call('GET', address)).body;
  const outcomes = async () => {
    const lines = ((await get('/metrics')) as string).matchAll(/^qh_marketplace_redis_messages_total\{outcome="(\w+)"\} (\d+)$/gm);
    return Object.fromEntries([...lines].map(([, outcome, count]) => [outcome!, Number(count)]));
  };
  const heard = (counts: Record<string, number>) =>
    until('what was heard', outcomes, (found) => Object.entries(counts).every(([name, count]) => found[name] === count));
  /** Of the days of this test, in case midnight passes in it. */
  const counters = async () => {
    const { items } = (await get('/api/v1/marketplace/live_counters')) as { items: { metrica_nombre: string; valor: number }[] };
    const sums: Record<string, number> = {};
    for (const { metrica_nombre: name, valor } of items) sums[name] = (sums[name] ?? 0) + valor;
    return sums;
  };
  interface MonthToDate {
    live: Record<string, number | null>;
    stored: Record<string, number | null> | null;
    differences: string[];
  }
  const monthToDate = async () => (await get('/api/v1/marketplace/month_to_date')) as MonthToDate;

  const uuid = (kind: string, n: number) => `${kind.repeat(8)}-0000-4000-8000-00000000000${n}`;
  const at = new Date().toISOString();
  const request = (n: number) => ({
    event_id: `request-${n}`,
    at,
    data: {
      solicitud_id: uuid('1', n),
      cliente_id: id('c', 1),
      ciudad: 'Cali',
      repuestos: [{ repuesto_id: uuid('2', n), nombre: 'Faro', marca: 'Kia', anio: 2015 }],
    },
  });
  const offer = {
    event_id: 'offer-1',
    at,
    data: {
      oferta_id: uuid('3', 1),
      solicitud_id: uuid('1', 1),
      asesor_id: id('a', 1),
      tiempo_entrega_dias: 2,
      detalle: [{ repuesto_id: uuid('2', 1), precio_unitario: 5000, cantidad: 2, garantia_meses: 3 }],
    },
  };

  test('takes published events into the live counters and the month to date; the same again is a duplicate', async () => {
    expect((await monthToDate()).live).toMatchObject({ solicitudes_creadas: 0, ofertas_totales: 0, volumen_transaccional_total: 0 });
    await publish('solicitud.created', request(1));
    await publish('oferta.submitted', offer);
    await heard({ accepted: 2 });
    expect(await counters()).toEqual({ solicitudes_creadas: 1, ofertas_enviadas: 1 });
    expect((await monthToDate()).live).toMatchObject({ solicitudes_creadas: 1, ofertas_totales: 1, volumen_transaccional_total: 10_000 });
    await publish('solicitud.created', request(1));
    await publish('oferta.submitted', offer);
    await heard({ accepted: 2, duplicate: 2 });
    expect(await counters()).toEqual({ solicitudes_creadas: 1, ofertas_enviadas: 1 });
  });

  test('tells of a message that is no event, and goes on', async () => {
    await publish('solicitud.created', 'no JSON');
    await publish('no.such', { event_id: 'no-such', at, data: {} });
    await publish('solicitud.created', request(2));
    await heard({ accepted: 3, bad: 1, rejected: 1 });
    expect(await counters()).toMatchObject({ solicitudes_creadas: 2 });
  });

  test('goes on answering while Redis is away, and hears what is published after it came back', async () => {
    const health = async () => (await get('/health')) as { status: string };
    await redis.kill();
    await until('health says so', health, ({ status }) => status === 'degraded');
    expect((await monthToDate()).live).toMatchObject({ solicitudes_creadas: 2 });
    await redis.start();
    await listens();
    await publish('solicitud.created', request(2));
    await publish('solicitud.created', request(3));
    await heard({ accepted: 4, duplicate: 3, bad: 1, rejected: 1 });
    expect(await counters()).toMatchObject({ solicitudes_creadas: 3 });
  });

  test('shows after a refresh the same figures as stored that the month to date showed', async () => {
    const before = await monthToDate();
    expect(before.live).toMatchObject({ solicitudes_creadas: 3, ofertas_totales: 1 });
    expect((await node.call('POST', '/materialized-views/refresh', {})).status).toBe(200);
    const after = await monthToDate();
    expect(after.stored).toEqual(before.live);
    expect(after).toMatchObject({ live: before.live, differences: [] });
  });
});
