import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import pg from 'pg';
import { importKinds, rules } from '../src/app/catalogue.ts';
import { openSystem } from '../src/app/system.ts';
import { parseConfig } from '../src/platform/config/config.ts';
import { createHttpServer } from '../src/platform/http/server.ts';
import { localFile } from '../src/platform/http/local_file.ts';
import { createLog } from '../src/platform/log/log.ts';
import { importFile } from '../src/rooms/ingest/import_files.ts';
import { writeReportWorkbook } from '../test/fixtures/workbooks.ts';
import { percentile, round, type Report } from './figure.ts';

/** What a caller of REST waits for, beside the same question asked by a prepared statement on one connection. */

const seconds = 5;
const day = '2025-03-12';

export async function run(report: Report): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qh-bench-http-'));
  const config = parseConfig({ QH_DATA_DIR: path.join(folder, 'var'), QH_DEMO: '0', QH_LOG_LEVEL: 'silent' });
  const log = createLog({ level: 'silent', readable: false });
  const system = await openSystem(config, log, 'command', '0');
  try {
    await writeReportWorkbook(path.join(folder, 'report.xlsx'), { rows: 300_000, projects: 32, callsPerDay: 20_000, level: 1 });
    await importFile(
      path.join(folder, 'report.xlsx'),
      { service: 'BENCH' },
      { db: system.db, log, kinds: importKinds, dataDir: config.dataDir, receive: localFile, createdBy: 'bench' },
    );
    await system.db.query('select statistics.maintain()');
    const { key } = await system.keys.create({ name: 'bench', role: 'admin', created_by: 'bench' });
    const app = await createHttpServer({ ...system, webRoot: folder, schemaIsCurrent: async () => true, rules });
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    try {
      const question = (from: string, to: string) => `service=BENCH&start_time=${from}&end_time=${to}`;
      await compare('point query', question(`${day}T09:00`, `${day}T09:15`), { name: 'p95 < 2 ms', ms: 2 }, { system, url, key, report });
      await compare('range, 24 h of a service', question(day, '2025-03-13'), { name: 'p95 < 5 ms', ms: 5 }, { system, url, key, report });
      await floor(url, key, report);
    } finally {
      await app.close();
    }
  } finally {
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Bench {
  system: Awaited<ReturnType<typeof openSystem>>;
  url: string;
  key: string;
  report: Report;
}

async function compare(name: string, query: string, goal: { name: string; ms: number }, { system, url, key, report }: Bench): Promise<void> {
  const address = `${url}/api/v1/statistics/intervals?${query}`;
  const samples: number[] = [];
  const first = await fetch(address, { headers: { 'x-api-key': key } });
  if (!first.ok) throw new Error(`${address}: ${first.status} ${await first.text()}`);
  for (let n = 0; n < 1500; n++) {
    const start = performance.now();
    await (await fetch(address, { headers: { 'x-api-key': key } })).text();
    if (n >= 300) samples.push(performance.now() - start);
  }
  const p95 = percentile(samples, 0.95);
  const statement = await prepared(system.databaseUrl('api'), query);
  report({
    name: `${name} through HTTP, p95`,
    value: round(p95),
    unit: 'ms',
    goal: goal.name,
    reached: p95 < goal.ms,
    limit: `prepared statement, p95 ${round(statement.p95)} ms`,
  });
  const { requests, non2xx } = await autocannon({ url: address, headers: { 'x-api-key': key }, connections: 2, duration: seconds });
  if (non2xx > 0) throw new Error(`${address}: ${non2xx} answers were errors`);
  const ratio = requests.average / statement.perSecond;
  report({
    name: `${name} through HTTP against the prepared statement, 2 connections each`,
    value: round(ratio),
    unit: 'of its throughput',
    goal: '≥ 0.5',
    reached: ratio >= 0.5,
    limit: `${Math.round(statement.perSecond)} statements/s`,
  });
}

/** The same question as qh_api asks it in psql, prepared, on two connections. */
async function prepared(url: string, query: string): Promise<{ p95: number; perSecond: number }> {
  const input = new URLSearchParams(query);
  const values = [input.get('service'), input.get('start_time'), input.get('end_time')];
  const text =
    'select to_json(t)::text as json from api.intervals(p_service => $1, p_start_time => $2, p_end_time => $3) as t order by t.interval_start, t.service_code, t.group_key limit 101';
  const samples: number[] = [];
  const ends = performance.now() + seconds * 1000;
  let count = 0;
  const one = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (let n = 0; performance.now() < ends; n++) {
      const start = performance.now();
      await client.query({ name: 'question', text, values });
      if (n >= 50) samples.push(performance.now() - start);
      count++;
    }
    await client.end();
  };
  await Promise.all([one(), one()]);
  return { p95: percentile(samples, 0.95), perSecond: count / seconds };
}

/** What the server itself takes, without a question to the database. */
async function floor(url: string, key: string, report: Report): Promise<void> {
  const { requests } = await autocannon({ url: `${url}/api/v1/admin/whoami`, headers: { 'x-api-key': key }, connections: 2, duration: 2 });
  report({ name: 'a request that asks nothing of the database', value: Math.round(requests.average), unit: 'requests/s' });
}
