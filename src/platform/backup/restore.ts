/** Restores a backup into an empty data folder (with an embedded server of its own) or into an empty outside database. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createWriteStream } from 'node:fs';
import pg from 'pg';
import { monotonicMs } from '../clock/clock.ts';
import { applySchema } from '../db/apply.ts';
import { ensureDatabase } from '../db/connect.ts';
import { openEmbedded } from '../db/embedded.ts';
import { secretFile } from '../db/places.ts';
import { ensureRoles, ownerUrl, serverUrl } from '../db/roles.ts';
import { readSources } from '../db/sources.ts';
import { withDatabase } from '../db/url.ts';
import { QhError } from '../errors.ts';
import { secretKeyCheck } from './create.ts';
import { restartJobsSql } from './left_out.ts';
import { loadBackup } from './load.ts';
import { moveAside } from './major.ts';
import { isMarked, markDataDir, markDatabase, unmarkDatabase, unmarkDataDir } from './marker.ts';
import { type Backup, checkFiles, contents, openBackup } from './open.ts';
import type { Tell } from './progress.ts';
import type { Sealer } from './seal.ts';
import { openSession } from './session.ts';

export interface RestoreOptions {
  folder: string;
  sealer: Sealer | null;
  /** The secret key that is preset (QH_SECRET_KEY), or null: then the backup's, else a new one. */
  secretKey: string | null;
  rooms: readonly string[];
  /** The folder with `src` and `db` of the schema to end at; default: this program's. */
  root?: string;
  tell?: Tell;
  /** Settings of the embedded server over ours, for tests. */
  serverSettings?: Record<string, string>;
}

export interface Restored {
  into: string;
  backup: string;
  created_at: string;
  product_version: string;
  tables: number;
  rows: number;
  /** Migrations and table files of this program that the backup's database had not had. */
  migrated: string[];
  repeated: boolean;
  warnings: string[];
  duration_ms: number;
}

const databaseName = 'quarterhour';

export async function restoreIntoDataDir(dataDir: string, options: RestoreOptions): Promise<Restored> {
  const started = monotonicMs();
  const { tell = () => {} } = options;
  const backup = await openChecked(options);
  await mkdir(dataDir, { recursive: true });
  const state = await markDataDir(dataDir, path.resolve(options.folder));
  // Of an upgrade to another major version of PostgreSQL: its rows are in the backup.
  const aside = moveAside(dataDir);
  await restoreKeys(backup, dataDir);
  const { secretKey, warnings } = chooseSecretKey(backup, dataDir, options.secretKey);
  if (aside !== null) warnings.push(`The former cluster is in ${aside}; remove it when all is well.`);
  tell('starting the embedded database');
  const embedded = await openEmbedded({ dataDir, purpose: 'command', settings: options.serverSettings });
  try {
    await dropDatabase(embedded.url);
    await ensureDatabase(embedded.url, databaseName);
    const result = await fill(backup, withDatabase(embedded.url, databaseName), secretKey, options);
    await unmarkDataDir(dataDir);
    return {
      into: dataDir,
      ...result,
      repeated: state === 'repeated',
      warnings: [...warnings, ...result.warnings],
      duration_ms: Math.round(monotonicMs() - started),
    };
  } finally {
    await embedded.close();
  }
}

/** `dataDir`: where the secret key of that installation is, or will be. */
export async function restoreIntoDatabase(url: string, dataDir: string, options: RestoreOptions): Promise<Restored> {
  const started = monotonicMs();
  const backup = await openChecked(options);
  await mkdir(dataDir, { recursive: true });
  const client = await openSession(url, 'restore');
  let repeated = false;
  try {
    repeated = await isMarked(client);
    if (!repeated) await refuseFull(client);
  } finally {
    await client.end();
  }
  await restoreKeys(backup, dataDir);
  const { secretKey, warnings } = chooseSecretKey(backup, dataDir, options.secretKey);
  const result = await fill(backup, url, secretKey, options, repeated);
  return {
    into: url.replace(/\/\/[^@/]*@/, '//'),
    ...result,
    repeated,
    warnings: [...warnings, ...result.warnings],
    duration_ms: Math.round(monotonicMs() - started),
  };
}

async function openChecked({ folder, sealer, rooms, root, tell }: RestoreOptions): Promise<Backup> {
  const backup = await openBackup(folder, sealer);
  const sources = readSources(rooms, root);
  const known = new Set([...sources.tables, ...sources.migrations].map(({ name }) => name));
  const unknown = backup.manifest.migrations.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (unknown.length > 0)
    throw new QhError(
      'conflict',
      `The backup was made by a newer release (${backup.manifest.product_version}): this program does not know ${unknown.join(', ')}.`,
      { hint: `Restore it with release ${backup.manifest.product_version} or a later one.` },
    );
  await checkFiles(backup, tell);
  return backup;
}

async function fill(backup: Backup, url: string, secretKey: string, { rooms, root, tell = () => {} }: RestoreOptions, repeated = false) {
  await ensureRoles(url, secretKey);
  const target = { ownerUrl: ownerUrl(url, secretKey), serverUrl: serverUrl(url, secretKey) };
  const owner = await openSession(target.ownerUrl, 'restore');
  try {
    await markDatabase(owner);
    if (repeated) for (const schema of backup.manifest.schemas) await owner.query(`drop schema if exists ${pg.escapeIdentifier(schema)} cascade`);
    const loaded = await loadBackup(backup, target, tell);
    await restartJobs(target.serverUrl);
    // Functions, views and rights are made anew by this program, and its migrations run where the backup is older.
    await owner.query(`delete from platform.settings where name = 'schema_hash'`);
    tell('bringing the schema up to this program');
    const { report } = await applySchema({ ownerUrl: target.ownerUrl, rooms, root });
    await unmarkDatabase(owner);
    const { created_at, product_version } = backup.manifest;
    const lost = loaded.lostGrants.map((grant) => `not granted, because the role does not exist here: ${grant}`);
    return {
      backup: backup.folder,
      created_at,
      product_version,
      tables: loaded.tables,
      rows: loaded.rows,
      migrated: report?.migrated ?? [],
      warnings: [...lost, ...(report?.warnings ?? [])],
    };
  } finally {
    await owner.end();
  }
}

async function restartJobs(serverUrl: string): Promise<void> {
  const server = await openSession(serverUrl, 'restore');
  try {
    await server.query(restartJobsSql);
  } finally {
    await server.end();
  }
}

async function refuseFull(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^(pg_|information_schema$)'
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') limit 3`,
  );
  if (rows.length > 0)
    throw new QhError('conflict', `The database is not empty (${rows.map(({ name }) => name).join(', ')}); nothing was changed.`, {
      hint: 'Create an empty database and name that one.',
    });
}

async function dropDatabase(superuserUrl: string): Promise<void> {
  const client = await openSession(superuserUrl, 'restore');
  try {
    await client.query(`drop database if exists ${databaseName} with (force)`);
  } finally {
    await client.end();
  }
}

async function restoreKeys(backup: Backup, dataDir: string): Promise<void> {
  for (const { file } of backup.manifest.keys) {
    const name = path.basename(file).replace(/\.enc$/, '');
    await pipeline(contents(backup, file, false), createWriteStream(path.join(dataDir, name), { mode: 0o600 }));
  }
}

/** The preset key, else the one in the folder (from the backup, or copied there), else a new one. */
function chooseSecretKey(backup: Backup, dataDir: string, preset: string | null): { secretKey: string; warnings: string[] } {
  const secretKey = preset ?? secretFile(path.join(dataDir, 'secret-key'), () => randomBytes(32).toString('base64url'));
  const { secret_key_check: check } = backup.manifest;
  const isSame = check === null || secretKeyCheck(secretKey, check.split(':')[0]) === check;
  if (isSame) return { secretKey, warnings: [] };
  return {
    secretKey,
    warnings: [
      'The secret key is not the one of the backup: its API keys are no longer accepted (make new ones: qh keys create) and stored secrets must be entered again. Put the former secret-key into the data folder (or QH_SECRET_KEY) and restore again to keep them.',
    ],
  };
}
