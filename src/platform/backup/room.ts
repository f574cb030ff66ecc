/** How much room a backup needs, so that none ever fills a disk. */
import { mkdir, statfs } from 'node:fs/promises';
import { QhError } from '../errors.ts';
import { sizeText } from './progress.ts';
import { readState } from './state.ts';

type Query = <T>(text: string) => Promise<T[]>;

/** Three times the last backup; before the first one, half of the database, which COPY text compressed never reached. */
export async function neededBytes(query: Query): Promise<number> {
  const { last } = await readState(query);
  if (last) return 3 * last.bytes;
  const [row] = await query<{ bytes: number }>('select pg_database_size(current_database()) as bytes');
  return (row?.bytes ?? 0) / 2;
}

export async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Makes the folder for backups, and refuses where a further one might fill its disk. */
export async function ensureRoom(query: Query, parent: string): Promise<void> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const [free, needed] = [await freeBytesOf(parent), await neededBytes(query)];
  if (free < needed)
    throw new QhError('unavailable', `${parent} has ${sizeText(free)} free, and ${sizeText(needed)} (three times the last backup) are needed.`);
}
