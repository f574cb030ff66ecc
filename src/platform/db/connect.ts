/** The database server that the configuration asks for: the embedded one, or an outside one. */
import { mkdirSync } from 'node:fs';
import pg from 'pg';
import type { Config } from '../config/config.ts';
import { QhError } from '../errors.ts';
import { openEmbedded } from './embedded.ts';
import { withDatabase, withoutPassword } from './url.ts';

export interface DatabaseServer {
  /** Our database, as a user that may create roles and owns it. Never printed. */
  url: string;
  embedded: boolean;
  /** Leaves; an embedded server that nobody else uses stops. */
  close(): Promise<void>;
}

interface EventLog {
  warn(message: string): void;
}

const databaseName = 'quarterhour';
const oldestVersion = 15;

export async function openDatabaseServer(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  purpose: 'server' | 'command',
  log: EventLog,
): Promise<DatabaseServer> {
  if (config.databaseUrl) return await connectOutside(config.databaseUrl, config.dataDir);
  const embedded = await openEmbedded({ dataDir: config.dataDir, purpose, onEvent: (message) => log.warn(message) });
  try {
    await ensureDatabase(embedded.url, databaseName);
  } catch (error) {
    await embedded.close();
    throw error;
  }
  return { url: withDatabase(embedded.url, databaseName), embedded: true, close: () => embedded.close() };
}

/** Makes the database, and in it what only a superuser can make. */
export async function ensureDatabase(superuserUrl: string, name: string): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    const { rows } = await client.query('select from pg_database where datname = $1', [name]);
    // 42P04, 23505: another process made it at the same moment.
    if (rows.length === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`).catch(ignoring('42P04', '23505'));
  });
  await withClient(withDatabase(superuserUrl, name), async (client) => {
    const { rows } = await client.query(`select from pg_extension where extname = 'pg_stat_statements'`);
    if (rows.length > 0) return;
    // A schema of its own: nothing stands in public, and platform holds only what apply makes.
    await client.query(`
      begin;
      select pg_advisory_xact_lock(5390005);
      create schema if not exists extensions;
      create extension if not exists pg_stat_statements schema extensions;
      commit`);
  });
}

async function connectOutside(url: string, dataDir: string): Promise<DatabaseServer> {
  // The secret key, uploads and the inbox are still ours to keep.
  mkdirSync(dataDir, { recursive: true });
  try {
    await withClient(url, async (client) => {
      const { rows } = await client.query<{ version: string; number: number }>(
        `select current_setting('server_version') as version, current_setting('server_version_num')::int as number`,
      );
      const { version = '?', number = 0 } = rows[0] ?? {};
      if (number < oldestVersion * 10_000) {
        throw new QhError('unavailable', `PostgreSQL ${version} at ${withoutPassword(url)} is too old; Quarterhour needs 15 or newer.`, {
          hint: 'Upgrade that server, or unset DATABASE_URL and DB_HOST to use the embedded one.',
        });
      }
    });
  } catch (error) {
    if (error instanceof QhError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new QhError('unavailable', `The database ${withoutPassword(url)} cannot be reached: ${reason || 'no answer'}`, {
      hint: 'Check DATABASE_URL (or DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD), and that the database exists.',
      cause: error,
    });
  }
  return { url, embedded: false, close: async () => {} };
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'quarterhour connect', connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function ignoring(...codes: string[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof pg.DatabaseError && codes.includes(error.code ?? ''))) throw error;
  };
}
