import type { Figure } from './figure.ts';
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { streamXlsxRows } from 'hucre/xlsx';
import { openContainer } from '../src/rooms/ingest/workbook/container.ts';
import { readInThread, readPlain } from './workbook_readers.ts';
import { writeReportWorkbook } from '../test/fixtures/workbooks.ts';
import { sharedDir, sharedPath } from '../test/shared.ts';

/** How fast a report becomes COPY lines, beside a library that reads the same file and beside inflating it alone. */

interface Outcome {
  rows: number;
  seconds: number;
  /** Processor time of all threads. */
  cpuSeconds: number;
  /** By how much the process grew at most. */
  growthMiB: number;
  peakMiB: number;
}

async function inflateOnly(path: string): Promise<number> {
  const container = await openContainer(path);
  let bytes = 0;
  for await (const chunk of (await container.part('xl/worksheets/sheet1.xml')).chunks) bytes += chunk.length;
  container.close();
  return bytes;
}

async function readByLibrary(path: string): Promise<number> {
  let rows = 0;
  for await (const row of streamXlsxRows(Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>)) if (row.values.length > 0) rows++;
  return rows;
}

const readers: Record<string, (path: string) => Promise<number>> = {
  scanner: readPlain,
  thread: readInThread,
  library: readByLibrary,
  inflate: inflateOnly,
};

/** Runs one reader in a process of its own, since the peak of memory is one of the process. */
function measure(reader: string, path: string): Outcome {
  const out = execFileSync(process.execPath, [import.meta.filename, reader, path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(out) as Outcome;
}

async function child(reader: string, path: string): Promise<void> {
  const before = process.memoryUsage().rss / 1024 ** 2;
  const start = performance.now();
  const rows = await readers[reader]!(path);
  const seconds = (performance.now() - start) / 1000;
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  const { user, system } = process.cpuUsage();
  const outcome: Outcome = { rows, seconds, cpuSeconds: (user + system) / 1e6, growthMiB: peakMiB - before, peakMiB };
  process.stdout.write(JSON.stringify(outcome));
}

function compare(label: string, path: string, rows: number, report: (figure: Figure) => void): void {
  const rates: Record<string, number> = {};
  for (const reader of ['scanner', 'thread', 'library', 'inflate']) {
    const { seconds, cpuSeconds, growthMiB, peakMiB } = measure(reader, path);
    rates[reader] = rows / seconds;
    report({ name: `${label}: ${reader}`, value: Math.round(rows / seconds), unit: 'rows/s' });
    report({ name: `${label}: ${reader}, processor`, value: Math.round(((cpuSeconds * 1e6) / rows) * 10) / 10, unit: 'µs/row' });
    report({ name: `${label}: ${reader}, growth`, value: Math.round(growthMiB), unit: 'MiB' });
    report({ name: `${label}: ${reader}, peak`, value: Math.round(peakMiB), unit: 'MiB' });
  }
  report({ name: `${label}: scanner against library`, value: Math.round((rates.scanner! / rates.library!) * 10) / 10, unit: 'times' });
  report({ name: `${label}: scanner against inflate alone`, value: Math.round((rates.scanner! / rates.inflate!) * 100) / 100, unit: 'of it' });
}

export async function run(report: (figure: Figure) => void, rows = 1_000_000): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'qh-bench-workbook-'));
  try {
    const path = join(folder, 'report.xlsx');
    const start = performance.now();
    await writeReportWorkbook(path, { rows, projects: 100, callsPerDay: 40_000, title: true, totals: true, level: 1 });
    report({ name: 'made report: written', value: Math.round(rows / ((performance.now() - start) / 1000)), unit: 'rows/s' });
    compare(`${rows} rows × 27 columns`, path, rows, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (sharedDir) compare('consolidated report, 74,470 rows', sharedPath('data/argus/сводные/ОтчетВходящиеПроекты-ВТМ-15м.xlsx'), 74_470, report);
}

if (process.argv[1] === import.meta.filename) {
  const [, , reader, path] = process.argv;
  if (reader !== undefined && path !== undefined) await child(reader, path);
  else await run(({ name, value, unit }) => console.info(`${name}: ${value} ${unit}`), Number(reader ?? 1_000_000));
}
