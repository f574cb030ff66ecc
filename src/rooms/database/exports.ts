import { readdir, rm, stat } from 'node:fs/promises';
import { implement, StoredFile, type Context } from '../../platform/contract/implement.ts';
import { pageOf } from '../../platform/contract/page.ts';
import type { OutputOf } from '../../platform/contract/operation.ts';
import type { Db } from '../../platform/db/pool.ts';
import { QhError } from '../../platform/errors.ts';
import { deleteExport, exportFile, exports, exportStatus } from './contract.ts';
import { exportFolder, exportPath } from './export_place.ts';

type Record = OutputOf<typeof exportStatus>;

const fields = `export_id, status, detail, format,
  coalesce(split_part(configuration ->> 'table_name', '.', 2), replace(configuration ->> 'operation', '.', '-')) || '-' || to_char(created_at at time zone 'UTC', 'YYYYMMDD-HH24MISS') || '.' || format as filename,
  configuration, rows_estimate, rows_written,
  case when status in ('completed', 'expired') then 100 when rows_estimate > 0 then least(99, round(100.0 * rows_written / rows_estimate, 1)) end as progress_pct,
  file_bytes, sha256, created_by, to_json(created_at) as created_at, to_json(started_at) as started_at, to_json(finished_at) as finished_at, to_json(expires_at) as expires_at`;

/** An export is there for whoever asked for it, and for nobody else. */
async function find(exportId: string, { principal, db }: Pick<Context, 'principal' | 'db'>): Promise<Record> {
  const [row] = await db.query<Record>(`select ${fields} from database.exports where export_id = $1 and principal_id = $2`, [exportId, principal.id]);
  if (row === undefined) throw new QhError('not_found', `There is no export ${exportId}.`, { hint: 'database.exports lists yours.' });
  return row;
}

export const exportsVerb = implement(exports, async (input, { principal, db }) => {
  const rows = await db.query<Record>(`select ${fields} from database.exports where principal_id = $1 order by exports.created_at desc limit 1000`, [
    principal.id,
  ]);
  return pageOf(exports, rows, input);
});

export const exportStatusVerb = implement(exportStatus, ({ export_id: exportId }, context) => find(exportId, context));

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export const exportFileVerb = implement(exportFile, async ({ export_id: exportId }, context) => {
  const { status, format, filename, sha256, detail } = await find(exportId, context);
  if (status === 'queued' || status === 'running')
    throw new QhError('conflict', 'The file is still being written.', { hint: 'database.export_status tells how far it is.' });
  if (status === 'failed') throw new QhError('conflict', `There is no file, because writing it failed: ${detail}`);
  const path = exportPath(context.config.dataDir, exportId);
  if (status === 'expired' && detail !== null) throw new QhError('not_found', detail, { hint: 'Ask for it again with database.bulk_export.' });
  const found = status === 'completed' ? await stat(path).catch(() => null) : null;
  if (found === null) throw new QhError('not_found', 'The file was deleted after its time.', { hint: 'Ask for it again with database.bulk_export.' });
  return new StoredFile(filename, contentTypes[format], { path, bytes: found.size, sha256: sha256! });
});

export const deleteExportVerb = implement(deleteExport, async ({ export_id: exportId }, context) => {
  await find(exportId, context);
  await context.effect((tx) => tx.query('delete from database.exports where export_id = $1', [exportId]));
  await rm(exportPath(context.config.dataDir, exportId), { force: true });
  return { export_id: exportId };
});

/** Deletes the files of exports that expired; gives how many. */
export async function clearExports(db: Pick<Db, 'query'>, dataDir: string): Promise<number> {
  const gone = await db.query<{ export_id: string }>(
    `update database.exports set status = 'expired', updated_at = platform.now() where status = 'completed' and expires_at < platform.now() returning export_id`,
  );
  for (const { export_id: exportId } of gone) await rm(exportPath(dataDir, exportId), { force: true });
  return gone.length + (await clearForgotten(db, dataDir));
}

/** Files of which no export says any more that they are there: of one that was taken away, as when somebody was erased. */
async function clearForgotten(db: Pick<Db, 'query'>, dataDir: string): Promise<number> {
  // The folder first: what is written from now on is not among its names.
  const names = await readdir(exportFolder(dataDir)).catch(() => []);
  if (names.length === 0) return 0;
  const kept = await db.query<{ export_id: string }>(`select export_id from database.exports where status in ('queued', 'running', 'completed')`);
  const ids = new Set(kept.map(({ export_id: exportId }) => exportId));
  const forgotten = names.filter((name) => !ids.has(name.replace(/\.part$/, '')));
  for (const name of forgotten) await rm(exportPath(dataDir, name), { force: true });
  return forgotten.length;
}
