/** Makes a backup: one snapshot of everything, written beside its place and named when it is complete. */
import { randomBytes, scryptSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { now } from '../clock/clock.ts';
import { QhError } from '../errors.ts';
import { copyOut } from './copy_out.ts';
import { type Definition, readDefinitions } from './definitions.ts';
import { store, syncFolder, writeDurably } from './durable.ts';
import { askFingerprints, catalogHash } from './fingerprint.ts';
import { conditionOf } from './left_out.ts';
import { files, type Fingerprint, formatNumber, type Manifest, storedFiles, type StoredFile, type TableCopy } from './manifest.ts';
import { Progress, type Tell } from './progress.ts';
import type { Sealer } from './seal.ts';
import {
  foreignTables,
  openSnapshot,
  ourSchemas,
  sequencePositions,
  type Snapshot,
  type SourceTable,
  sourceTables,
  withoutKeepingLocks,
} from './snapshot.ts';

export interface CreateOptions {
  /** Our database, best as a superuser. */
  url: string;
  /** The backup's folder; it must not exist, or be empty. */
  folder: string;
  productVersion: string;
  madeBy: Manifest['made_by'];
  fingerprints: readonly Fingerprint[];
  /** Null: not encrypted. */
  sealer: Sealer | null;
  /** Files of the data folder to keep beside the rows. */
  keyFiles: readonly string[];
  /** To tell later whether a key is the same; null when it is not known. */
  secretKey: string | null;
  tell?: Tell;
  warn?: (text: string) => void;
  signal?: AbortSignal;
}

const connections = 2;
const draftPattern = /^\..+\.draft-(\d+)-[0-9a-f]+$/;

export async function createBackup(options: CreateOptions): Promise<Manifest> {
  const { folder } = options;
  if (existsSync(folder) && (await readdir(folder)).length > 0)
    throw new QhError('conflict', `${folder} is not empty; a backup never overwrites anything.`, { hint: 'Name a folder that does not exist yet.' });
  const parent = path.dirname(folder);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await removeDrafts(parent);
  const draft = path.join(parent, `.${path.basename(folder)}.draft-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(path.join(draft, files.data), { recursive: true, mode: 0o700 });
  try {
    const manifest = await writeBackup(draft, options);
    await syncFolder(path.join(draft, files.data));
    await syncFolder(draft);
    // Over an empty folder this is allowed, over one with files it fails.
    await rename(draft, folder);
    await syncFolder(parent);
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC')
      throw new QhError('unavailable', `The disk of ${parent} is full; the backup was given up and its files removed.`, { cause: error });
    throw error;
  }
}

async function writeBackup(draft: string, options: CreateOptions): Promise<Manifest> {
  const { sealer, tell = () => {}, warn = () => {} } = options;
  const { snapshot, result } = await openSnapshot(options.url, connections, (leader) => readShape(leader, warn));
  try {
    const { schemas, tables, definitions, ...shape } = result;
    const stored = await store(Readable.from([definitionsText(definitions)]), { folder: draft, name: files.definitions, sealer, compressed: true });
    const copies = await copyTables(snapshot, tables, draft, { ...options, tell });
    const fingerprints = await withoutKeepingLocks(snapshot.leader, () => askFingerprints(snapshot.leader, options.fingerprints, schemas));
    const keys = await copyKeys(draft, options.keyFiles, sealer);
    const manifest: Manifest = {
      format: formatNumber,
      product: 'quarterhour',
      product_version: options.productVersion,
      created_at: now().toISOString(),
      made_by: options.madeBy,
      ...shape,
      snapshot_id: snapshot.id,
      compression: 'zstd',
      encrypted: sealer !== null,
      schemas,
      rows: copies.reduce((sum, { rows }) => sum + rows, 0),
      bytes: 0,
      definitions: stored,
      tables: copies.toSorted((a, b) => (a.table < b.table ? -1 : 1)),
      sequences: await sequencePositions(snapshot.leader, schemas),
      fingerprints,
      keys,
      secret_key_check: options.secretKey === null ? null : secretKeyCheck(options.secretKey),
    };
    manifest.bytes = storedFiles(manifest).reduce((sum, { bytes }) => sum + bytes, 0);
    await writeManifest(draft, manifest, sealer);
    return manifest;
  } finally {
    await snapshot.close();
  }
}

async function readShape(leader: Snapshot['leader'], warn: (text: string) => void) {
  const schemas = await ourSchemas(leader);
  if (!schemas.includes('platform'))
    throw new QhError('conflict', 'There is nothing to back up: the database has no schema of Quarterhour.', {
      hint: 'Start the server or run `qh migrate` first.',
    });
  const foreign = await foreignTables(leader, schemas);
  if (foreign.length > 0) warn(`not in the backup, because Quarterhour did not make them: ${foreign.join(', ')}`);
  const tables = await sourceTables(leader, schemas);
  // Kept to the end: nobody may drop, truncate or rewrite what is still to be copied. Default partitions are copied first instead.
  const kept = tables.filter(({ isDefault }) => !isDefault).map(({ table }) => table);
  if (kept.length > 0) await leader.query(`lock table only ${kept.join(', only ')} in access share mode`);
  return await withoutKeepingLocks(leader, async () => {
    const definitions = await readDefinitions(leader, schemas);
    const { rows } = await leader.query<Pick<Manifest, 'server_version' | 'server_version_num' | 'database_bytes' | 'schema_hash'>>(
      `select current_setting('server_version') as server_version, current_setting('server_version_num')::int as server_version_num,
         pg_database_size(current_database()) as database_bytes, (select value #>> '{}' from platform.settings where name = 'schema_hash') as schema_hash`,
    );
    const { rows: migrations } = await leader.query<Manifest['migrations'][number]>(
      `select name, hash, to_char(applied_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as applied_at from platform.schema_migrations order by name`,
    );
    const [server] = rows;
    if (!server) throw new QhError('internal', 'The server does not tell its version.');
    return { schemas, tables, definitions, ...server, migrations, catalog_sha256: await catalogHash(leader, schemas) };
  });
}

const definitionsText = (definitions: readonly Definition[]): string => `${JSON.stringify({ definitions }, null, 1)}\n`;

/** Default partitions first and alone, then everything else with all connections, biggest first. */
async function copyTables(
  snapshot: Snapshot,
  tables: readonly SourceTable[],
  draft: string,
  options: CreateOptions & { tell: Tell },
): Promise<TableCopy[]> {
  const { sealer, signal, tell } = options;
  const progress = new Progress(
    'copying out',
    tables.reduce((sum, { bytes }) => sum + bytes, 0),
    tell,
  );
  const copies: TableCopy[] = [];
  const copyOne = async (client: Snapshot['leader'], table: SourceTable, number: number): Promise<void> => {
    signal?.throwIfAborted();
    const name = `${files.data}/${String(number).padStart(4, '0')}-${table.table.replaceAll(/[^A-Za-z0-9_.-]/g, '_')}.copy.zst`;
    copies.push(await copyOut(client, table, { folder: draft, name, sealer, condition: conditionOf(table), onBytes: progress.add, signal }));
  };
  const numbered = tables.map((table, index) => ({ table, number: index + 1 }));
  for (const { table, number } of numbered.filter((entry) => entry.table.isDefault))
    await withoutKeepingLocks(snapshot.leader, () => copyOne(snapshot.leader, table, number));
  const queue = numbered.filter((entry) => !entry.table.isDefault);
  const work = async (client: Snapshot['leader']): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await copyOne(client, next.table, next.number);
  };
  const results = await Promise.allSettled(
    snapshot.clients.map((client) =>
      work(client).catch((error: unknown) => {
        queue.length = 0; // the others stop after their table
        throw error;
      }),
    ),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return copies;
}

async function copyKeys(draft: string, keyFiles: readonly string[], sealer: Sealer | null): Promise<StoredFile[]> {
  if (keyFiles.length === 0) return [];
  await mkdir(path.join(draft, files.keys), { mode: 0o700 });
  const stored: StoredFile[] = [];
  for (const file of keyFiles)
    stored.push(
      await store(Readable.from([await readFile(file)]), { folder: draft, name: `${files.keys}/${path.basename(file)}`, sealer, compressed: false }),
    );
  await syncFolder(path.join(draft, files.keys));
  return stored;
}

async function writeManifest(draft: string, manifest: Manifest, sealer: Sealer | null): Promise<void> {
  const stored = await store(Readable.from([Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)]), {
    folder: draft,
    name: files.manifest,
    sealer,
    compressed: false,
  });
  await writeDurably(path.join(draft, files.manifestHash), `${stored.sha256}  ${stored.file}\n`);
}

/** One way, salted and slow: the manifest gives nothing away about a key that somebody thought up. */
export function secretKeyCheck(secretKey: string, salt = randomBytes(16).toString('hex')): string {
  return `${salt}:${scryptSync(secretKey, salt, 16).toString('hex')}`;
}

/** What a killed backup left behind: its process is gone, and nothing was written to it for an hour. */
async function removeDrafts(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = Number(draftPattern.exec(name)?.[1] ?? 0);
    if (pid === 0 || isAlive(pid)) continue;
    const file = path.join(parent, name);
    const { mtimeMs } = await stat(file);
    if (now().getTime() - mtimeMs > 3_600_000) await rm(file, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
