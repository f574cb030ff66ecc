import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import pg from 'pg';
import { rules } from '../src/app/catalogue.ts';
import { openSystem } from '../src/app/system.ts';
import { parseConfig } from '../src/platform/config/config.ts';
import { createHttpServer } from '../src/platform/http/server.ts';
import { createLog } from '../src/platform/log/log.ts';
import { round, type Report } from './figure.ts';

/** Figures that are posted: a thousand in a call, by SQL and through HTTP, and one in a call by 32 callers. Every commit is durable. */

const services = 32;
const perCall = 1000;
const batches = 100;
const start = Date.UTC(2024, 0, 1);

export async function run(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qh-bench-posts-'));
  const config = parseConfig({ QH_DATA_DIR: path.join(folder, 'var'), QH_DEMO: '0', QH_LOG_LEVEL: 'silent' });
  const log = createLog({ level: 'silent', readable: false });
  const system = await openSystem(config, log, 'command', '0');
  try {
    await makeServices(system.databaseUrl('owner'));
    report(await bySql(system.databaseUrl('api')));
    const { key } = await system.keys.create({ name: 'bench', role: 'admin', created_by: 'bench' });
    const app = await createHttpServer({ ...system, webRoot: folder, schemaIsCurrent: async () => true, rules });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    try {
      report(await byHttp(url, key));
      report(await oneByOne(url, key));
    } finally {
      await app.close();
    }
  } finally {
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makeServices(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`insert into org.services (service_code, service_name, time_zone, created_at, updated_at)
    select 'POST_' || n, 'Post ' || n, 'UTC', now(), now() from generate_series(1, ${services}) n`);
  await client.end();
}

/** The row with a number: no two have the same key; `first` keeps the measurements apart. */
function call(number: number): Record<string, unknown> {
  const quarter = Math.floor(number / services);
  return {
    interval_start_time: new Date(start + quarter * 900_000).toISOString(),
    service_id: (number % services) + 1,
    received_calls: 20 + (number % 17),
    treated_calls: 18,
    miss_calls: 1,
    aht_ms: 185_000,
    talk_time_ms: 150_000,
    post_time_ms: 30_000,
  };
}

const calls = (first: number, count: number) => Array.from({ length: count }, (_, n) => call(first + n));

async function bySql(url: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const bodies = Array.from({ length: batches }, (_, n) => JSON.stringify(calls(n * perCall, perCall)));
  const one = async (body: string) => {
    const { rows } = await client.query<{ inserted_count: string }>('select inserted_count from api.api_batch_insert_calls($1::jsonb)', [body]);
    if (Number(rows[0]!.inserted_count) !== perCall) throw new Error('not every row was inserted');
  };
  for (const body of bodies.slice(0, 10)) await one(body);
  const from = performance.now();
  for (const body of bodies.slice(10)) await one(body);
  const rate = ((batches - 10) * perCall) / (performance.now() - from);
  await client.end();
  return { name: 'jsonb function, a thousand rows a call, 1 connection', value: round(rate), unit: 'k rows/s', goal: '≥ 30', reached: rate >= 30 };
}

async function byHttp(url: string, key: string) {
  const bodies = Array.from({ length: 40 }, (_, n) => JSON.stringify({ calls: calls(200_000 + n * perCall, perCall) }));
  const from = performance.now();
  for (const body of bodies) await post(url, key, body);
  const rate = (bodies.length * perCall) / (performance.now() - from);
  return { name: 'the same through HTTP, 1 connection', value: round(rate), unit: 'k rows/s' };
}

async function post(url: string, key: string, body: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/statistics/batch_insert_calls`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body,
  });
  const said = (await answer.json()) as { inserted_count?: number };
  if (said.inserted_count !== perCall) throw new Error(`not every row was inserted: ${answer.status} ${JSON.stringify(said).slice(0, 300)}`);
}

async function oneByOne(url: string, key: string) {
  const seconds = 5;
  let posted = 300_000;
  // A list of requests would be sent by each connection: the same rows 32 times.
  const next = (request: autocannon.Request) => ({ ...request, body: JSON.stringify({ calls: [call(posted++)] }) });
  const result = await autocannon({
    url: `${url}/api/v1/statistics/batch_insert_calls`,
    method: 'POST',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    connections: 32,
    duration: seconds,
    requests: [{ setupRequest: next }],
  });
  if (result.non2xx > 0) throw new Error(`${result.non2xx} posts were errors`);
  const rate = result.requests.average;
  return {
    name: 'one row a post through HTTP, 32 connections',
    value: Math.round(rate),
    unit: 'durable posts/s',
    goal: '≥ 8000',
    reached: rate >= 8000,
  };
}
