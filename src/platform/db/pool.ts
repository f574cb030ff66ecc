/** A pool of connections of one role. Sessions run in UTC with an empty search_path, so every name in a query is qualified. */
import pg from 'pg';
import { frozenNow } from '../clock/clock.ts';
import { typeParsers } from './types.ts';
import { withSettings } from './url.ts';

export type Row = Record<string, unknown>;

export interface Db {
  query<T = Row>(text: string, values?: unknown[]): Promise<T[]>;
  /** begin, commit; rollback when the work throws. Read committed. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same connections, on behalf of a caller: while a statement of theirs runs, its session carries these settings. */
  as(settings: Record<string, string>): Db;
  end(): Promise<void>;
}

export interface Tx {
  query<T = Row>(text: string, values?: unknown[]): Promise<T[]>;
  /** For COPY streams. */
  client: pg.PoolClient;
}

export interface PoolOptions {
  /** From `databaseUrl()`; its own settings stand. */
  url: string;
  applicationName: string;
  max?: number;
  idleSeconds?: number;
  /** Settings that each session opens with, besides UTC and the empty search_path. */
  settings?: Record<string, string>;
  /** Told of a connection that broke while idle; the pool replaces it by itself. */
  onIdleError?: (error: Error) => void;
}

export function openPool(options: PoolOptions): Db {
  const { url, applicationName, max = 20, idleSeconds = 300, settings = {}, onIdleError = () => {} } = options;
  const pool = new pg.Pool({
    connectionString: withSettings(url, { search_path: '', TimeZone: 'UTC', ...settings, ...ownSettings }),
    application_name: applicationName,
    max,
    idleTimeoutMillis: idleSeconds * 1000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: typeParsers,
  });
  // Without a listener a connection that breaks while idle would end the process.
  pool.on('error', onIdleError);
  return new PooledDb(pool);
}

/** Who the session speaks for when nobody in particular calls, as in jobs: it sees every row. */
const ownSettings: Record<string, string> = { 'qh.services': 'all', 'qh.teams': 'all', 'qh.personal': '', 'qh.user': '' };

class PooledDb implements Db {
  readonly #pool: pg.Pool;
  readonly #settings: Record<string, string>;
  /** Settings and moment (`qh.now`) that each connection holds; absent while they are those that it opened with. */
  readonly #held: WeakMap<pg.PoolClient, string>;

  constructor(pool: pg.Pool, settings = ownSettings, held = new WeakMap<pg.PoolClient, string>()) {
    this.#pool = pool;
    this.#settings = settings;
    this.#held = held;
  }

  as(settings: Record<string, string>): Db {
    return new PooledDb(this.#pool, { ...ownSettings, ...settings }, this.#held);
  }

  async query<T = Row>(text: string, values?: unknown[]): Promise<T[]> {
    const client = await this.#checkout();
    try {
      const result = await client.query(text, values);
      client.release();
      return lastRows<T>(result);
    } catch (error) {
      release(client, error);
      throw error;
    }
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.#checkout();
    try {
      await client.query('begin isolation level read committed');
      const result = await work({ client, query: async <R>(text: string, values?: unknown[]) => lastRows<R>(await client.query(text, values)) });
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      const failed: unknown = await client.query('rollback').then(
        () => null,
        (reason: unknown) => reason,
      );
      client.release(failed !== null);
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }

  async #checkout(): Promise<pg.PoolClient> {
    const client = await this.#pool.connect();
    const wanted = { ...this.#settings, 'qh.now': frozenNow()?.toISOString() ?? '' };
    const state = Object.values(wanted).join('\n');
    // Only a connection that last spoke for somebody else costs a round trip.
    if ((this.#held.get(client) ?? opened) === state) return client;
    try {
      const calls = Object.keys(wanted).map((name, at) => `set_config('${name}', $${at + 1}, false)`);
      await client.query(`select ${calls.join(', ')}`, Object.values(wanted));
    } catch (error) {
      client.release(true);
      throw error;
    }
    this.#held.set(client, state);
    return client;
  }
}

/** The state of a connection that was just opened. */
const opened = Object.values({ ...ownSettings, 'qh.now': '' }).join('\n');

/** An error that the server reported (it has a five-letter SQLSTATE) leaves the connection usable, unless it ends the session. */
function release(client: pg.PoolClient, error: unknown): void {
  const code = error instanceof pg.DatabaseError ? (error.code ?? '') : '';
  client.release(code === '' || code.startsWith('57P') || code.startsWith('08'));
}

/** Several statements in one text give a list of results; the last one's rows are the answer. */
function lastRows<T>(result: pg.QueryResult | pg.QueryResult[]): T[] {
  const last = Array.isArray(result) ? result.at(-1) : result;
  return (last?.rows ?? []) as T[];
}
