/**
 * The embedded PostgreSQL of one QH_DATA_DIR. Every process that uses it holds a shared advisory lock on a connection of its
 * own; the last one to leave stops the server. Locks of a killed process vanish with its connection, so there is no stale state:
 * a server that it left behind is found by its pid and folder, and used.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { QhError } from '../errors.ts';
import { removeAbandoned } from './abandoned.ts';
import { serverBinaries } from './binaries.ts';
import { type OsUser, serverUser } from './os-user.ts';
import { clusterDir, makeDataDir, reachableBases, secretFile } from './places.ts';
import {
  findRunning,
  freePort,
  initialise,
  type PostmasterOptions,
  type Running,
  StartError,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts';

export interface EmbeddedOptions {
  dataDir: string;
  /** `server`: the one long-running process; a second one on the same folder is refused. `command`: as many as there are. */
  purpose: 'server' | 'command';
  /** Settings over ours, for tests. */
  settings?: Record<string, string>;
  /** Told when the server went away and was started again, or could not be. */
  onEvent?: (message: string) => void;
}

export interface Embedded {
  /** Superuser on the database `postgres`. */
  url: string;
  port: number;
  cluster: string;
  /** Leaves; stops the server when nobody else uses it. */
  close(): Promise<void>;
}

const locks = { usage: 5_390_001, server: 5_390_002 } as const;

const MiB = 2 ** 20;

/** A quarter of the memory that this process may use holds pages; half of it, with the system's own cache, may be expected to. */
function memorySettings(): Record<string, string> {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity) / MiB;
  const sharedBuffers = Math.round(Math.min(Math.max(memory / 4, 128), 8192));
  return { shared_buffers: `${sharedBuffers}MB`, effective_cache_size: `${Math.round(Math.max(memory / 2, sharedBuffers))}MB` };
}

const settings: Record<string, string> = {
  ...memorySettings(),
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.max': '2000',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '100',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  // Monthly partitions of several tables: a query over all history locks hundreds of relations.
  max_locks_per_transaction: '256',
  // Nobody replicates from the embedded server, and backups are COPY files, so the least WAL is enough for crash safety.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '2GB',
  min_wal_size: '256MB',
  checkpoint_timeout: '15min',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
  log_line_prefix: '%m [%p] %u@%d %a ',
};

export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const user = serverUser();
  if (user) await removeAbandoned(reachableBases(options.dataDir, user));
  const embedded = new EmbeddedServer(options, user);
  await embedded.join();
  return embedded;
}

/** Whether a server runs on this data folder now, without starting one. */
export function isRunning(dataDir: string): boolean {
  return existsSync(dataDir) && findRunning(clusterDir(makeDataDir(dataDir), serverUser())) !== null;
}

class EmbeddedServer implements Embedded {
  readonly #options: EmbeddedOptions;
  readonly #dataDir: string;
  readonly #password: string;
  readonly #postmaster: PostmasterOptions;
  #port = 0;
  #holder: pg.Client | null = null;
  #closing = false;

  constructor(options: EmbeddedOptions, user: OsUser | null) {
    this.#options = options;
    this.#dataDir = makeDataDir(options.dataDir);
    this.#password = secretFile(join(this.#dataDir, 'database-password'), () => randomBytes(24).toString('base64url'));
    this.#postmaster = {
      binaries: serverBinaries(user, reachableBases(this.#dataDir, user)),
      cluster: clusterDir(this.#dataDir, user),
      user,
      logFile: join(this.#dataDir, 'log', 'postgresql.log'),
      settings: { ...settings, ...options.settings },
    };
  }

  get url(): string {
    return `postgresql://postgres:${this.#password}@127.0.0.1:${this.#port}/postgres`;
  }

  get port(): number {
    return this.#port;
  }

  get cluster(): string {
    return this.#postmaster.cluster;
  }

  /** Finds or starts the server and takes part in it; tries again while another process is starting or stopping it. */
  async join(): Promise<void> {
    const deadline = performance.now() + 60_000;
    for (;;) {
      try {
        const running = findRunning(this.cluster) ?? (await this.#start());
        if (running.ready && (await this.#hold(running.port))) return;
      } catch (error) {
        if (error instanceof QhError || performance.now() > deadline || !isPassing(error)) throw asQhError(error);
      }
      if (performance.now() > deadline)
        throw new QhError('unavailable', `The database in ${this.cluster} does not come up.`, { hint: `See ${this.#postmaster.logFile}.` });
      await pause(100);
    }
  }

  async close(): Promise<void> {
    this.#closing = true;
    const holder = this.#holder;
    this.#holder = null;
    if (!holder) return;
    try {
      await holder.query('select pg_advisory_unlock_all()');
      const { rows } = await holder.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [locks.usage]);
      // Whoever comes now finds the exclusive lock and waits until the server is gone.
      if (rows[0]?.last) await stopPostmaster(this.cluster);
    } catch {
      // The server is gone already.
    }
    await holder.end().catch(() => {});
  }

  async #start(): Promise<Running> {
    if (!existsSync(this.cluster)) initialise(this.#postmaster, this.#password);
    const portFile = join(this.#dataDir, 'database-port');
    const remembered = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
    const port = remembered || (await freePort());
    try {
      const running = await startPostmaster(this.#postmaster, port);
      if (port !== remembered) writeFileSync(portFile, `${port}\n`);
      return running;
    } catch (error) {
      // Somebody else has taken the port since: choose another the next time round.
      if (error instanceof StartError && error.portTaken) writeFileSync(portFile, '0\n');
      throw error;
    }
  }

  /** Takes the usage lock; false while the last user is stopping the server. */
  async #hold(port: number): Promise<boolean> {
    this.#port = port;
    const client = new pg.Client({
      connectionString: this.url,
      application_name: `quarterhour ${this.#options.purpose} ${process.pid}`,
      keepAlive: true,
    });
    client.on('error', () => {});
    await client.connect();
    try {
      const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock_shared($1) as held', [locks.usage]);
      if (rows[0]?.held) {
        if (this.#options.purpose === 'server') await this.#claimServer(client);
        client.once('end', () => void this.#rejoin(client));
        this.#holder = client;
        return true;
      }
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    await client.end();
    return false;
  }

  /** A killed server's connection may take a moment to vanish, so the lock is asked for during two seconds. */
  async #claimServer(client: pg.Client): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt++) {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [locks.server]);
      if (rows[0]?.mine) return;
      await pause(100);
    }
    const { rows } = await client.query<{ application_name: string }>(
      `select a.application_name from pg_locks l join pg_stat_activity a using (pid)
       where l.locktype = 'advisory' and l.objid = $1::bigint::oid and l.granted limit 1`,
      [locks.server],
    );
    const other = rows[0]?.application_name.split(' ').at(-1) ?? 'unknown';
    throw new QhError('conflict', `Quarterhour already runs on ${this.#dataDir} (process ${other}).`, {
      hint: 'Stop that one first, or give this one another QH_DATA_DIR and QH_PORT.',
    });
  }

  /** The server went away under us (it was killed, or crashed): bring it back on the same port, where the pools look for it. */
  async #rejoin(lost: pg.Client): Promise<void> {
    if (this.#closing || this.#holder !== lost) return;
    this.#holder = null;
    this.#options.onEvent?.('the database went away; starting it again');
    while (!this.#closing) {
      try {
        await this.join();
        this.#options.onEvent?.('the database is back');
        break;
      } catch (error) {
        this.#options.onEvent?.(`the database does not come back: ${error instanceof Error ? error.message : String(error)}`);
        await pause(1000, undefined, { ref: false });
      }
    }
    if (this.#closing) await this.close();
  }
}

/** Errors that waiting cures: a start or stop of another process under way, a port taken, a server still recovering or already leaving. */
function isPassing(error: unknown): boolean {
  if (error instanceof StartError) return error.portTaken || error.passing;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return (
    ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P02', '57P03', '53300'].includes(code) ||
    (error instanceof Error && error.message.startsWith('Connection terminated'))
  );
}

function asQhError(error: unknown): QhError {
  if (error instanceof QhError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new QhError('unavailable', message, { cause: error, hint: 'The log folder in QH_DATA_DIR has more.' });
}
