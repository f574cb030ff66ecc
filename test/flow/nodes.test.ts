import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testSecretKey } from '../cluster.ts';
import { testDatabase, type TestDatabase } from '../database.ts';
import { redisServer, type RedisServer } from '../fixtures/redis_server.ts';
import { startServerProcess, type ServerProcess } from '../fixtures/server_process.ts';
import { loadSmall } from '../fixtures/small.ts';
import { skipWithout } from '../parts.ts';

/** Two server processes on one database, with and without the Redis that they share. */

const question = '/api/v1/statistics/intervals?service=SALES&start_time=2025-04-01T10:00:00Z&end_time=2025-04-01T11:00:00Z&interval_minutes=0';

async function offered(node: ServerProcess): Promise<number | null> {
  const { status, body } = await node.call('GET', question);
  expect(status, JSON.stringify(body)).toBe(200);
  return (body as { items: { offered: number | null }[] }).items[0]?.offered ?? null;
}

async function write(node: ServerProcess, count: number): Promise<void> {
  const call = { interval_start_time: '2025-04-01T10:00:00Z', service_id: 2, received_calls: count, treated_calls: count, miss_calls: 0 };
  const { status, body } = await node.call('POST', '/api/v1/statistics/batch_insert_calls', { calls: [call] });
  expect([status, (body as { error_count: number }).error_count], JSON.stringify(body)).toEqual([200, 0]);
}

async function within(ms: number, what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await pause(20);
  }
}

async function figure(node: ServerProcess, name: string): Promise<number> {
  const { body } = await node.call('GET', '/metrics');
  const line = (body as string).split('\n').find((text) => text.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1) ?? Number.NaN);
}

const health = async (node: ServerProcess) => (await node.call('GET', '/health')).body as { status: string; checks: Record<string, string> };

let redis: RedisServer;
let database: TestDatabase;
let nodes: readonly [ServerProcess, ServerProcess];
beforeAll(async () => {
  database = await testDatabase();
  await loadSmall(database);
  // Redis is named, but not there yet.
  redis = await redisServer();
  const env = { DATABASE_URL: database.url('superuser'), QH_SECRET_KEY: testSecretKey, QH_LOG_LEVEL: 'warn', QH_POOL_MAX: '6', REDIS_URL: redis.url };
  nodes = [await startServerProcess(env), await startServerProcess(env)];
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await redis.kill();
});

/** Writes at one node and at the other; the one that wrote knows at once, the other within moments. */
async function takeTurns(from: number): Promise<void> {
  for (let count = from; count < from + 8; count++) {
    const [writer, other] = count % 2 === 0 ? nodes : ([nodes[1], nodes[0]] as const);
    await Promise.all([offered(writer), offered(other)]);
    await write(writer, count);
    expect(await offered(writer)).toBe(count);
    await within(20_000, 'the other node knows', async () => (await offered(other)) === count);
    expect([await offered(writer), await offered(other)]).toEqual([count, count]);
  }
}

describe('two server processes on one database', () => {
  test('answer as one: the node that wrote at once, the other within moments; unchanged answers are kept', async () => {
    const [first] = nodes;
    await takeTurns(10);
    const hits = 'qh_cache_answers_total{outcome="hit"}';
    const before = await figure(first, hits);
    await offered(first);
    await offered(first);
    expect(await figure(first, hits)).toBeGreaterThan(before);
    // Another service's load leaves the answer where it is.
    const forgotten = await figure(first, 'qh_cache_answers_total{outcome="forgotten"}');
    await database.db.query(`select statistics.announce_change(null, '{1}', null, null)`);
    await pause(100);
    expect(await figure(first, 'qh_cache_answers_total{outcome="forgotten"}')).toBe(forgotten);
  });

  test('callers who see different services never share an answer', async () => {
    const [first] = nodes;
    const made = await first.call('POST', '/api/v1/admin/keys', { name: 'one service', role: 'viewer', service_ids: [1] });
    const { key } = made.body as { key: string };
    const all = '/api/v1/statistics/calls_by_interval?start_time=2025-03-03T00:00:00Z&end_time=2025-03-04T00:00:00Z&interval_minutes=60';
    const services = async (ownKey?: string) => {
      const { status, body } = await first.call('GET', all, undefined, ownKey);
      expect(status, JSON.stringify(body)).toBe(200);
      const { items = body } = body as { items?: unknown };
      return [...new Set((items as { service_id: number }[]).map(({ service_id: id }) => id))].toSorted((a, b) => a - b);
    };
    for (const _ of [1, 2]) expect([await services(), await services(key)]).toEqual([[1, 2], [1]]);
  });

  test.skipIf(skipWithout('redis'))(
    'share a Redis that comes, is killed under load and revived: no answer is lost, none is wrong',
    async () => {
      const [first, second] = nodes;
      await redis.start();
      await within(20_000, 'both are connected', async () => (await figure(first, 'qh_redis_up')) + (await figure(second, 'qh_redis_up')) === 2);
      await takeTurns(30);
      const shared = () => figure(second, 'qh_cache_answers_total{outcome="shared"}');
      const before = await shared();
      let limit = 100;
      // An answer does not wait until it is shared, so each try is another question.
      await within(20_000, 'the second node takes what the first answered', async () => {
        const fresh = `/api/v1/statistics/intervals?service=SUPPORT&start_time=2025-03-03T08:00:00Z&end_time=2025-03-03T09:00:00Z&limit=${limit++}`;
        const asked = await first.call('GET', fresh);
        await pause(20);
        expect((await second.call('GET', fresh)).body).toEqual(asked.body);
        return (await shared()) > before;
      });

      const wrong: unknown[] = [];
      const stopped = new AbortController();
      const load = keepAsking(stopped.signal, wrong);
      await redis.kill();
      await takeTurns(50);
      await within(20_000, 'health says degraded', async () => (await health(first)).checks['platform.redis'] === 'warning');
      expect((await health(first)).status).toBe('degraded');
      await write(first, 60);
      await redis.start();
      await within(20_000, 'health recovers', async () => (await health(first)).checks['platform.redis'] === 'ok');
      expect(await offered(first)).toBe(60);
      await takeTurns(70);
      stopped.abort();
      await load;
      expect(wrong).toEqual([]);
    },
    90_000,
  );
});

async function keepAsking(signal: AbortSignal, wrong: unknown[]): Promise<void> {
  while (!signal.aborted) {
    for (const node of nodes) {
      const { status, body } = await node.call('GET', question);
      if (status !== 200) wrong.push(body);
    }
    await pause(5);
  }
}
