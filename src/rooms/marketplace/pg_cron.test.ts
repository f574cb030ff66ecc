import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rooms } from '../../app/rooms.ts';
import { testSecretKey } from '../../../test/cluster.ts';
import { loadMarketplace } from '../../../test/fixtures/marketplace.ts';
import { hasPgCron, systemPostgres, type SystemPostgres } from '../../../test/fixtures/system_postgres.ts';
import { applySchema } from '../../platform/db/apply.ts';
import { ensureDatabase } from '../../platform/db/connect.ts';
import { type Db, openPool } from '../../platform/db/pool.ts';
import { ensureRoles, ownerUrl, serverUrl } from '../../platform/db/roles.ts';
import { refreshViews } from './refresh_views.ts';

/** The refresh by a real pg_cron, which looks every minute: in the database of the product, and from another one. Both wait for the same minute. */

interface Product {
  url: string;
  server: Db;
  owner: Db;
}

async function install(postgres: SystemPostgres, name: string): Promise<Product> {
  const url = postgres.url(name);
  await ensureDatabase(postgres.url('postgres'), name);
  await ensureRoles(url, testSecretKey);
  await applySchema({ ownerUrl: ownerUrl(url, testSecretKey), rooms: rooms.map((room) => room.name) });
  const open = (at: string) => openPool({ url: at, applicationName: 'quarterhour test', max: 4 });
  const product = { url, server: open(serverUrl(url, testSecretKey)), owner: open(ownerUrl(url, testSecretKey)) };
  await loadMarketplace(product.server);
  return product;
}

async function superuser<T extends object>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

/** pg_cron 1.4 knows no seconds: it looks once a minute. */
async function until<T>(what: string, ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  for (const end = performance.now() + 150_000; !isSo(answer); answer = await ask()) {
    if (performance.now() > end) throw new Error(`${what}: ${JSON.stringify(answer)}`);
    await pause(200);
  }
  return answer;
}

const scheduled = (owner: Db) =>
  owner.query<{ status: string; scheduled_for: Date }>(
    `select status, scheduled_for from marketplace.refresh_runs where cause = 'scheduled' order by run_id`,
  );
const job = async (server: Db) => {
  const [row] = await server.query<{ jobs: { uses_pg_cron: boolean; pg_cron: string; is_due: boolean }[]; is_running: boolean }>(
    'select jobs, is_running from api.scheduler_status()',
  );
  return { ...row!.jobs[0]!, is_running: row!.is_running };
};
/** As if the server had been away for days: the daily time lies a minute back, and holds for a week. */
const missSeveral = (owner: Db) =>
  owner.query(`update marketplace.settings set scheduled_since = platform.now() - interval '7 days',
    refresh_hour = extract(hour from (platform.now() - interval '1 minute') at time zone refresh_time_zone),
    refresh_minute = extract(minute from (platform.now() - interval '1 minute') at time zone refresh_time_zone)`);

describe.skipIf(!hasPgCron())('pg_cron', () => {
  let [inside, outside]: SystemPostgres[] = [];
  let product: Product;
  let distant: Product;
  beforeAll(async () => {
    [inside, outside] = await Promise.all([systemPostgres('quarterhour'), systemPostgres('postgres')]);
    [product, distant] = await Promise.all([install(inside, 'quarterhour'), install(outside, 'quarterhour')]);
  });
  afterAll(async () => {
    await Promise.all([product, distant].flatMap(({ server, owner }) => [server.end(), owner.end()]));
    await Promise.all([inside!, outside!].map((postgres) => postgres[Symbol.asyncDispose]()));
  });

  test('in another database is not used by itself; the status names the statement that uses it', async () => {
    await superuser(outside!.url('postgres'), 'create extension pg_cron');
    expect(await distant.server.query('select marketplace.use_pg_cron() as used')).toEqual([{ used: false }]);
    const { pg_cron: advice, uses_pg_cron: used } = await job(distant.server);
    expect([used, advice]).toEqual([false, expect.stringContaining('our own scheduler makes the refresh')]);
    await superuser(outside!.url('postgres'), advice.slice(advice.indexOf('select cron.')));
  });

  test('in the database of the product is used once it is open to the server, by a job of the server’s own login; asking again writes nothing', async () => {
    const used = async () => (await product.server.query<{ used: boolean }>('select marketplace.use_pg_cron() as used'))[0]!.used;
    expect(await used()).toBe(false);
    expect(await job(product.server)).toMatchObject({ uses_pg_cron: false, pg_cron: expect.stringContaining('not in this database') });
    await superuser(product.url, 'create extension pg_cron');
    expect(await used()).toBe(false);
    expect((await job(product.server)).pg_cron).toContain('grant usage on schema cron to qh_server');
    await superuser(product.url, 'grant usage on schema cron to qh_server');
    expect(await used()).toBe(true);
    const jobs = () => superuser<{ xmin: string }>(product.url, 'select xmin::text, schedule, command, database, username, active from cron.job');
    const first = await jobs();
    expect(first).toMatchObject([{ schedule: '* * * * *', database: 'quarterhour', username: 'qh_server', active: true }]);
    expect(await used()).toBe(true);
    expect(await jobs()).toEqual(first);
    // Somebody who changed the job gets it back as it should be.
    await superuser(product.url, `update cron.job set command = 'select 1'`);
    expect(await used()).toBe(true);
    expect((await jobs()).map((row) => ({ ...row, xmin: '' }))).toEqual(first.map((row) => ({ ...row, xmin: '' })));
    expect(await job(product.server)).toMatchObject({ uses_pg_cron: true, pg_cron: expect.stringContaining('qh_server') });
  });

  test('catches up a missed run once, at the new time, also while two nodes of ours look without a pause', { timeout: 200_000 }, async () => {
    await missSeveral(product.owner);
    expect(await scheduled(product.owner)).toEqual([]);
    const over = new AbortController();
    const looks = async () => {
      const [row] = await superuser<{ n: number }>(product.url, 'select count(*)::int as n from cron.job_run_details');
      return row!.n;
    };
    // Nodes that look only while pg_cron looks: so all come at the same moment.
    const node = async () => {
      while ((await looks()) === 0 && !over.signal.aborted) await pause(50);
      while (!over.signal.aborted) {
        await refreshViews(product.server, { cause: 'scheduled' });
        await pause(10);
      }
    };
    const nodes = [node(), node()];
    await until('pg_cron looked', looks, (found) => found > 0);
    await until(
      'a run ended',
      () => scheduled(product.owner),
      (found) => found.length > 0 && found.every(({ status }) => status !== 'RUNNING'),
    );
    // What pg_cron would run the next minute.
    await product.server.query('select marketplace.run_due(true)');
    over.abort();
    await Promise.all(nodes);
    expect(await scheduled(product.owner)).toMatchObject([{ status: 'SUCCESS' }]);
    expect(await product.owner.query('select count(*)::int as n from marketplace.mv_ranking_asesores')).toEqual([{ n: 3 }]);
    expect(await job(product.server)).toMatchObject({
      is_due: false,
      is_running: true,
      uses_pg_cron: true,
      pg_cron: expect.stringContaining('looks every minute'),
    });
    const details = () =>
      superuser<{ status: string; username: string }>(product.url, 'select status, username from cron.job_run_details order by runid');
    const [first] = await until('the job ended', details, ([run]) => run !== undefined && !['starting', 'running'].includes(run.status));
    expect(first).toEqual({ status: 'succeeded', username: 'qh_server' });
  });

  test('makes the first refresh without a server of ours, and says that it looks', { timeout: 200_000 }, async () => {
    await until(
      'the first refresh',
      () => scheduled(distant.owner),
      (found) => found.some(({ status }) => status !== 'RUNNING'),
    );
    expect(await scheduled(distant.owner)).toMatchObject([{ status: 'SUCCESS' }]);
    expect(await distant.owner.query('select count(*)::int as n from marketplace.mv_ranking_asesores')).toEqual([{ n: 3 }]);
    expect(await job(distant.server)).toMatchObject({ is_running: true, uses_pg_cron: true, pg_cron: expect.stringContaining('looks every minute') });
  });
});
