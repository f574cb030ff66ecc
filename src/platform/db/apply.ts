/**
 * Brings a database to the state of the SQL sources, in one transaction under a lock. Tables are made once and migrate;
 * functions and views are replaced in place, and where their shape changed, dropped (with what of ours hangs on them) and made
 * anew. Nothing happens when the sources' hash is the one that the database already has.
 */
import pg from 'pg';
import { QhError } from '../errors.ts';
import { type DbObject, dropWithOurs, hasCode, ourObjects } from './dependents.ts';
import { type ForeignGrant, foreignGrants, grantToOurRoles, restoreForeignGrants } from './grants.ts';
import type { Db } from './pool.ts';
import { protectTables } from './policies.ts';
import { checkBodies, remakeObjects } from './remake.ts';
import { annotated, attempt, run } from './run-file.ts';
import { readSources, type SqlFile, type Sources } from './sources.ts';

export interface ApplyOptions {
  /** A login whose sessions open as qh_owner with an empty search_path. */
  ownerUrl: string;
  /** In the order in which their tables are made. */
  rooms: readonly string[];
  /** The folder with `src` and `db`; default: that of this code. */
  root?: string;
}

export interface Applied {
  /** False when the database was up to date. */
  changed: boolean;
  /** Whether the database (still) has these sources; another version of the program may have applied its own since. */
  isCurrent(db: Db): Promise<boolean>;
  /** What was done, when something was. */
  report?: ApplyReport;
}

export interface ApplyReport {
  /** Table files and migrations that ran now. */
  migrated: string[];
  /** Functions and views that had to be dropped to be made anew, or that no file makes any more. */
  dropped: string[];
  /** Rights of other roles on objects that are gone. */
  lostGrants: ForeignGrant[];
  warnings: string[];
}

const applyLock = 5_390_004;
const hashSql = `select value #>> '{}' as hash from platform.settings where name = 'schema_hash'`;

export async function applySchema({ ownerUrl, rooms, root }: ApplyOptions): Promise<Applied> {
  const sources = readSources(rooms, root);
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'quarterhour apply' });
  await client.connect();
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await applyOnce(client, sources);
      } catch (error) {
        await client.query('rollback').catch(() => {});
        // Sessions that use the old objects while we replace them can get in each other's way.
        if (attempt === 3 || !hasCode(error, '40P01', '55P03')) throw error;
      }
    }
  } finally {
    await client.end();
  }
}

/** The hash of the sources that the database has, or null before the first apply. */
async function schemaHash(client: pg.ClientBase): Promise<string | null> {
  const { rows } = await client.query<{ made: boolean }>(`select to_regclass('platform.settings') is not null as made`);
  if (!rows[0]?.made) return null;
  const { rows: found } = await client.query<{ hash: string }>(hashSql);
  return found[0]?.hash ?? null;
}

async function applyOnce(client: pg.Client, sources: Sources): Promise<Applied> {
  const isCurrent = async (db: Db): Promise<boolean> => (await db.query<{ hash: string }>(hashSql))[0]?.hash === sources.hash;
  if ((await schemaHash(client)) === sources.hash) return { changed: false, isCurrent };
  await client.query(`begin; set local statement_timeout = 0; set local lock_timeout = '30s'; set local check_function_bodies = off`);
  await client.query('select pg_advisory_xact_lock($1)', [applyLock]);
  // Another process may have done it while we waited for the lock.
  if ((await schemaHash(client)) === sources.hash) {
    await client.query('commit');
    return { changed: false, isCurrent };
  }
  const report: ApplyReport = { migrated: [], dropped: [], lostGrants: [], warnings: [] };
  await client.query('alter default privileges revoke execute on functions from public');
  for (const schema of [...sources.schemas, 'api']) await client.query(`create schema if not exists ${pg.escapeIdentifier(schema)}`);
  const grants = await foreignGrants(client);
  const dropped = await makeTables(client, sources, report);
  dropped.push(...(await remakeObjects(client, sources, dropped)));
  await checkBodies(client, sources);
  await protectTables(client, sources);
  await grantToOurRoles(client, sources.schemas);
  report.lostGrants = await restoreForeignGrants(client, grants);
  report.dropped = [...new Set(dropped.map((object) => object.identity))];
  await client.query(
    `insert into platform.settings (name, value, updated_at) values ('schema_hash', to_jsonb($1::text), now())
     on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`,
    [sources.hash],
  );
  await client.query('commit');
  return { changed: true, isCurrent, report };
}

/** New table files, then migrations that this database has not had. Returns the views that a migration needed out of the way. */
async function makeTables(client: pg.Client, sources: Sources, report: ApplyReport): Promise<DbObject[]> {
  const [bookkeeping, ...rest] = sources.tables;
  if (!bookkeeping) throw new QhError('internal', 'there is no src/platform/db/tables.sql');
  const { rows } = await client.query<{ made: boolean }>(`select to_regclass('platform.schema_migrations') is not null as made`);
  if (!rows[0]?.made) await runOnce(client, bookkeeping, report);
  const { rows: records } = await client.query<{ name: string; hash: string }>('select name, hash from platform.schema_migrations');
  const recorded = new Map(records.map(({ name, hash }) => [name, hash]));
  const fresh = rest.filter((file) => !recorded.has(file.name));
  // Column defaults may call platform's functions, so those come before the rooms' tables.
  for (const file of fresh.filter(({ schema }) => schema === 'platform')) await runOnce(client, file, report);
  for (const file of sources.functions.filter(({ schema }) => schema === 'platform')) await attempt(client, file);
  for (const file of fresh.filter(({ schema }) => schema !== 'platform')) await runOnce(client, file, report);
  const pending = sources.migrations.filter((file) => !recorded.has(file.name));
  const dropped: DbObject[] = [];
  for (const file of pending) {
    // A table file already says what the migrations before it said.
    const isNewRoom = !sources.tables.some(({ schema, name }) => schema === file.schema && recorded.has(name));
    if (isNewRoom) await record(client, file);
    else dropped.push(...(await migrate(client, file, report)));
  }
  await noteChangedTables(client, sources, recorded, pending, report);
  return dropped;
}

async function runOnce(client: pg.Client, file: SqlFile, report: ApplyReport): Promise<void> {
  await run(client, file);
  await record(client, file);
  report.migrated.push(file.name);
}

/** A migration that a view stands in the way of runs after all our views are gone; they are made anew afterwards. */
async function migrate(client: pg.Client, file: SqlFile, report: ApplyReport): Promise<DbObject[]> {
  const dropped: DbObject[] = [];
  const error = await attempt(client, file);
  if (error !== null) {
    // 2BP01: something depends on it; 0A000: "cannot alter type of a column used by a view".
    if (!hasCode(error, '2BP01', '0A000')) throw annotated(error, file);
    const { rows } = await client.query<{ oid: number }>(
      `select to_regclass(identity)::oid as oid from platform.schema_objects where case when kind = 'view' then to_regclass(identity) is not null end`,
    );
    const known = await ourObjects(client);
    for (const { oid } of rows) dropped.push(...(await dropWithOurs(client, 'pg_class', oid, (object) => known.has(object.identity))));
    await run(client, file);
  }
  await record(client, file);
  report.migrated.push(file.name);
  return dropped;
}

/** A table file that changed without a migration leaves this database behind; test/schema.test.ts refuses that for releases, in development it is said. */
async function noteChangedTables(
  client: pg.Client,
  sources: Sources,
  recorded: Map<string, string>,
  pending: readonly SqlFile[],
  report: ApplyReport,
): Promise<void> {
  for (const file of sources.tables) {
    const former = recorded.get(file.name);
    if (former === undefined || former === file.hash) continue;
    if (pending.some((migration) => migration.schema === file.schema)) await record(client, file);
    else report.warnings.push(`${file.path} changed since this database was made, and no migration tells how; a fresh database has it.`);
  }
}

async function record(client: pg.Client, file: SqlFile): Promise<void> {
  await client.query(
    `insert into platform.schema_migrations (name, hash, applied_at) values ($1, $2, now())
     on conflict (name) do update set hash = excluded.hash`,
    [file.name, file.hash],
  );
}
