/** Brings a backup into an empty database: definitions, rows, then indexes, constraints, positions and rights. */
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { QhError } from '../errors.ts';
import { columnList } from './copy_out.ts';
import type { Definition } from './definitions.ts';
import { Meter } from './durable.ts';
import { askFingerprints, differences } from './fingerprint.ts';
import { makeAll, type Sessions } from './make.ts';
import type { TableCopy } from './manifest.ts';
import { type Backup, contents, readDefinitionsOf } from './open.ts';
import { Progress, type Tell } from './progress.ts';
import { openSession } from './session.ts';

export interface Target {
  /** Sessions open as qh_owner. */
  ownerUrl: string;
  /** As qh_server, who owns the tables of the job queue. */
  serverUrl: string;
}

export interface Loaded {
  tables: number;
  rows: number;
  /** Rights of roles that this server does not have. */
  lostGrants: string[];
}

const workers = 2;

/** `inspect` sees the rows after everything is compared and before row security is switched on. */
export async function loadBackup(
  backup: Backup,
  target: Target,
  tell: Tell = () => {},
  inspect: (client: pg.ClientBase) => Promise<void> = async () => {},
): Promise<Loaded> {
  const sessions = await openSessions(target);
  try {
    const { manifest } = backup;
    const present = await presentRoles(sessions.owners[0]);
    const isPossible = ({ grantee }: Definition): boolean => grantee === null || present.has(grantee);
    const all = await readDefinitionsOf(backup);
    const definitions = all.filter(isPossible);
    const phase = (name: Definition['phase']): Definition[] => definitions.filter((definition) => definition.phase === name);
    tell(`making ${manifest.tables.length} tables`);
    // A function gets no rights by itself, as in the database that was copied.
    await sessions.owners[0].query('alter default privileges revoke execute on functions from public');
    const later = await makeAll(sessions, phase('before'), 'defer');
    await loadRows(backup, sessions, tell);
    tell('making indexes and constraints');
    // What waited for a view comes when views are made.
    for (const definition of later) definition.rank = 5;
    await makeAll(sessions, [...phase('after'), ...later], 'all');
    for (const { sequence, last_value, is_called } of manifest.sequences)
      await sessions.owners[0]
        .query('select pg_catalog.setval($1, $2::bigint, $3)', [sequence, last_value, is_called])
        .catch(async () => await sessions.server.query('select pg_catalog.setval($1, $2::bigint, $3)', [sequence, last_value, is_called]));
    tell('gathering planner statistics');
    await analyze(sessions);
    tell('comparing figures');
    const differing = differences(manifest.fingerprints, await askFingerprints(sessions.owners[0], manifest.fingerprints, manifest.schemas));
    if (differing.length > 0)
      throw new QhError('conflict', `What was restored gives other figures than the backup:\n${differing.join('\n')}`, {
        hint: 'Use another backup, and keep this one to be looked at.',
      });
    await inspect(sessions.owners[0]);
    await makeAll(sessions, phase('end'), 'all');
    return {
      tables: manifest.tables.length,
      rows: manifest.rows,
      lostGrants: all.filter((definition) => !isPossible(definition)).map(({ sql }) => sql),
    };
  } finally {
    await sessions.close();
  }
}

async function openSessions({ ownerUrl, serverUrl }: Target): Promise<Sessions> {
  const opened: pg.Client[] = [];
  const settings = { check_function_bodies: 'off', synchronous_commit: 'off', maintenance_work_mem: '256MB', synchronize_seqscans: 'off' };
  const open = async (url: string): Promise<pg.Client> => {
    const client = await openSession(url, 'restore', settings);
    opened.push(client);
    return client;
  };
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((client) => client.end().catch(() => {})));
  };
  try {
    const first = await open(ownerUrl);
    const others: pg.Client[] = [];
    while (others.length < workers - 1) others.push(await open(ownerUrl));
    return { owners: [first, ...others], server: await open(serverUrl), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whoever owns a table loads it; big ones first. */
async function loadRows(backup: Backup, sessions: Sessions, tell: Tell): Promise<void> {
  const full = backup.manifest.tables.filter(({ stored }) => stored !== null).toSorted((a, b) => b.text_bytes - a.text_bytes);
  const progress = new Progress(
    'loading rows',
    full.reduce((sum, { text_bytes }) => sum + text_bytes, 0),
    tell,
  );
  const queues = { server: full.filter(({ owner }) => owner === 'qh_server'), owner: full.filter(({ owner }) => owner !== 'qh_server') };
  const work = async (client: pg.Client, queue: TableCopy[]): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await loadTable(backup, next, client, progress.add);
  };
  const results = await Promise.allSettled([...sessions.owners.map((client) => work(client, queues.owner)), work(sessions.server, queues.server)]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Emptied and filled in one transaction: then rows need no log (wal_level minimal) and are written frozen, which spares a later vacuum. */
async function loadTable(
  backup: Backup,
  { table, columns, stored, rows, text_bytes, text_sha256 }: TableCopy,
  client: pg.Client,
  onBytes: (count: number) => void,
): Promise<void> {
  if (stored === null) return;
  const text = new Meter(onBytes);
  await client.query(`begin; truncate only ${table}`);
  const sink = client.query(copyFrom(`copy ${table} (${columnList(columns)}) from stdin with (freeze)`));
  await pipeline(contents(backup, stored.file, true), text, sink);
  await client.query('commit');
  if (sink.rowCount !== rows || text.bytes !== text_bytes || text.sha256() !== text_sha256)
    throw new QhError('conflict', `${stored.file} gave ${sink.rowCount} rows of ${table}; the manifest says ${rows}, or other contents.`, {
      hint: 'Use another copy of this backup.',
    });
}

/** A partitioned table brings its partitions along. */
async function analyze({ owners, server }: Sessions): Promise<void> {
  const own = `select c.oid::regclass::text as name from pg_class c
    where c.relkind in ('r', 'p', 'm') and not c.relispartition and c.relowner = (select oid from pg_roles where rolname = current_user) order by c.relpages desc`;
  const analyzeAll = async (clients: readonly pg.Client[], queue: { name: string }[]): Promise<void> => {
    const work = async (client: pg.Client): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) await client.query(`analyze ${next.name}`);
    };
    await Promise.all(clients.map(work));
  };
  await analyzeAll(owners, (await owners[0].query<{ name: string }>(own)).rows);
  await analyzeAll([server], (await server.query<{ name: string }>(own)).rows);
}

async function presentRoles(client: pg.ClientBase): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string }>('select quote_ident(rolname) as name from pg_catalog.pg_roles');
  return new Set(rows.map(({ name }) => name));
}
