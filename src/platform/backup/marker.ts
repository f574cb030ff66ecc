/** A restore that was interrupted is known by what it left, is never taken for a database, and can be repeated. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { now } from '../clock/clock.ts';
import { QhError } from '../errors.ts';
import { writeDurably } from './durable.ts';
import { openSession } from './session.ts';
import { restoringSchema } from './snapshot.ts';

const markerFile = (dataDir: string): string => path.join(dataDir, 'restore-under-way.json');

/** Marks a data folder as being restored into; refuses one that holds anything but the remains of such a restore. */
export async function markDataDir(dataDir: string, backup: string): Promise<'new' | 'repeated'> {
  const isRepeated = existsSync(markerFile(dataDir));
  // A key may be laid into the folder beforehand, to go on with.
  const contents = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name !== 'secret-key' && name !== 'admin-key') : [];
  if (!isRepeated && contents.length > 0)
    throw new QhError(
      'conflict',
      `${dataDir} is not empty (${contents.slice(0, 3).join(', ')}${contents.length > 3 ? ', …' : ''}); nothing was changed.`,
      {
        hint: 'A restore needs a data folder that is empty or missing. Name another, or move this one away.',
      },
    );
  await markForRepeat(dataDir, backup);
  return isRepeated ? 'repeated' : 'new';
}

export async function markForRepeat(dataDir: string, backup: string): Promise<void> {
  await writeDurably(markerFile(dataDir), `${JSON.stringify({ backup, started_at: now().toISOString() })}\n`);
}

export async function unmarkDataDir(dataDir: string): Promise<void> {
  await rm(markerFile(dataDir), { force: true });
}

export async function markDatabase(owner: pg.ClientBase): Promise<void> {
  await owner.query(`create schema if not exists ${restoringSchema}`);
}

export async function unmarkDatabase(owner: pg.ClientBase): Promise<void> {
  await owner.query(`drop schema if exists ${restoringSchema}`);
}

export async function isMarked(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ marked: boolean }>('select to_regnamespace($1) is not null as marked', [restoringSchema]);
  return rows[0]?.marked === true;
}

/** Stops whoever would start on a half-restored database. */
export async function refuseHalfRestored(database: { dataDir: string; databaseUrl: string | null }): Promise<void> {
  const { dataDir, databaseUrl } = database;
  const file = markerFile(dataDir);
  if (existsSync(file)) {
    const { backup }: { backup: string } = JSON.parse(readFileSync(file, 'utf8'));
    throw halfRestored(dataDir, `qh backup restore ${backup} --into ${dataDir}`);
  }
  if (databaseUrl === null) return;
  const client = await openSession(databaseUrl, 'connect');
  try {
    if (await isMarked(client)) throw halfRestored('this database', 'qh backup restore FOLDER --into DATABASE_URL');
  } finally {
    await client.end();
  }
}

function halfRestored(what: string, command: string): QhError {
  return new QhError('conflict', `A backup is being restored into ${what}, or that was interrupted.`, {
    hint: `If no restore is running, repeat it: ${command}`,
  });
}
