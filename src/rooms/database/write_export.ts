import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { Principal } from '../../platform/auth/principal.ts';
import { monotonicMs } from '../../platform/clock/clock.ts';
import type { AnyOperation } from '../../platform/contract/operation.ts';
import { rowsOf } from '../../platform/db/cursor.ts';
import type { Db, Tx } from '../../platform/db/pool.ts';
import { fromPostgres } from '../../platform/errors.ts';
import type { JobContext } from '../../platform/jobs/jobs.ts';
import type { Table, TableRow } from '../../platform/sheets/table.ts';
import { writeCsv } from '../../platform/sheets/write_csv.ts';
import { writeXlsx } from '../../platform/sheets/write_xlsx.ts';
import { auditExport } from './audit_export.ts';
import type { Configuration } from './export_data.ts';
import { exportFolder, exportPath, keepHours } from './export_place.ts';
import { itemColumns, listStatement, sheetColumns, tableStatement } from './export_rows.ts';
import type { Relation } from './relation.ts';
import { selectionOf } from './select.ts';

/** What the job is told. */
export interface Asked {
  export_id: string;
  principal_kind: Principal['kind'];
  request_id: string | null;
}

interface Order {
  configuration: Configuration;
  caller: Record<string, string>;
  principal_id: string;
  created_by: string;
}

/** Writes the file of an export. It may be killed at any moment and begins again from the start. */
export async function writeExport(
  asked: Asked,
  operations: readonly AnyOperation[],
  personalFields: ReadonlySet<string>,
  context: JobContext,
): Promise<void> {
  const { db, config } = context;
  const exportId = asked.export_id;
  const [order] = await db.query<Order>(
    `update database.exports set status = 'running', started_at = platform.now(), rows_written = 0, updated_at = platform.now()
     where export_id = $1 and status in ('queued', 'running') returning configuration, caller, principal_id, created_by`,
    [exportId],
  );
  if (order === undefined) return;
  const target = exportPath(config.dataDir, exportId);
  try {
    await mkdir(exportFolder(config.dataDir), { recursive: true });
    const { sha256, rows } = await writeFile(`${target}.part`, exportId, order, operations, context);
    await rename(`${target}.part`, target);
    const { size } = await stat(target);
    await db.transaction(async (tx) => {
      const ended = await tx.query(
        `update database.exports set status = 'completed', rows_written = $2, file_bytes = $3, sha256 = $4, finished_at = platform.now(),
           expires_at = platform.now() + make_interval(hours => $5), updated_at = platform.now() where export_id = $1 and status = 'running' returning 1`,
        [exportId, rows, size, sha256, keepHours],
      );
      // Somebody was erased meanwhile: what was read before tells of them.
      if (ended.length === 0) return rm(target, { force: true });
      const principal = { kind: asked.principal_kind, id: order.principal_id, name: order.created_by };
      const { configuration } = order;
      await auditExport(tx, { exportId, principal, requestId: asked.request_id, configuration, rows, sha256 }, personalFields);
    });
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
  // One transaction, so that a file shows one moment; read only, as the caller.
  await context.db.as(order.caller).transaction(async (tx) => {
    await tx.query(
      'set transaction isolation level repeatable read read only; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0',
    );
    const bytes = await bytesOf(tx, order, operations, progress);
    await using file = await open(path, 'w', 0o600);
    for await (const chunk of bytes) {
      context.signal.throwIfAborted();
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  });
  return { sha256: hash.digest('hex'), rows: progress.rows };
}

async function bytesOf(tx: Tx, { configuration, caller }: Order, operations: readonly AnyOperation[], progress: Progress) {
  const { format } = configuration;
  let table: Pick<Table, 'name' | 'columns'>;
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
  const batches = mapped(rows, valuesOf);
  return format === 'csv' ? writeCsv({ ...table, batches }, { byteOrderMark: true }) : writeXlsx([{ ...table, batches }]);
}

type Batches<T> = AsyncIterable<T[]>;

async function* mapped(rows: Batches<(string | null)[]>, valuesOf: (row: (string | null)[]) => TableRow): AsyncGenerator<TableRow[]> {
  for await (const batch of rows) yield batch.map((row) => valuesOf(row));
}

/** Small pieces: what is written is given back when the heap is collected, and large pieces would pile up until then. */
const pieceCharacters = 16 * 1024;

async function* lines(rows: Batches<(string | null)[]>): AsyncGenerator<Buffer> {
  let text = '';
  for await (const batch of rows) {
    for (const [json] of batch) {
      text += `${json}\n`;
      if (text.length < pieceCharacters) continue;
      yield Buffer.from(text);
      text = '';
    }
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

async function* counted<T>(rows: Batches<T>, progress: Progress): AsyncGenerator<T[]> {
  for await (const batch of rows) {
    yield batch;
    progress.rows += batch.length;
    await progress.tell();
  }
}
