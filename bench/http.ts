import http from 'node:http';
import autocannon from 'autocannon';
import pg from 'pg';
import { databaseUrl } from '../src/platform/db/roles.ts';
import { percentile, round, type Report } from './figure.ts';
import { openOwnStore } from './own_store.ts';

/**
 * What a caller of REST waits for, from a server that runs as a process of its own, beside the same questions asked by a prepared statement: one service of 270 whose 13 months of quarters
 * are 10 million facts. Every question is about another service and day, so that no kept answer is measured but where it is said.
 */

const seconds = 5;
const services = 270;
const days = 396;
/** Questions before those that are measured: so long the server's code is still being compiled, beside the answers (p95 half as much again). */
const warmUp = 2000;

export async function run(report: Report): Promise<void> {
  await using store = await openOwnStore('http');
  const facts = await fillStore(store.url);
  report({ name: 'facts in the store', value: facts, unit: `of ${services} services` });
  await using server = await store.startServer();
  const bench = { sqlUrl: databaseUrl(store.url, 'api', store.secretKey, []), url: server.url, key: server.key, report };
  await compare('point query', 15, { name: 'p95 < 2 ms', ms: 2 }, bench);
  await compare('range, 24 h of a service', 1440, { name: 'p95 < 5 ms', ms: 5 }, bench);
  await kept(bench);
  await floor(bench);
}

interface Bench {
  /** For qh_api. */
  sqlUrl: string;
  url: string;
  key: string;
  report: Report;
}

/** Facts of every quarter of 13 months, written by PostgreSQL itself; one source each, whose facts are the service's intervals. */
async function fillStore(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set statement_timeout = 0; set time zone 'UTC'`);
    await client.query(`
      insert into org.services (service_code, service_name, time_zone, created_at, updated_at)
      select 'BENCH_' || n, 'Bench ' || n, 'Europe/Moscow', now(), now() from generate_series(1, ${services}) n;
      insert into org.sources (service_id, kind, external_name, created_at) select service_id, 'report', '', now() from org.services;
      select statistics.ensure_partitions(array(select generate_series('2024-01-01'::timestamp, '2025-02-01', '1 month')::date));
      insert into statistics.contact_statistics (service_id, source_id, interval_start_time, interval_minutes, offered, handled, answered_in_threshold,
        abandoned, abandoned_in_5s, failed, talk_seconds, outbound_talk_seconds, hold_seconds, wrap_seconds, wait_handled_seconds, wait_abandoned_seconds,
        max_wait_handled_seconds, max_wait_abandoned_seconds, batch_id, created_at, updated_at)
      select s.service_id, s.source_id, t.at, 15, o.offered, o.offered - o.offered / 10, o.offered - o.offered / 5, o.offered / 10, o.offered / 20, 0,
        o.offered * 180, o.offered * 3, o.offered * 10, o.offered * 30, o.offered * 12, o.offered * 4, 60, 90, gen_random_uuid(), now(), now()
      from org.sources s
      cross join generate_series('2024-01-01T00:00Z'::timestamptz, '2024-01-01T00:00Z'::timestamptz + interval '${days} days' - interval '15 minutes', interval '15 minutes') as t (at)
      cross join lateral (select 5 + (hashint4(s.source_id * 7919 + extract(epoch from t.at)::int / 900) & 63) as offered) o`);
    await client.query('vacuum analyze');
    // Pages of the load that are still to be written would be, all the while that is measured.
    await client.query('checkpoint');
    // And each page that is read for the first time would be fetched from the system: a store that runs has its pages in memory.
    await client.query('select sum(talk_seconds) from statistics.contact_statistics');
    await client.query('set enable_seqscan = off');
    await client.query('select count(*) from statistics.contact_statistics where service_id > 0 and source_id > 0');
    const { rows } = await client.query<{ count: string }>('select count(*) from statistics.contact_statistics');
    return Number(rows[0]!.count);
  } finally {
    await client.end();
  }
}

/** The question with a number: spread over services, days and quarters by two primes, the same in every run. */
function question(number: number, minutes: number): { service: string; start_time: string; end_time: string } {
  const start = Date.UTC(2024, 0, 2) + ((number * 7919) % (days - 3)) * 86_400_000 + (minutes < 1440 ? ((number * 104_729) % 96) * 900_000 : 0);
  const iso = (moment: number) => new Date(moment).toISOString();
  return { service: `BENCH_${((number * 31) % services) + 1}`, start_time: iso(start), end_time: iso(start + minutes * 60_000) };
}

const address = (asked: Record<string, string>) => `/api/v1/statistics/intervals?${new URLSearchParams(asked).toString()}`;

async function compare(name: string, minutes: number, goal: { name: string; ms: number }, { sqlUrl, url, key, report }: Bench): Promise<void> {
  const asker = openAsker(url, key);
  const samples: number[] = [];
  for (let n = 0; n < warmUp + 2000; n++) {
    const start = performance.now();
    await asker.ask(address(question(n, minutes)));
    if (n >= warmUp) samples.push(performance.now() - start);
  }
  asker.close();
  const p95 = percentile(samples, 0.95);
  const alone = await prepared(sqlUrl, minutes, 1);
  report({
    name: `${name} through HTTP, p95`,
    value: round(p95),
    unit: 'ms',
    goal: goal.name,
    reached: p95 < goal.ms,
    naive: `half of them within ${round(percentile(samples, 0.5))} ms`,
    limit: `prepared statement, p95 ${round(alone.p95)} ms`,
  });
  const together = await prepared(sqlUrl, minutes, 2);
  let asked = 10_000;
  // A list of requests would be sent by each connection, and the second time be answered from memory.
  const next = (request: autocannon.Request) => ({ ...request, path: address(question(asked++, minutes)) });
  const result = await autocannon({ url, headers: { 'x-api-key': key }, requests: [{ setupRequest: next }], connections: 2, duration: seconds });
  if (result.non2xx > 0) throw new Error(`${name}: ${result.non2xx} answers were errors`);
  const ratio = result.requests.average / together.perSecond;
  report({
    name: `${name} through HTTP against the prepared statement, 2 connections each`,
    value: round(ratio),
    unit: 'of its throughput',
    goal: '≥ 0.5',
    reached: ratio >= 0.5,
    naive: `${Math.round(result.requests.average)} requests/s`,
    limit: `${Math.round(together.perSecond)} statements/s`,
  });
}

/** One connection that is kept, as an integrator's program holds it. */
function openAsker(url: string, key: string): { ask: (address: string) => Promise<string>; close: () => void } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (asked: string) =>
    new Promise<string>((resolve, reject) => {
      http
        .get(url + asked, { agent, headers: { 'x-api-key': key } }, (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(`${asked}: ${response.statusCode} ${text}`))));
        })
        .on('error', reject);
    });
  return { ask, close: () => agent.destroy() };
}

/** The same questions as qh_api asks them in psql, prepared. */
async function prepared(url: string, minutes: number, connections: number): Promise<{ p95: number; perSecond: number }> {
  const text =
    'select to_json(t)::text as json from api.intervals(p_service => $1, p_start_time => $2, p_end_time => $3) as t order by t.interval_start, t.service_code, t.group_key limit 101';
  const samples: number[] = [];
  const ends = performance.now() + seconds * 1000;
  let count = 0;
  const one = async (first: number) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (let n = 0; performance.now() < ends; n++) {
      const start = performance.now();
      await client.query({ name: 'question', text, values: Object.values(question(first + n, minutes)) });
      if (n >= 50) samples.push(performance.now() - start);
      count++;
    }
    await client.end();
  };
  await Promise.all(Array.from({ length: connections }, (_, n) => one(n * 50_000)));
  return { p95: percentile(samples, 0.95), perSecond: count / seconds };
}

/** One question again and again, which is answered from memory until something that it rests on changes. */
async function kept({ url, key, report }: Bench): Promise<void> {
  const { requests } = await autocannon({ url: url + address(question(1, 1440)), headers: { 'x-api-key': key }, connections: 2, duration: 2 });
  report({ name: 'the same 24 h asked again, 2 connections', value: Math.round(requests.average), unit: 'requests/s' });
}

/** What the server itself takes, without a question to the database. */
async function floor({ url, key, report }: Bench): Promise<void> {
  const { requests } = await autocannon({ url: `${url}/api/v1/admin/whoami`, headers: { 'x-api-key': key }, connections: 2, duration: 2 });
  report({ name: 'a request that asks nothing of the database', value: Math.round(requests.average), unit: 'requests/s' });
}
