/** One moment of the database, seen by several connections at once, and what there is to copy in it. */
import type pg from 'pg';
import { ownerRole } from '../db/roles.ts';
import type { SequencePosition } from './manifest.ts';
import { openReader } from './session.ts';

/** The lock that apply takes: while the definitions are read, nobody replaces them. */
const applyLock = 5_390_004;

export interface SourceTable {
  table: string;
  owner: string;
  columns: string[];
  bytes: number;
  /** A default partition: a lock on it would keep others from attaching partitions. */
  isDefault: boolean;
  /** The partitioned table above, or the table itself. */
  root: string;
}

export interface Snapshot {
  id: string;
  leader: pg.Client;
  /** Of several connections in the same snapshot; the leader is the first. */
  clients: readonly pg.Client[];
  close(): Promise<void>;
}

const begin = 'begin isolation level repeatable read read only';

/** `work` runs while nobody applies a schema, between opening the snapshot and handing it out. */
export async function openSnapshot<T>(
  url: string,
  connections: number,
  work: (leader: pg.Client) => Promise<T>,
): Promise<{ snapshot: Snapshot; result: T }> {
  const clients: pg.Client[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
  };
  try {
    const leader = await openReader(url);
    clients.push(leader);
    await leader.query('select pg_advisory_lock_shared($1::bigint)', [applyLock]);
    await leader.query(begin);
    const { rows } = await leader.query<{ id: string }>('select pg_export_snapshot() as id');
    const id = rows[0]?.id ?? '';
    const result = await work(leader);
    await leader.query('select pg_advisory_unlock_shared($1::bigint)', [applyLock]);
    for (let number = 1; number < connections; number++) {
      const client = await openReader(url);
      clients.push(client);
      await client.query(`${begin}; set transaction snapshot '${id.replaceAll("'", "''")}'`);
    }
    return { snapshot: { id, leader, clients, close }, result };
  } catch (error) {
    await close();
    throw error;
  }
}

/** All schemas of the product, whatever release made them; `jobs` holds the tables of pg-boss. */
export async function ourSchemas(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select nspname as name from pg_catalog.pg_namespace where pg_get_userbyid(nspowner) = $1 and nspname <> $2 order by 1`,
    [ownerRole, restoringSchema],
  );
  return rows.map(({ name }) => name);
}

/** Stands in a database while it is being restored. */
export const restoringSchema = 'qh_restoring';

/** Biggest first, so that several connections end at about the same time. */
export async function sourceTables(client: pg.ClientBase, schemas: readonly string[]): Promise<SourceTable[]> {
  const { rows } = await client.query<SourceTable>(
    `select c.oid::regclass::text as table, pg_get_userbyid(c.relowner)::text as owner, pg_table_size(c.oid) as bytes,
       coalesce(pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT', false) as "isDefault",
       coalesce(pg_partition_root(c.oid), c.oid)::regclass::text as root,
       coalesce((select array_agg(a.attname::text order by a.attnum) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''), '{}') as columns
     from pg_class c
     where c.relnamespace = any ($1::text[]::regnamespace[]) and c.relkind = 'r'
     order by c.relpages desc, 1`,
    [schemas],
  );
  return rows;
}

/** Tables that nobody of ours made, in schemas that are not copied. */
export async function foreignTables(client: pg.ClientBase, schemas: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'm') and not c.relispartition and n.nspname <> all ($1::text[]) and n.nspname !~ '^(pg_|information_schema$)' and n.nspname <> $2
       and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     order by 1`,
    [schemas, restoringSchema],
  );
  return rows.map(({ name }) => name);
}

/** Positions are not part of a snapshot; read after the rows they are never behind them. */
export async function sequencePositions(client: pg.ClientBase, schemas: readonly string[]): Promise<SequencePosition[]> {
  const { rows } = await client.query<{ sequence: string }>(
    `select c.oid::regclass::text as sequence from pg_class c where c.relnamespace = any ($1::text[]::regnamespace[]) and c.relkind = 'S' order by 1`,
    [schemas],
  );
  const positions: SequencePosition[] = [];
  for (const { sequence } of rows) {
    const { rows: found } = await client.query<{ last_value: string; is_called: boolean }>(`select last_value::text, is_called from ${sequence}`);
    if (found[0]) positions.push({ sequence, ...found[0] });
  }
  return positions;
}

/** Runs `work` and gives back the locks that it took, so that nobody waits for a table that the backup has read. */
export async function withoutKeepingLocks<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('savepoint locks');
  try {
    return await work();
  } finally {
    await client.query('rollback to savepoint locks; release savepoint locks').catch(() => {});
  }
}
