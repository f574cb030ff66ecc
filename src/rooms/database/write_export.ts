import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { monotonicMs } from '../../platform/clock/clock.ts';
import type { AnyOperation } from '../../platform/contract/operation.ts';
import type { Db, Tx } from '../../platform/db/pool.ts';
import { fromPostgres } from '../../platform/errors.ts';
import type { JobContext } from '../../platform/jobs/jobs.ts';
import type { Table, TableRow } from '../../platform/sheets/table.ts';
import { writeCsv } from '../../platform/sheets/write_csv.ts';
import { writeXlsx } from '../../platform/sheets/write_xlsx.ts';
import type { Configuration } from './export_data.ts';
import { exportFolder, exportPath, keepHours } from './export_place.ts';
import { itemColumns, listStatement, rowsOf, sheetColumns, tableStatement } from './export_rows.ts';
import type { Relation } from './relation.ts';
import { selectionOf } from './select.ts';

interface Order {
  configuration: Configuration;
  caller: Record<string, string>;
}

/** Writes the file of an export. It may be killed at any moment and begins again from the start. */
export async function writeExport(exportId: string, operations: readonly AnyOperation[], context: JobContext): Promise<void> {
  const { db, config } = context;
  const [order] = await db.query<Order>(
    `update database.exports set status = 'running', started_at = platform.now(), rows_written = 0, updated_at = platform.now()
     where export_id = $1 and status in ('queued', 'running') returning configuration, caller`,
    [exportId],
  );
  if (order === undefined) return;
  const target = exportPath(config.dataDir, exportId);
  try {
    await mkdir(exportFolder(config.dataDir), { recursive: true });
    const { sha256, rows } = await writeFile(`${target}.part`, exportId, order, operations, context);
    await rename(`${target}.part`, target);
    const { size } = await stat(target);
    await db.query(
      `update database.exports set status = 'completed', rows_written = $2, file_bytes = $3, sha256 = $4, finished_at = platform.now(),
         expires_at = platform.now() + make_interval(hours => $5), updated_at = platform.now() where export_id = $1`,
      [exportId, rows, size, sha256, keepHours],
    );
  } catch (error) {
    await rm(`${target}.part`, { force: true });
    if (context.signal.aborted) throw error;
    const known = fromPostgres(error);
    if (known.code === 'unavailable') throw error;
    if (known.code === 'internal') context.log.error({ err: error, export_id: exportId }, 'export failed');
    await db.query(
      `update database.exports set status = 'failed', detail = $2, finished_at = platform.now(), updated_at = platform.now() where export_id = $1`,
      [exportId, `${known.message} ${known.hint}`],
    );
  }
}

async function writeFile(path: string, exportId: string, order: Order, operations: readonly AnyOperation[], context: JobContext) {
  const progress = progressOf(context.db, exportId);
  const hash = createHash('sha256');
  const digest = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  // One transaction, so that a file shows one moment; read only, as the caller.
  await context.db.as(order.caller).transaction(async (tx) => {
    await tx.query(
      'set transaction isolation level repeatable read read only; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0',
    );
    const bytes = await bytesOf(tx, order, operations, progress);
    await pipeline(Readable.from(bytes, { objectMode: false }), digest, createWriteStream(path, { mode: 0o600, flush: true }), {
      signal: context.signal,
    });
  });
  return { sha256: hash.digest('hex'), rows: progress.rows };
}

async function bytesOf(tx: Tx, { configuration, caller }: Order, operations: readonly AnyOperation[], progress: Progress) {
  const { format } = configuration;
  let table: Omit<Table, 'rows'>;
  let query: { text: string; values: unknown[] };
  let valuesOf: (row: (string | null)[]) => TableRow = (row) => row;
  if (configuration.operation === undefined) {
    const [relation] = await tx.query<Relation>('select * from database.relations($1)', [configuration.table_name]);
    const services = caller['qh.services'] ?? '';
    const view = {
      serviceIds: services === 'all' ? null : services.split(',').filter(Boolean).map(Number),
      seesPersonal: caller['qh.personal'] === 'on',
    };
    const selection = selectionOf(relation!, configuration, view);
    query = tableStatement(selection, format);
    table = { name: relation!.relation_name, columns: sheetColumns(selection, format) };
  } else {
    const operation = operations.find(({ name }) => name === configuration.operation)!;
    const items = itemColumns(operation, format);
    query = listStatement(operation, configuration.input ?? {});
    table = { name: operation.name, columns: items.columns };
    valuesOf = ([json]) => items.valuesOf(json!);
  }
  const rows = counted(rowsOf(tx, query), progress);
  if (format === 'jsonl') return lines(rows);
  const values = mapped(rows, valuesOf);
  return format === 'csv' ? writeCsv({ ...table, rows: values }, { byteOrderMark: true }) : writeXlsx([{ ...table, rows: values }]);
}

async function* mapped(rows: AsyncIterable<(string | null)[]>, valuesOf: (row: (string | null)[]) => TableRow): AsyncGenerator<TableRow> {
  for await (const row of rows) yield valuesOf(row);
}

async function* lines(rows: AsyncIterable<(string | null)[]>): AsyncGenerator<Buffer> {
  let text = '';
  for await (const [json] of rows) {
    text += `${json}\n`;
    if (text.length < 65_536) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

interface Progress {
  rows: number;
  tell(): Promise<void>;
}

/** Told at most once a second, on a connection of its own: the one that reads is busy. */
function progressOf(db: Db, exportId: string): Progress {
  let told = monotonicMs();
  return {
    rows: 0,
    async tell() {
      if (monotonicMs() - told < 1000) return;
      told = monotonicMs();
      await db.query('update database.exports set rows_written = $2, updated_at = platform.now() where export_id = $1', [exportId, this.rows]);
    },
  };
}

async function* counted<T>(rows: AsyncIterable<T>, progress: Progress): AsyncGenerator<T> {
  for await (const row of rows) {
    yield row;
    if (++progress.rows % 1000 === 0) await progress.tell();
  }
}
