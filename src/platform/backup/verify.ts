/** Shows that a backup can be restored: every byte checked, then loaded into a database of its own and compared. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { monotonicMs, now } from '../clock/clock.ts';
import { databaseStatements, ownerUrl, serverUrl } from '../db/roles.ts';
import { withDatabase } from '../db/url.ts';
import { QhError } from '../errors.ts';
import { hashRows } from './copy_out.ts';
import { syncFolder, writeDurably } from './durable.ts';
import { catalogHash } from './fingerprint.ts';
import { loadBackup } from './load.ts';
import { files, type Manifest, type TableCopy } from './manifest.ts';
import { checkFiles, openBackup } from './open.ts';
import { Progress, type Tell } from './progress.ts';
import type { Sealer } from './seal.ts';
import { openSession } from './session.ts';

export interface Verified {
  verified_at: string;
  backup: string;
  created_at: string;
  product_version: string;
  /** Of the server on which it was restored for the check. */
  server_version: string;
  tables: number;
  rows: number;
  bytes: number;
  fingerprints: number;
  duration_ms: number;
}

export interface VerifyOptions {
  folder: string;
  sealer: Sealer | null;
  /** A user that may create databases on the server. */
  url: string;
  secretKey: string;
  tell?: Tell;
}

const scratchPattern = /^qh_verify_(\d{10})_[0-9a-f]{12}$/;

export async function verifyBackup({ folder, sealer, url, secretKey, tell = () => {} }: VerifyOptions): Promise<Verified> {
  const started = monotonicMs();
  const backup = await openBackup(folder, sealer);
  await checkFiles(backup, tell);
  const { manifest } = backup;
  const server_version = await inScratchDatabase(url, async (scratch) => {
    const target = { ownerUrl: ownerUrl(scratch, secretKey), serverUrl: serverUrl(scratch, secretKey) };
    let version = '';
    await loadBackup(backup, target, tell, async (client) => {
      const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
      version = rows[0]?.version ?? '';
      await compareRows(client, manifest, tell);
    });
    const client = await openSession(target.ownerUrl, 'verify');
    try {
      if ((await catalogHash(client, manifest.schemas)) !== manifest.catalog_sha256)
        throw new QhError('conflict', 'The restored tables, functions or views are not those of the database that was backed up.', {
          hint: 'Keep this backup to be looked at, and make another: qh backup create',
        });
    } finally {
      await client.end();
    }
    return version;
  });
  const verified: Verified = {
    verified_at: now().toISOString(),
    backup: path.resolve(folder),
    created_at: manifest.created_at,
    product_version: manifest.product_version,
    server_version,
    tables: manifest.tables.length,
    rows: manifest.rows,
    bytes: manifest.bytes,
    fingerprints: manifest.fingerprints.reduce((sum, { rows }) => sum + rows.length, 0),
    duration_ms: Math.round(monotonicMs() - started),
  };
  await writeDurably(path.join(folder, files.verified), `${JSON.stringify(verified, null, 1)}\n`);
  await syncFolder(folder);
  return verified;
}

/** Written out again, the rows must be the same bytes: one COPY into an empty table keeps their order. */
async function compareRows(client: pg.ClientBase, manifest: Manifest, tell: Tell): Promise<void> {
  const full = manifest.tables.filter(({ rows, owner }) => rows > 0 && owner !== 'qh_server');
  const progress = new Progress(
    'comparing rows',
    full.reduce((sum, { text_bytes }) => sum + text_bytes, 0),
    tell,
  );
  for (const copy of full)
    if ((await hashRows(client, copy.table, copy.columns, progress.add)) !== copy.text_sha256) await compareCounted(client, copy);
}

async function compareCounted(client: pg.ClientBase, { table, rows }: TableCopy): Promise<void> {
  const { rows: counted } = await client.query<{ count: number }>(`select count(*) as count from only ${table}`);
  throw new QhError('conflict', `${table} came back with ${counted[0]?.count ?? 0} of ${rows} rows, or with other values.`, {
    hint: 'Keep this backup to be looked at, and make another: qh backup create',
  });
}

/** A database whose name nobody else can have; dropped whatever happens. */
async function inScratchDatabase<T>(url: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `qh_verify_${Math.floor(now().getTime() / 1000)}_${randomBytes(6).toString('hex')}`;
  const admin = await openSession(url, 'verify');
  try {
    await dropLeftovers(admin);
    try {
      await admin.query(`create database ${name} template template0`);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error;
      throw new QhError('forbidden', 'The database user may not create the scratch database in which a backup is verified.', {
        hint: 'As a superuser: alter role <user> createdb',
        cause: error,
      });
    }
    try {
      for (const statement of databaseStatements(name)) await admin.query(statement);
      return await work(withDatabase(url, name));
    } finally {
      await admin.query(`drop database if exists ${name} with (force)`);
    }
  } finally {
    await admin.end();
  }
}

/** Of a verification that was killed: a day old, and nobody is in there. */
async function dropLeftovers(admin: pg.ClientBase): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select datname as name from pg_database d where datname like 'qh\\_verify\\_%' and pg_get_userbyid(datdba) = current_user
       and not exists (select from pg_stat_activity a where a.datid = d.oid)`,
  );
  for (const { name } of rows) {
    const made = Number(scratchPattern.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
    if (now().getTime() / 1000 - made > 86_400) await admin.query(`drop database if exists ${pg.escapeIdentifier(name)}`);
  }
}
