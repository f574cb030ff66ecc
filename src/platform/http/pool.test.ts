import { afterAll, beforeAll, expect, test } from 'vitest';
import { rules } from '../../app/catalogue.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { parseConfig } from '../config/config.ts';
import { openPool, type Db } from '../db/pool.ts';
import { createHttpServer } from './server.ts';

/** What a caller is told while all connections are taken, and when a read takes too long: a real pool on a real server. */

let qh: TestSystem;
let db: Db;
let app: Awaited<ReturnType<typeof createHttpServer>>;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  db = openPool({ url: qh.test.url('server'), applicationName: 'quarterhour pool test', max: 2, waitSeconds: 10 });
  const config = { ...parseConfig({ QH_DATA_DIR: qh.system.config.dataDir, QH_LOG_LEVEL: 'silent', QH_READ_SECONDS: '1', QH_POOL_MAX: '2' }) };
  app = await createHttpServer({ ...qh.system, db, config, webRoot: '/nonexistent', schemaIsCurrent: async () => true, rules });
});
afterAll(async () => {
  await app.close();
  await db.end();
  await qh.close();
});

const services = () => app.inject({ method: 'GET', url: '/api/v1/org/services', headers: { 'x-api-key': qh.adminKey } });

test('with every connection taken a request waits its time, then is answered 503 with Retry-After; afterwards all is well again', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const holders = [1, 2].map(() =>
    db.transaction(async (tx) => {
      await tx.query('select 1');
      await released;
    }),
  );
  await expect.poll(() => db.connections(), { timeout: 20_000 }).toMatchObject({ total: 2, idle: 0 });
  const refused = await services();
  expect({ status: refused.statusCode, code: refused.json().code, retryAfter: refused.headers['retry-after'] }).toEqual({
    status: 503,
    code: 'unavailable',
    retryAfter: '2',
  });
  release();
  await Promise.all(holders);
  expect((await services()).statusCode).toBe(200);
});

test('a read is stopped after its time, and its connection is used again', async () => {
  await qh.test.owner.transaction(async (tx) => {
    await tx.query('lock table org.services in access exclusive mode');
    const stopped = await services();
    expect({ status: stopped.statusCode, code: stopped.json().code }).toEqual({ status: 503, code: 'timeout' });
    expect(stopped.headers['retry-after']).toBeDefined();
  });
  expect((await services()).statusCode).toBe(200);
});

test('what is no request has no such limit', async () => {
  expect(await db.query(`select current_setting('statement_timeout') as seconds`)).toEqual([{ seconds: '0' }]);
  expect(await db.as({ statement_timeout: '30s' }).query(`select current_setting('statement_timeout') as seconds`)).toEqual([{ seconds: '30s' }]);
});

test('the recommended limits are the defaults', () => {
  expect(parseConfig({})).toMatchObject({ poolMax: 20, poolIdleSeconds: 300, poolLifetimeSeconds: 3600, poolWaitSeconds: 10, readSeconds: 30 });
});
