import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { now } from '../clock/clock.ts';
import type { Config } from '../config/config.ts';

/** Who was erased when, by ids alone. It lies beside the database and not in it, so that who restores an older backup can be told what to repeat. */
export interface ErasureNote {
  erased_at: string;
  employee_id?: number | null;
  user_id?: string | null;
  usuario_id?: string;
}

/** A line of the list. Lines of older releases are of erasures that held, and do not say since when. */
interface Line extends ErasureNote {
  is_intended?: true;
  noted_at?: string;
}

/** Milliseconds after which none that was begun can still commit. */
const longestErasure = 3_600_000;

const fileIn = (dataDir: string): string => path.join(dataDir, 'erasures');

/** Called before an erasure commits, inside its transaction: without its note there is none, however the process ends. */
export async function noteIntended(config: Pick<Config, 'dataDir'>, note: ErasureNote): Promise<void> {
  await append(config, { ...idsOf(note), is_intended: true });
}

/** Called once an erasure holds. */
export async function noteErasure(config: Pick<Config, 'dataDir'>, note: ErasureNote): Promise<void> {
  await append(config, { ...idsOf(note), noted_at: now().toISOString() });
}

const idsOf = ({ erased_at, employee_id, user_id, usuario_id }: ErasureNote): ErasureNote => ({ erased_at, employee_id, user_id, usuario_id });

async function append({ dataDir }: Pick<Config, 'dataDir'>, line: Line): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  // The break comes first: what a process that died left of its line spoils no other.
  await appendFile(fileIn(dataDir), `\n${JSON.stringify(line)}`, { mode: 0o600, flush: true });
}

/** A line that was cut off is of no erasure: each is noted whole before it commits. */
function lineOf(text: string): Line[] {
  try {
    return [JSON.parse(text) as Line];
  } catch {
    return [];
  }
}

/** What was erased after a moment, as the lists of these data folders have it: a sentence each, the earliest first. */
export async function erasuresSince(createdAt: string, dataDirs: readonly string[]): Promise<string[]> {
  const texts = await Promise.all([...new Set(dataDirs.map((dir) => path.resolve(dir)))].map((dir) => readFile(fileIn(dir), 'utf8').catch(() => '')));
  const lines = texts.flatMap((text) => text.split('\n').flatMap(lineOf));
  const held = lines.filter(({ is_intended: isIntended }) => isIntended !== true);
  return lines
    .filter((line) => line.is_intended !== true || !held.some((other) => nameOf(other) === nameOf(line) && other.erased_at >= line.erased_at))
    .filter((line) => latestCommit(line) > Date.parse(createdAt))
    .toSorted((a, b) => Date.parse(a.erased_at) - Date.parse(b.erased_at))
    .map(sentenceOf);
}

/** A backup that was made between the erasure and its commit still holds who was erased. */
const latestCommit = ({ erased_at, noted_at, is_intended: isIntended }: Line): number =>
  Date.parse(noted_at ?? erased_at) + (isIntended === true ? longestErasure : 0);

function sentenceOf(line: Line): string {
  const who = `${nameOf(line)} (${line.erased_at})`;
  return line.is_intended === true
    ? `perhaps erased after this backup, and back with it: ${who}; it was ordered, and the process ended before it was noted that it holds: look, and erase again`
    : `erased after this backup, and back with it: ${who}; erase again`;
}

function nameOf({ employee_id, user_id, usuario_id }: ErasureNote): string {
  if (typeof employee_id === 'number') return `employee_id ${employee_id}`;
  return typeof user_id === 'string' ? `user_id ${user_id}` : `usuario_id ${usuario_id ?? '?'}`;
}
