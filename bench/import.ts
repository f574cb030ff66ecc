import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { openSystem, type System } from '../src/app/system.ts';
import { parseConfig } from '../src/platform/config/config.ts';
import { openDatabaseServer } from '../src/platform/db/connect.ts';
import { localFile } from '../src/platform/http/local_file.ts';
import { createLog } from '../src/platform/log/log.ts';
import { importFile, type FileImport } from '../src/rooms/ingest/import_files.ts';
import type { WorkbookEvent } from '../src/rooms/ingest/workbook/events.ts';
import { readWorkbook } from '../src/rooms/ingest/workbook/read_workbook.ts';
import { importKinds } from '../src/rooms/statistics/imports.ts';
import { writeReportWorkbook } from '../test/fixtures/workbooks.ts';
import type { Figure } from './figure.ts';

/** A report of a million rows: from the file to the commit, again unchanged, and beside COPY of the same rows into the same table. */

interface Outcome {
  seconds: number;
  cpuSeconds: number;
  peakMiB: number;
  phases: Record<string, number>;
  record: Record<string, unknown>;
}

type Task = 'import' | 'parsed' | 'copy';

/** Runs one task in a process of its own, since the peak of memory is one of the process. */
function measure(task: Task, folder: string): Outcome {
  const out = execFileSync(process.execPath, [import.meta.filename, task, folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e8,
  });
  return JSON.parse(out) as Outcome;
}

async function child(task: Task, folder: string): Promise<void> {
  const config = parseConfig({ QH_DATA_DIR: path.join(folder, 'var'), QH_DEMO: '0', QH_LOG_LEVEL: 'error' });
  const system = await openSystem(config, createLog({ level: 'error', readable: true }), 'command', '0');
  try {
    const tasks = { import: fromFile, parsed: fromEvents, copy: byCopy };
    process.stdout.write(JSON.stringify(await tasks[task](system, path.join(folder, 'report.xlsx'))));
  } finally {
    await system.close();
  }
}

function servicesOf(system: System): FileImport {
  return { db: system.db, log: system.log, kinds: importKinds, dataDir: system.config.dataDir, receive: localFile, createdBy: 'bench' };
}

async function fromFile(system: System, file: string, services = servicesOf(system), service = 'MILLION'): Promise<Outcome> {
  const phases: Record<string, number> = {};
  const start = performance.now();
  const elapsed = () => Math.round(performance.now() - start) / 1000;
  const record = await importFile(file, { service }, services, ({ phase }) => (phases[phase] ??= elapsed()));
  const seconds = phases.folding ?? elapsed();
  phases.folded = elapsed();
  const { user, system: kernel } = process.cpuUsage();
  return {
    seconds,
    cpuSeconds: (user + kernel) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    phases,
    record: { ...record, warnings: (record.warnings as unknown[]).length },
  };
}

/** From rows that are parsed already, into a service that has none. */
async function fromEvents(system: System, file: string): Promise<Outcome> {
  const events: WorkbookEvent[] = [];
  for await (const event of readWorkbook(file, { kinds: importKinds })) events.push(event);
  async function* replay() {
    yield* events;
  }
  return fromFile(system, file, { ...servicesOf(system), read: replay }, 'PARSED');
}

/** The rows that the import made, by COPY into the same table under another service. */
async function byCopy(system: System, file: string): Promise<Outcome> {
  const target = path.join(path.dirname(file), 'rows.copy');
  const columns = await system.db.query<{ list: string; chosen: string }>(
    `select string_agg(a.attname, ', ' order by a.attnum) as list,
       string_agg(case a.attname when 'service_id' then '1000000' else 'f.' || a.attname end, ', ' order by a.attnum) as chosen
     from pg_attribute a where a.attrelid = 'statistics.contact_statistics'::regclass and a.attnum > 0 and not a.attisdropped`,
  );
  const { list, chosen } = columns[0]!;
  await system.db.transaction(async (tx) => {
    const service = `(select s.service_id from org.services s where s.service_code = 'MILLION')`;
    const source = tx.client.query(
      copyTo(`copy (select ${chosen} from statistics.contact_statistics f where f.service_id = ${service} order by f.interval_start_time) to stdout`),
    );
    await pipeline(source, createWriteStream(target));
  });
  // COPY into a table with row policies is refused to all but superusers.
  const server = await openDatabaseServer(system.config, 'command', system.log);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const start = performance.now();
  await pipeline(
    createReadStream(target, { highWaterMark: 256 * 1024 }),
    client.query(copyFrom(`copy statistics.contact_statistics (${list}) from stdin`)),
  );
  const seconds = (performance.now() - start) / 1000;
  await client.end();
  await server.close();
  return { seconds, cpuSeconds: 0, peakMiB: process.resourceUsage().maxRSS / 1024, phases: {}, record: {} };
}

export async function run(report: (figure: Figure) => void, rows = 1_000_000): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'qh-bench-import-'));
  try {
    await writeReportWorkbook(path.join(folder, 'report.xlsx'), {
      rows,
      projects: 100,
      callsPerDay: 40_000,
      days: 400,
      start: '2024-01-01T00:00',
      title: true,
      totals: true,
      level: 1,
    });
    const tell = (name: string, { seconds, cpuSeconds, peakMiB, phases, record }: Outcome) => {
      report({ name: `${name}: file to commit`, value: Math.round(seconds * 10) / 10, unit: 's', goal: '< 30 s', reached: seconds < 30 });
      report({
        name: `${name}: checking began, loading began`,
        value: phases.checking ?? 0,
        unit: `s, ${String(phases.loading)} s; rollups folded after ${String(phases.folded)} s`,
      });
      report({ name: `${name}: our processor time`, value: Math.round(cpuSeconds * 10) / 10, unit: 's' });
      report({ name: `${name}: peak of memory`, value: Math.round(peakMiB), unit: 'MiB', goal: '≤ 300 MB', reached: peakMiB * 1.048576 <= 300 });
      report({
        name: `${name}: rows inserted, updated, unchanged`,
        value: Number(record.rows_inserted),
        unit: `${String(record.rows_updated)}, ${String(record.rows_unchanged)}`,
      });
    };
    tell('first import', measure('import', folder));
    tell('same file again', measure('import', folder));
    const parsed = measure('parsed', folder);
    const copy = measure('copy', folder);
    report({ name: 'parsed rows to commit', value: Math.round(parsed.seconds * 10) / 10, unit: 's' });
    report({ name: 'COPY of the same rows into the same table', value: Math.round(copy.seconds * 10) / 10, unit: 's' });
    report({
      name: 'parsed rows to commit against COPY',
      value: Math.round((copy.seconds / parsed.seconds) * 100) / 100,
      unit: 'of its rate',
      goal: '≥ 0.6',
      reached: copy.seconds / parsed.seconds >= 0.6,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const [, , task, folder] = process.argv;
  if (folder !== undefined) await child(task as Task, folder);
  else await run(({ name, value, unit }) => console.info(`${name}: ${value} ${unit}`), Number(task ?? 1_000_000));
}
