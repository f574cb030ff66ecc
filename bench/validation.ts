import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { rules } from '../src/app/catalogue.ts';
import { openSystem } from '../src/app/system.ts';
import { parseConfig } from '../src/platform/config/config.ts';
import { createHttpServer } from '../src/platform/http/server.ts';
import { createLog } from '../src/platform/log/log.ts';
import { posts } from '../test/fixtures/calls_day.ts';
import { percentile, round, type Report } from './figure.ts';
import { fillStore } from './filled_store.ts';
import { askTogether } from './users.ts';

/** The promises of seed 001 on 13 months of 32 services: the validations, 50 users at once, a day of 100,000 calls, and what partial indexes for recent days would gain. */

const services = 32;

export async function run(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qh-bench-validation-'));
  const config = parseConfig({ QH_DATA_DIR: path.join(folder, 'var'), QH_DEMO: '0', QH_LOG_LEVEL: 'silent' });
  const system = await openSystem(config, createLog({ level: 'silent', readable: false }), 'command', '0');
  const client = new pg.Client({ connectionString: system.databaseUrl('owner') });
  try {
    report({ name: 'facts in the store', value: await fillStore(system.databaseUrl('owner'), services), unit: `of ${services} services` });
    await client.connect();
    await client.query(`set statement_timeout = 0; set qh.now = '2025-01-31T21:00Z'`);
    // What the nightly job would have made by then.
    await client.query('select statistics.maintain()');
    await validations(client, report, `${services} services`);
    await hotIndexes(client, report);
    const { key } = await system.keys.create({ name: 'bench', role: 'admin', created_by: 'bench' });
    const app = await createHttpServer({ ...system, webRoot: folder, schemaIsCurrent: async () => true, rules });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    try {
      await fiftyUsers(url, key, report);
      await aDay(url, key, client, report);
    } finally {
      await app.close();
    }
  } finally {
    await client.end();
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every promise with its headroom, and what the whole costs. */
export async function validations(client: pg.Client, report: Report, about: string): Promise<void> {
  const queries = await client.query<{ query_type: string; p95_ms: number; sla_target_ms: number; headroom: number }>(
    'select query_type, p95_ms::float8, sla_target_ms::float8, headroom::float8 from api.validate_query_performance()',
  );
  for (const { query_type: name, p95_ms: p95, sla_target_ms: target, headroom } of queries.rows)
    report({
      name: `${name}, ${about}, p95`,
      value: round(p95),
      unit: 'ms',
      goal: `< ${target} ms`,
      reached: p95 < target,
      limit: `${headroom} times within`,
    });
  const points = await client.query<{ operation: string; avg_latency_ms: number; target_ms: number }>(
    'select operation, avg_latency_ms::float8, target_ms::float8 from api.test_integration_performance() where avg_latency_ms is not null',
  );
  for (const { operation, avg_latency_ms: ms, target_ms: target } of points.rows)
    report({ name: `${operation}, ${about}`, value: round(ms), unit: 'ms', goal: `< ${target} ms`, reached: ms < target });
  const started = performance.now();
  const all = await client.query<{ validation_suite: string; failed: number; overall_status: string; evidence: string | null }>(
    'select * from api.run_all_validations()',
  );
  const overall = all.rows.find(({ validation_suite: suite }) => suite === 'OVERALL');
  report({
    name: `run_all_validations(), ${about}`,
    value: round((performance.now() - started) / 1000),
    unit: 's',
    goal: 'nothing of speed fails',
    reached: all.rows
      .filter(({ validation_suite: suite }) => ['performance', 'integration', 'invariants'].includes(suite))
      .every(({ failed }) => failed === 0),
    limit: [overall?.overall_status, ...all.rows.filter(({ failed }) => failed > 0).map(({ evidence }) => evidence?.split('; ')[0])]
      .slice(0, 2)
      .join(': '),
  });
  const samples: number[] = [];
  for (let n = 0; n < 20; n++) {
    const start = performance.now();
    await client.query('select * from api.database_health_check()');
    samples.push(performance.now() - start);
  }
  const p95 = percentile(samples, 0.95);
  report({ name: `database_health_check(), ${about}, p95`, value: round(p95), unit: 'ms', goal: '≤ 100 ms', reached: p95 <= 100 });
}

/** The same questions to two copies of the newest month in turn, one of them with the seed's partial indexes: noise hits both alike. */
async function hotIndexes(client: pg.Client, report: Report): Promise<void> {
  await client.query('create schema bench_hot');
  for (const table of ['plain', 'hot'])
    await client.query(
      `create table bench_hot.${table} (like statistics.contact_statistics_2025_01 including all); insert into bench_hot.${table} select * from statistics.contact_statistics_2025_01`,
    );
  await client.query(
    `create index on bench_hot.hot (interval_start_time desc, service_id, source_id) where interval_start_time >= '2025-01-30T21:00Z'`,
  );
  await client.query(
    `create index on bench_hot.hot (interval_start_time desc, service_id, source_id) where interval_start_time >= '2025-01-24T21:00Z'`,
  );
  for (const table of ['plain', 'hot']) await client.query(`vacuum analyze bench_hot.${table}`);
  const since = { day: `'2025-01-30T21:00Z'`, week: `'2025-01-24T21:00Z'` };
  const one = 'and service_id = 7 and source_id = 7';
  for (const [name, from, where] of [
    ['the last day of one service', since.day, one],
    ['the last day of all services', since.day, ''],
    ['the last week of one service', since.week, one],
    ['the last week of all services', since.week, ''],
  ] as const) {
    const question = (table: string) =>
      `select sum(offered), sum(handled), sum(answered_in_threshold) from bench_hot.${table} where interval_start_time >= ${from} and interval_start_time < '2025-01-31T21:00Z' ${where}`;
    const { plain, hot } = await inTurn(client, question, 200);
    report({
      name: `${name}, with partial indexes against without`,
      value: round(plain / hot),
      unit: 'times as fast',
      naive: `with them ${round(hot)} ms`,
      limit: `by the key and BRIN ${round(plain)} ms`,
    });
  }
  const { plain, hot } = await inTurn(
    client,
    (table) =>
      `update bench_hot.${table} set offered = offered + 1 where interval_start_time >= ${since.day} and interval_start_time < '2025-01-31T21:00Z'`,
    12,
  );
  report({ name: 'writing the last day anew, with partial indexes against without', value: round(hot / plain), unit: 'times the time' });
  await client.query('drop schema bench_hot cascade');
}

/** Medians of a statement on both copies, asked alternately. */
async function inTurn(client: pg.Client, statement: (table: string) => string, times: number): Promise<{ plain: number; hot: number }> {
  const samples = { plain: [] as number[], hot: [] as number[] };
  for (let n = 0; n < times; n++)
    for (const table of n % 2 === 0 ? (['plain', 'hot'] as const) : (['hot', 'plain'] as const)) {
      const start = performance.now();
      await client.query(statement(table));
      if (n >= times / 10) samples[table].push(performance.now() - start);
    }
  return { plain: percentile(samples.plain, 0.5), hot: percentile(samples.hot, 0.5) };
}

/** Fifty people, each asking something else than the others: as they work, and all at once without a pause, which shows where the end is. */
async function fiftyUsers(url: string, key: string, report: Report): Promise<void> {
  const users = 50;
  const seconds = 30;
  await askTogether({ url, key, users, seconds: 5, services, reads: [0, 0] });
  const working = await askTogether({ url, key, users, seconds, services, reads: [1000, 3000] });
  const pressing = await askTogether({ url, key, users, seconds: 10, services, reads: [0, 0] });
  const asked = Object.values(working).flat().length;
  const most = Object.values(pressing).flat().length / 10;
  for (const [kind, target] of [
    ['point', 10],
    ['range', 100],
    ['aggregation', 500],
  ] as const) {
    const p95 = percentile(working[kind], 0.95);
    report({
      name: `50 users through HTTP who read 1 to 3 s, ${kind}, p95`,
      value: round(p95),
      unit: 'ms',
      goal: `< ${target} ms`,
      reached: p95 < target,
      naive: `50 without a pause (${round(most, 0)} answers/s): ${round(percentile(pressing[kind], 0.95))} ms`,
      limit: `${working[kind].length} questions, half of them within ${round(percentile(working[kind], 0.5))} ms; ${round(asked / seconds, 0)} a second together`,
    });
  }
}

/** 100,000 calls of a day, posted every ten seconds as they come, by four writers; as fast as the answers allow. */
async function aDay(url: string, key: string, client: pg.Client, report: Report): Promise<void> {
  const start = Date.UTC(2025, 1, 3);
  const started = performance.now();
  let count = 0;
  await Promise.all(
    [0, 1, 2, 3].map(async (writer) => {
      const serviceIds = Array.from({ length: services / 4 }, (_, n) => writer * (services / 4) + n + 1);
      for (const calls of posts({ start, seconds: 86_400, calls: 25_000, serviceIds, tickSeconds: 10 })) {
        const answer = await fetch(`${url}/api/v1/statistics/batch_insert_calls`, {
          method: 'POST',
          headers: { 'x-api-key': key, 'content-type': 'application/json' },
          body: JSON.stringify({ calls, source: 'live' }),
        });
        const { error_count: errors } = (await answer.json()) as { error_count: number };
        if (!answer.ok || errors > 0) throw new Error(`a post failed: ${answer.status}`);
        count++;
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  const { rows } = await client.query<{ calls: number }>(
    `select sum(offered)::int as calls from statistics.figures('2025-02-03T00:00Z', '2025-02-04T00:00Z', null, 'UTC')`,
  );
  if (rows[0]?.calls !== 100_000) throw new Error(`of 100,000 calls ${rows[0]?.calls} are there`);
  report({
    name: 'a day of 100,000 calls replayed through HTTP, nothing lost',
    value: round(seconds),
    unit: 's',
    goal: '≤ 180 s',
    reached: seconds <= 180,
    limit: `${count} posts, each committed`,
  });
}
