import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config/config.ts';

/** Who was erased when, by ids alone. It lies beside the database and not in it, so that who restores an older backup can be told what to repeat. */
export interface ErasureNote {
  erased_at: string;
  employee_id?: number | null;
  user_id?: string | null;
  usuario_id?: string;
}

const fileIn = (dataDir: string): string => path.join(dataDir, 'erasures');

/** Called once an erasure holds. */
export async function noteErasure({ dataDir }: Pick<Config, 'dataDir'>, { erased_at, employee_id, user_id, usuario_id }: ErasureNote): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await appendFile(fileIn(dataDir), `${JSON.stringify({ erased_at, employee_id, user_id, usuario_id })}\n`, { mode: 0o600 });
}

/** What was erased after a moment, as the lists of these data folders have it: a sentence each, the earliest first. */
export async function erasuresSince(createdAt: string, dataDirs: readonly string[]): Promise<string[]> {
  const texts = await Promise.all([...new Set(dataDirs.map((dir) => path.resolve(dir)))].map((dir) => readFile(fileIn(dir), 'utf8').catch(() => '')));
  const notes = texts
    .flatMap((text) => text.split('\n').filter((line) => line !== ''))
    .map((line) => JSON.parse(line) as ErasureNote)
    .filter(({ erased_at }) => Date.parse(erased_at) > Date.parse(createdAt))
    .toSorted((a, b) => Date.parse(a.erased_at) - Date.parse(b.erased_at));
  return notes.map((note) => `erased after this backup, and back with it: ${nameOf(note)} (${note.erased_at}); erase again`);
}

function nameOf({ employee_id, user_id, usuario_id }: ErasureNote): string {
  if (typeof employee_id === 'number') return `employee_id ${employee_id}`;
  return typeof user_id === 'string' ? `user_id ${user_id}` : `usuario_id ${usuario_id ?? '?'}`;
}
