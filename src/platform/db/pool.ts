/**
 * A pool of connections of one role. Sessions run in UTC with an empty search_path, so every name in a query is qualified, and write
 * moments in ISO 8601, whatever the locale of an outside server makes of them.
 */
import pg from 'pg';
import { frozenNow } from '../clock/clock.ts';
import { typeParsers } from './types.ts';
import { withSettings } from './url.ts';

export type Row = Record<string, unknown>;

/**
 * What statements are run for, so that pg_stat_activity and the server's log name the request: in a comment behind each, or as the
 * session's application_name where the plan is kept.
 */
export interface About {
  /** Letters, digits, `.`, `_`, `:` and `-` only. */
  request_id: string;
  operation: string;
}

/** A statement that was run. */
export interface Statement {
  text: string;
  ms: number;
  about: About | null;
}

export interface QueryOptions {
  /** Prepare this select once per connection: for the few texts that come again and again. */
  keepPlan?: boolean;
}

/** A column that a statement gives. */
export interface Column {
  name: string;
  /** The oid of its type; of a domain, that of what the domain is over. */
  type: number;
}

export interface Db {
  query<T = Row>(text: string, values?: unknown[], options?: QueryOptions): Promise<T[]>;
  /** The columns that a select gives; it is not run. */
  columns(text: string, values?: unknown[]): Promise<Column[]>;
  /** begin, commit; rollback when the work throws. Read committed. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same connections, on behalf of a caller: while a statement of theirs runs, its session carries these settings. */
  as(settings: Record<string, string>, about?: About): Db;
  /** How many connections there are, how many of them rest, and how many callers wait for one. */
  connections(): { total: number; idle: number; waiting: number };
  end(): Promise<void>;
}

export interface Tx {
  query<T = Row>(text: string, values?: unknown[], options?: QueryOptions): Promise<T[]>;
  /** For COPY streams. */
  client: pg.PoolClient;
}

export interface PoolOptions {
  /** From `databaseUrl()`; its own settings stand. */
  url: string;
  applicationName: string;
  max?: number;
  idleSeconds?: number;
  /** How long a caller waits for a connection while all are taken; then it is told that the database is not available. */
  waitSeconds?: number;
  /** A connection is not used for longer. */
  lifetimeSeconds?: number;
  /** Settings that each session opens with, besides UTC and the empty search_path. */
  settings?: Record<string, string>;
  /** Told of a connection that broke while idle; the pool replaces it by itself. */
  onIdleError?: (error: Error) => void;
  /** Called before each commit is sent; what it gives is called once the commit has been answered. */
  aroundCommit?: () => () => void;
  /** Told of each statement that took longer than `slowMs`. */
  onSlow?: (statement: Statement) => void;
  slowMs?: number;
}

export function openPool(options: PoolOptions): Db {
  const {
    url,
    applicationName,
    max = 20,
    idleSeconds = 300,
    waitSeconds = 10,
    lifetimeSeconds = 3600,
    settings = {},
    onIdleError = () => {},
  } = options;
  const pool = new pg.Pool({
    connectionString: withSettings(url, { search_path: '', TimeZone: 'UTC', DateStyle: 'ISO,MDY', ...settings, ...ownSettings }),
    application_name: applicationName,
    max,
    idleTimeoutMillis: idleSeconds * 1000,
    connectionTimeoutMillis: waitSeconds * 1000,
    maxLifetimeSeconds: lifetimeSeconds,
    keepAlive: true,
    types: typeParsers,
  });
  // Without a listener a connection that breaks while idle would end the process.
  pool.on('error', onIdleError);
  // Nor with one: a connection that is terminated while somebody works on it fails their statement, and then says so once more to nobody.
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PooledDb(pool, options);
}

/** Who the session speaks for when nobody in particular calls, as in jobs: it sees every row. */
export const ownSettings: Record<string, string> = {
  statement_timeout: '0',
  'qh.services': 'all',
  'qh.teams': 'all',
  'qh.cities': 'all',
  'qh.pairs': '',
  'qh.personal': '',
  'qh.personal_teams': '',
  'qh.user': '',
  'qh.principal': '',
};

type Hooks = Pick<PoolOptions, 'aroundCommit' | 'onSlow' | 'slowMs'>;

class PooledDb implements Db {
  readonly #pool: pg.Pool;
  readonly #hooks: Hooks;
  readonly #settings: Record<string, string>;
  readonly #about: About | null;
  /** Settings and moment (`qh.now`) that each connection holds; absent while they are those that it opened with. */
  readonly #held: WeakMap<pg.PoolClient, string>;

  constructor(pool: pg.Pool, hooks: Hooks, settings = ownSettings, about: About | null = null, held = new WeakMap<pg.PoolClient, string>()) {
    this.#pool = pool;
    this.#hooks = hooks;
    this.#settings = settings;
    this.#about = about;
    this.#held = held;
  }

  as(settings: Record<string, string>, about?: About): Db {
    return new PooledDb(this.#pool, this.#hooks, { ...ownSettings, ...settings }, about ?? this.#about, this.#held);
  }

  connections(): { total: number; idle: number; waiting: number } {
    return { total: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount };
  }

  async query<T = Row>(text: string, values?: unknown[], options?: QueryOptions): Promise<T[]> {
    const client = await this.#checkout();
    try {
      const rows = await this.#run<T>(client, text, values, options);
      client.release();
      return rows;
    } catch (error) {
      release(client, error);
      throw error;
    }
  }

  async columns(text: string, values: unknown[] = []): Promise<Column[]> {
    const client = await this.#checkout();
    try {
      const { fields } = await client.query({ text: `select * from (${text}) as described limit 0`, values });
      client.release();
      return fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
    } catch (error) {
      release(client, error);
      throw error;
    }
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.#checkout();
    try {
      await client.query('begin isolation level read committed');
      const result = await work({ client, query: <R>(...query: Parameters<Tx['query']>) => this.#run<R>(client, ...query) });
      const answered = this.#hooks.aroundCommit?.() ?? (() => {});
      try {
        await client.query('commit');
      } finally {
        answered();
      }
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

  async #run<T>(client: pg.PoolClient, text: string, values: unknown[] = [], { keepPlan = false }: QueryOptions = {}): Promise<T[]> {
    const started = performance.now();
    try {
      const kept = keepPlan && this.#about !== null ? keptStatement(text, values, this.#about) : null;
      return lastRows<T>(await ask(client, kept ?? { text: this.#about === null ? text : text + commentOf(this.#about), values }));
    } finally {
      const ms = performance.now() - started;
      if (ms >= (this.#hooks.slowMs ?? Infinity)) this.#hooks.onSlow?.({ text, ms, about: this.#about });
    }
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

/**
 * By a callback: the promises that pg makes keep each result alive until the whole heap is collected (with answers of 100 kB one read
 * in ten waited for a collection of the young generation, where now it is one in fifteen).
 */
async function ask(client: pg.PoolClient, query: pg.QueryConfig): Promise<pg.QueryResult> {
  try {
    return await new Promise((resolve, reject) => {
      client.query(query, (error: Error | undefined, result) => (error ? reject(error) : resolve(result)));
    });
  } catch (error) {
    // From here on the stack names who asked, not the socket that answered.
    if (error instanceof Error) Error.captureStackTrace(error);
    throw error;
  }
}

const maxKeptStatements = 100;

/**
 * The statements whose plans are kept, by their texts, as they are sent: whom one is run for is told by a value, since its text may not
 * differ. Each connection pays for each with some 40 kB, so there are never more; the others do without.
 */
const keptStatements = new Map<string, { name: string; text: string }>();

function keptStatement(text: string, values: unknown[], { request_id }: About): pg.QueryConfig | null {
  let kept = keptStatements.get(text);
  if (kept === undefined) {
    if (keptStatements.size >= maxKeptStatements) return null;
    const told = `(select pg_catalog.set_config('application_name', $${values.length + 1}, false)) is not null`;
    kept = { name: `qh_${keptStatements.size + 1}`, text: `select * from (${text}) as answer where ${told}` };
    keptStatements.set(text, kept);
  }
  return { ...kept, values: [...values, `qh ${plain(request_id)}`] };
}

const plain = (text: string) => text.replace(/[^\w.:-]/g, '');

/** A comment that differs with each request costs nothing where nothing is prepared; pg_stat_statements does not see it. */
function commentOf({ request_id, operation }: About): string {
  return ` /*request_id='${plain(request_id)}',operation='${plain(operation)}'*/`;
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
