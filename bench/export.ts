/**
 * A million facts out of a server that runs as a process of its own: written as a file and fetched, in each format, beside a hundred
 * thousand of them. The peak of memory is the process's own (VmHWM); each export has a fresh process. Beside it the naive way: the whole
 * answer read at once.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { ServerProcess } from '../test/fixtures/server_process.ts';
import { fillStore } from './filled_store.ts';
import { type Report, round } from './figure.ts';
import { type OwnStore, openOwnStore, peakOf } from './own_store.ts';

/** 38,016 facts each. */
const services = { all: 27, few: 3 };
const table = 'statistics.contact_statistics';

interface Outcome {
  rows: number;
  seconds: number;
  idleMiB: number;
  peakMiB: number;
  fileMiB: number;
}

export async function run(report: Report, formats: readonly string[] = ['csv', 'jsonl', 'xlsx']): Promise<void> {
  await using store = await openOwnStore('export');
  await fillStore(store.url, services.all);
  const naive = readAtOnce(store.url);
  for (const format of formats) {
    const few = await exported(store, format, services.few);
    tell(report, format, few, await exported(store, format, services.all), naive);
  }
}

function tell(report: Report, format: string, few: Outcome, all: Outcome, naive: string): void {
  report({
    name: `${all.rows.toLocaleString('en')} rows to ${format}, written and fetched (${Math.round(all.fileMiB)} MiB)`,
    value: round(all.seconds, 1),
    unit: `s, ${Math.round(all.rows / all.seconds).toLocaleString('en')} rows/s`,
    ...(format === 'csv' ? { naive } : {}),
  });
  const more = all.peakMiB - few.peakMiB;
  report({
    name: `${format}: peak of the server’s memory`,
    value: Math.round(all.peakMiB),
    unit: `MiB, ${Math.round(few.peakMiB)} MiB with ${few.rows.toLocaleString('en')} rows, ${Math.round(all.idleMiB)} MiB before`,
    goal: 'at most 40 MiB more for ten times the rows',
    reached: more <= 40,
  });
}

/** One export by a fresh server: ordered, awaited, fetched, and its hash compared. */
async function exported(store: OwnStore, format: string, serviceCount: number): Promise<Outcome> {
  await using server = await store.startServer({ QH_POOL_MAX: '6' });
  const idleMiB = peakOf(server);
  const started = performance.now();
  const order = { table_name: table, filter: `service_id le ${serviceCount}`, format };
  const asked = await server.call('POST', '/api/v1/db/database/bulk/export', order);
  const address = `/api/v1/db/database/bulk/exports/${(asked.body as { export_id: string }).export_id}`;
  const done = await ended(server, address);
  const file = await fetch(`${server.url}${address}/file`, { headers: { 'x-api-key': server.key } });
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of file.body!) {
    hash.update(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
  }
  if (hash.digest('hex') !== done.sha256) throw new Error(`${format}: what was fetched is not what was written`);
  const seconds = (performance.now() - started) / 1000;
  return { rows: done.rows_written, seconds, idleMiB, peakMiB: peakOf(server), fileMiB: bytes / 2 ** 20 };
}

async function ended(server: ServerProcess, address: string): Promise<{ status: string; rows_written: number; sha256: string }> {
  for (;;) {
    const { body } = await server.call('GET', address);
    const state = body as { status: string; rows_written: number; sha256: string };
    if (state.status === 'completed') return state;
    if (state.status === 'failed') throw new Error(JSON.stringify(body));
    await pause(250);
  }
}

/** In a process of its own: every row by one query, then one text of all of them. */
function readAtOnce(url: string): string {
  const out = execFileSync(process.execPath, ['--max-old-space-size=12000', import.meta.filename, '--at-once', url], { encoding: 'utf8' });
  const { seconds, peakMiB } = JSON.parse(out) as { seconds: number; peakMiB: number };
  return `the whole answer read at once and joined: ${round(seconds, 1)} s, ${Math.round(peakMiB).toLocaleString('en')} MiB`;
}

async function atOnce(url: string): Promise<void> {
  const started = performance.now();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<unknown[]>({
    text: `select * from ${table} order by service_id, source_id, interval_start_time`,
    rowMode: 'array',
  });
  const parts = rows.map((row) => row.map(String).join(','));
  createHash('sha256').update(Buffer.from(parts.join('\r\n')));
  await client.end();
  process.stdout.write(JSON.stringify({ seconds: (performance.now() - started) / 1000, peakMiB: process.resourceUsage().maxRSS / 1024 }));
}

if (process.argv[1] === import.meta.filename) {
  const [, , task, url] = process.argv;
  if (task === '--at-once') await atOnce(url!);
  else
    await run(
      ({ name, value, unit, naive }) => console.info(`${name}: ${value} ${unit}${naive === undefined ? '' : ` (${naive})`}`),
      task?.split(','),
    );
}
