import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { now } from '../../platform/clock/clock.ts';
import { fromPostgres } from '../../platform/errors.ts';
import { addBatch } from './add_batch.ts';
import { importBatch } from './import_batch.ts';
import { batchRecord, isWorkbookName, type FileImport } from './import_files.ts';
import type { ImportOptions } from './import_services.ts';

/** Milliseconds for which a file must have stood still before it counts as complete. */
const quietMs = 2000;

/** How one file of the inbox went. */
export interface InboxResult {
  file: string;
  went: 'done' | 'failed';
  text: string;
}

/**
 * Imports what lies in the watched folder and has stopped growing: each content once, then the file moves to `done` or
 * `failed` with a text beside it that says what became of it. A subfolder is the code of the service.
 */
export async function readInbox(folder: string, services: FileImport, waitMs = quietMs): Promise<InboxResult[]> {
  await mkdir(folder, { recursive: true });
  const before = await sizes(folder);
  if (before.size === 0) return [];
  await pause(waitMs, undefined, { signal: services.signal });
  const after = await sizes(folder);
  const results: InboxResult[] = [];
  for (const [file, size] of after) {
    services.signal?.throwIfAborted();
    if (before.get(file) !== size) continue;
    const result = await readOne(folder, file, services);
    await moveAway(folder, result);
    results.push(result);
  }
  return results;
}

async function sizes(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && isWorkbookName(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !['done', 'failed'].includes(file.split(path.sep)[0]!));
  const found = new Map<string, string>();
  for (const file of files.toSorted()) {
    const { size, mtimeMs } = await stat(path.join(folder, file));
    found.set(file, `${size} ${mtimeMs}`);
  }
  return found;
}

async function readOne(folder: string, file: string, services: FileImport): Promise<InboxResult> {
  const { db, dataDir, createdBy, kinds } = services;
  const parts = file.split(path.sep);
  const options: ImportOptions = parts.length > 1 ? { service: parts[0] } : {};
  const received = await services.receive(path.join(folder, file), dataDir);
  try {
    const [known] = await db.query<{ batch_id: string }>('select k.batch_id from ingest.imported_before($1, $2) k', [
      received.sha256,
      options.service ?? null,
    ]);
    if (known !== undefined)
      return { file, went: 'done', text: `The same file was imported before, as batch ${known.batch_id}. Nothing was changed.` };
    const batchId = await db.transaction((tx) => addBatch(tx, received, options, { createdBy, dataDir, kinds }));
    await importBatch(batchId, services);
    const record = await batchRecord(services, batchId);
    return { file, went: record.status === 'failed' ? 'failed' : 'done', text: summary(record) };
  } catch (error) {
    const known = fromPostgres(error);
    if (known.code === 'unavailable' || services.signal?.aborted === true) throw error;
    return { file, went: 'failed', text: `${known.message}\n${known.hint}` };
  } finally {
    await rm(received.path, { force: true });
  }
}

function summary(record: Record<string, unknown>): string {
  const counts = ['rows_total', 'rows_valid', 'rows_rejected', 'rows_ignored', 'rows_inserted', 'rows_updated', 'rows_unchanged'];
  const warnings = (record.warnings as { message: string }[]).map(({ message }) => message);
  return [
    `batch ${String(record.batch_id)}: ${String(record.status)}`,
    ...(record.detail === null ? [] : [String(record.detail)]),
    ...counts.map((name) => `${name} ${String(record[name])}`),
    ...warnings,
    ...(Number(record.rows_rejected) > 0 ? [`What was wrong with each row: qh ingest batch-errors ${String(record.batch_id)}`] : []),
  ].join('\n');
}

/** Files of the same name do not overwrite each other: the later one gets the time into its name. */
async function moveAway(folder: string, { file, went, text }: InboxResult): Promise<void> {
  const { dir, name, ext } = path.parse(path.join(folder, went, file));
  await mkdir(dir, { recursive: true });
  const isTaken = await stat(path.join(dir, `${name}${ext}`)).then(
    () => true,
    () => false,
  );
  const stem = isTaken ? `${name} ${now().toISOString().replaceAll(':', '-')}` : name;
  await rename(path.join(folder, file), path.join(dir, `${stem}${ext}`));
  await writeFile(path.join(dir, `${stem}.txt`), `${text}\n`);
}
