import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { now } from '../../platform/clock/clock.ts';
import type { ImportServices } from './import_services.ts';
import { uploadPath } from './uploads.ts';

const dayMs = 86_400_000;

/** Deletes the files of imports that ended longer ago than the setting says, and what broken uploads left. */
export async function clearUploads({ db, dataDir }: Pick<ImportServices, 'db' | 'dataDir'>): Promise<number> {
  const old = await db.query<{ batch_id: string }>('select o.batch_id from ingest.old_uploads() o (batch_id)');
  for (const { batch_id } of old) {
    await rm(uploadPath(dataDir, batch_id), { force: true });
    await db.query('select ingest.note_file_deleted($1)', [batch_id]);
  }
  return old.length + (await clearParts(path.join(dataDir, 'uploads')));
}

/** Files that were received but became no batch. */
async function clearParts(folder: string): Promise<number> {
  let cleared = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith('.part')) continue;
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found === null || now().getTime() - found.mtimeMs < dayMs) continue;
    await rm(file, { force: true });
    cleared++;
  }
  return cleared;
}
