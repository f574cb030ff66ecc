import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testSecretKey } from '../cluster.ts';
import { testDatabase, type TestDatabase } from '../database.ts';
import { loadMarketplace } from '../fixtures/marketplace.ts';
import { startServerProcess, type ServerProcess } from '../fixtures/server_process.ts';

/** The refresh of the marketplace's views in real server processes: asked for, killed in the middle, planned. */

interface Run {
  run_id: number;
  cause: string;
  status: string;
  error_message: string | null;
  started_at: string;
  finished_at: string | null;
  details: { view_name: string; status: string; duration_ms: number; row_count: number; changed_count: number }[];
}

let database: TestDatabase;
let node: ServerProcess;
const start = () =>
  startServerProcess({ DATABASE_URL: database.url('superuser'), QH_SECRET_KEY: testSecretKey, QH_LOG_LEVEL: 'warn', QH_POOL_MAX: '6' });
beforeAll(async () => {
  database = await testDatabase();
  await loadMarketplace(database.db);
  node = await start();
});
afterAll(() => node.stop());

const runs = async () => ((await node.call('GET', '/api/v1/marketplace/refresh_runs')).body as { items: Run[] }).items;
async function until<T>(what: string, ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  for (const end = performance.now() + 100_000; !isSo(answer); answer = await ask()) {
    if (performance.now() > end) throw new Error(`${what}: ${JSON.stringify(answer)}`);
    await pause(50);
  }
  return answer;
}
const months = () => database.owner.query('select * from marketplace.mv_metricas_mensuales order by mes');

test('a refresh that is asked of the scheduler is made in the background and stands in the log with what it did', async () => {
  const { status, body } = await node.call('POST', '/materialized-views/scheduler/trigger-refresh', {});
  expect([status, body]).toEqual([200, expect.objectContaining({ success: true, job_id: expect.stringMatching(/^[0-9a-f-]{36}$/) })]);
  const all = await until('the run', runs, (found) => found.some(({ cause, status: state }) => cause === 'manual' && state !== 'RUNNING'));
  const run = all.find(({ cause }) => cause === 'manual')!;
  expect(run).toMatchObject({ status: 'SUCCESS', error_message: null });
  expect(run.details.map(({ view_name: view, status: state, row_count: rows }) => [view, state, rows > 0])).toEqual([
    ['mv_metricas_mensuales', 'SUCCESS', true],
    ['mv_ranking_asesores', 'SUCCESS', true],
  ]);
  for (const { duration_ms: ms, changed_count: changed } of run.details) expect([ms > 0, changed >= 0]).toEqual([true, true]);
  const health = await node.call('GET', '/materialized-views/health');
  expect(health).toMatchObject({ status: 200, body: { views_count: 2, last_refresh: expect.any(String) } });
});

test('a server that is killed in the middle of a refresh leaves the old figures, and the log says why at the next one', async () => {
  const before = await months();
  expect(before.length).toBeGreaterThan(2);
  const blocker = new pg.Client({ connectionString: database.url('migrate') });
  await blocker.connect();
  await blocker.query('begin; lock table marketplace.ofertas in access exclusive mode');
  const asked = node.call('POST', '/materialized-views/refresh', { force: true }).catch((error: Error) => error);
  await until(
    'the refresh waits',
    () => blocker.query(`select from pg_locks where relation = 'marketplace.ofertas'::regclass and not granted`),
    ({ rowCount }) => rowCount === 1,
  );
  await node.stop('SIGKILL');
  expect(await asked).toBeInstanceOf(Error);
  await blocker.query(`rollback; delete from marketplace.repuestos_solicitados`);
  await blocker.end();
  expect(await months()).toEqual(before);
  node = await start();
  expect(
    await until(
      'one refresh after the other',
      () => node.call('POST', '/materialized-views/refresh', {}),
      ({ status }) => status !== 409,
    ),
  ).toMatchObject({
    status: 200,
  });
  const killed = (await runs()).filter(({ status }) => status === 'ERROR');
  expect(killed).toMatchObject([{ cause: 'manual', error_message: expect.stringContaining('its session or its server was stopped') }]);
  expect(await months()).not.toEqual(before);
});

test('a new time of the daily refresh holds after a restart and shows when the next one is', async () => {
  const set = await node.call('PUT', '/materialized-views/scheduler/reschedule?hour=23&minute=45');
  expect(set).toMatchObject({ status: 200, body: { success: true, new_schedule: '23:45' } });
  const { next_run_time: next } = set.body as { next_run_time: string };
  expect(new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Bogota', hour: '2-digit', minute: '2-digit' }).format(new Date(next))).toBe('23:45');
  await node.stop();
  node = await start();
  const { body } = await node.call('GET', '/materialized-views/scheduler/status');
  expect(body).toMatchObject({ jobs: [{ trigger: 'daily at 23:45 America/Bogota', next_run_time: next, is_due: false }] });
  for (const query of ['hour=24', 'hour=-1', 'hour=1&minute=60', 'hour=1.5', 'minute=5', 'hour=x'])
    expect((await node.call('PUT', `/materialized-views/scheduler/reschedule?${query}`)).status, query).toBe(400);
});

test('a refresh that failed is an error for who asked, and stands in health until one went well', async () => {
  const told = async () => ((await node.call('GET', '/health')).body as { checks: Record<string, string> }).checks['marketplace.refresh_failed'];
  await until('a refresh went well', told, (found) => found === 'ok');
  await database.owner.query('alter table marketplace.mv_metricas_mensuales add constraint broken check (solicitudes_creadas < 0) not valid');
  await database.owner.query(`update marketplace.solicitudes set ciudad_origen = 'Pasto'; delete from marketplace.ofertas where estado = 'EXPIRADA'`);
  expect(await node.call('POST', '/materialized-views/refresh', {})).toMatchObject({
    status: 500,
    body: { errors: [{ path: 'mv_metricas_mensuales' }] },
  });
  await until('health tells of it', told, (found) => found === 'critical');
  await database.owner.query('alter table marketplace.mv_metricas_mensuales drop constraint broken');
  expect((await node.call('POST', '/materialized-views/refresh', {})).status).toBe(200);
  await until('health is well again', told, (found) => found === 'ok');
});
