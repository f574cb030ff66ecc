/**
 * A million rows of a report as CSV, sent to a server that runs as a process of its own (`bulk/import`), beside a hundred thousand: from the
 * first byte sent to the batch's end. The peak of memory is the process's own (VmHWM); each import has a fresh process.
 */
import { createWriteStream, openAsBlob, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { argusReport } from '../src/rooms/statistics/imports.ts';
import type { ServerProcess } from '../test/fixtures/server_process.ts';
import { type Report, round } from './figure.ts';
import { type OwnStore, openOwnStore, peakOf } from './own_store.ts';

const quarters = 38_000;
const sources = { all: 27, few: 3 };

interface Outcome {
  rows: number;
  seconds: number;
  idleMiB: number;
  sentMiB: number;
  peakMiB: number;
  fileMiB: number;
}

export async function run(report: Report): Promise<void> {
  await using store = await openOwnStore('bulk-import');
  const few = await imported(store, 'FEW', sources.few);
  const all = await imported(store, 'ALL', sources.all);
  report({
    name: `${all.rows.toLocaleString('en')} rows of a report as csv, sent and imported (${Math.round(all.fileMiB)} MiB)`,
    value: round(all.seconds, 1),
    unit: `s, ${Math.round(all.rows / all.seconds).toLocaleString('en')} rows/s`,
  });
  report({
    name: 'csv sent in: peak of the server’s memory',
    value: Math.round(all.peakMiB),
    unit:
      `MiB, ${Math.round(few.peakMiB)} MiB with ${few.rows.toLocaleString('en')} rows, ${Math.round(all.idleMiB)} MiB before, ` +
      `${Math.round(all.sentMiB)} MiB when the file was taken in as a workbook`,
    goal: 'at most 40 MiB more for ten times the rows',
    reached: all.peakMiB - few.peakMiB <= 40,
  });
}

/** One import by a fresh server: sent, and awaited to its end. */
async function imported(store: OwnStore, service: string, sourceCount: number): Promise<Outcome> {
  const file = path.join(store.folder, `${service}.csv`);
  await pipeline(Readable.from(lines(sourceCount)), createWriteStream(file));
  await using server = await store.startServer({ QH_POOL_MAX: '6' });
  const idleMiB = peakOf(server);
  const started = performance.now();
  const form = new FormData();
  for (const [name, value] of Object.entries({ kind: 'argus_report', service, time_zone: 'UTC', interval_type: '15m' })) form.set(name, value);
  form.set('file', await openAsBlob(file), 'report.csv');
  const answer = await fetch(`${server.url}/api/v1/db/database/bulk/import`, { method: 'POST', headers: { 'x-api-key': server.key }, body: form });
  const asked = (await answer.json()) as { import_id: string };
  if (!answer.ok) throw new Error(JSON.stringify(asked));
  const sentMiB = peakOf(server);
  const rows = await ended(server, asked.import_id);
  const seconds = (performance.now() - started) / 1000;
  if (rows !== sourceCount * quarters) throw new Error(`${rows} rows came in of ${sourceCount * quarters}`);
  const outcome = { rows, seconds, idleMiB, sentMiB, peakMiB: peakOf(server), fileMiB: statSync(file).size / 2 ** 20 };
  rmSync(file);
  return outcome;
}

/** Ten contacts per quarter of each source, with the ratios that follow. */
function* lines(sourceCount: number): Generator<string> {
  const values: Record<string, number> = {
    offered: 10,
    handled: 10,
    reported_handled_pct: 100,
    reported_handled_less_short_abandons_pct: 100,
    answered_in_threshold: 8,
    reported_service_level_pct: 80,
    reported_service_level_of_handled_pct: 80,
    talk_seconds: 1000,
    reported_handle_seconds: 1000,
    reported_aht_seconds: 100,
    wrap_seconds: 100,
    reported_handle_and_wrap_seconds: 1100,
    reported_aht_with_wrap_seconds: 110,
    wait_handled_seconds: 50,
    reported_wait_handled_avg_seconds: 5,
    max_wait_handled_seconds: 12,
  };
  const names = argusReport.columns.map(({ name }) => name);
  const rest = names.slice(2).map((name) => values[name] ?? 0);
  yield `${names.join(',')}\r\n`;
  for (let quarter = 0; quarter < quarters; quarter++) {
    const moment = new Date(Date.UTC(2024, 0, 1, 0, quarter * 15)).toISOString().slice(0, 19);
    yield Array.from({ length: sourceCount }, (_, source) => `${moment}Z,Line ${source + 1},${rest.join(',')}\r\n`).join('');
  }
}

async function ended(server: ServerProcess, batch: string): Promise<number> {
  for (;;) {
    const { body } = await server.call('GET', `/api/v1/ingest/batches/${batch}`);
    const { status, rows_inserted: rows } = body as { status: string; rows_inserted: number };
    if (status === 'completed') return rows;
    if (!['queued', 'running'].includes(status)) throw new Error(JSON.stringify(body));
    await pause(250);
  }
}
