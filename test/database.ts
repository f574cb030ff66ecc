/** A database of its own for each test file: a clone of the template that test/cluster.ts made. */
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { rooms } from '../src/app/rooms.ts';
import { setNow } from '../src/platform/clock/clock.ts';
import { type Db, openPool, ownSettings, type Tx } from '../src/platform/db/pool.ts';
import { databaseStatements, databaseUrl, ownerUrl, serverUrl, type UrlRole } from '../src/platform/db/roles.ts';
import { withDatabase, withSettings } from '../src/platform/db/url.ts';
import { testSecretKey } from './cluster.ts';

export interface TestDatabase {
  name: string;
  /** As qh_server, the server's own login. */
  db: Db;
  /** As qh_owner. */
  owner: Db;
  /** As qh_api, with an empty search_path. */
  api: Db;
  /** As the product gives them out; `migrate` is what apply logs in with, `superuser` is for tests of the platform itself. */
  url(role: UrlRole | 'server' | 'migrate' | 'superuser'): string;
  /** The work happens in a transaction that is rolled back. */
  inTransaction<T>(work: (tx: Tx) => Promise<T>, role?: 'server' | 'owner' | 'api'): Promise<T>;
  /** Freezes the clock of this process and of its database sessions; null lets it run. */
  setNow(moment: Date | string | null): void;
  /** Ends the pools and drops the database; happens by itself at the end of the file. */
  close(): Promise<void>;
}

let count = 0;

/** `empty`: roles and rights, but no schema; for the tests of apply. */
export async function testDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const { url: superuser, template, failure } = inject('cluster');
  if (failure !== null && !empty) throw new Error(failure);
  const name = template.replace('template', `test_${process.pid}_${++count}`);
  await asSuperuser(superuser, [`create database ${name}${empty ? '' : ` template ${template}`}`, ...databaseStatements(name)]);
  const base = withDatabase(superuser, name);
  const open = (url: string): Db => openPool({ url, applicationName: 'quarterhour test', max: 8, idleSeconds: 5 });
  const pools = {
    server: open(serverUrl(base, testSecretKey)),
    owner: open(ownerUrl(base, testSecretKey)),
    api: open(databaseUrl(base, 'api', testSecretKey, [])),
  };
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    setNow(null);
    await Promise.all(Object.values(pools).map((pool) => pool.end()));
    await asSuperuser(superuser, [`drop database if exists ${name} with (force)`]);
  };
  afterAll(close);
  return {
    name,
    db: pools.server,
    owner: pools.owner,
    api: pools.api,
    url(role) {
      if (role === 'superuser') return base;
      if (role === 'migrate') return ownerUrl(base, testSecretKey);
      if (role === 'server') return withSettings(serverUrl(base, testSecretKey), ownSettings);
      return databaseUrl(
        base,
        role,
        testSecretKey,
        rooms.map((room) => room.name),
      );
    },
    inTransaction: (work, role = 'server') => rolledBack(pools[role], work),
    setNow,
    close,
  };
}

async function rolledBack<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const rollback = new Error('rolled back by the test');
  let result: { value: T } | null = null;
  try {
    await db.transaction(async (tx) => {
      result = { value: await work(tx) };
      throw rollback;
    });
  } catch (error) {
    if (error !== rollback) throw error;
  }
  if (result === null) throw new Error('the work did not end');
  return (result as { value: T }).value;
}

/** Each statement by itself: a database cannot be made or dropped in a transaction. */
async function asSuperuser(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'quarterhour test' });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
