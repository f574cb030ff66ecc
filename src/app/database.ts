import pg from 'pg';
import type { Config } from '../platform/config/config.ts';
import { openEmbedded } from '../platform/db/embedded.ts';
import { withDatabase, withoutPassword } from '../platform/db/url.ts';
import { QhError } from '../platform/errors.ts';
import type { Log } from '../platform/log/log.ts';

export interface DatabaseServer {
  /** A login that may create roles, on the product's database. */
  url: string;
  close(): Promise<void>;
}

const databaseName = 'quarterhour';
const oldestVersion = 150_000;

/** The outside database when one is named, else the embedded server, with the product's database made where it is missing. */
export async function openDatabaseServer(config: Config, purpose: 'server' | 'command', log: Log): Promise<DatabaseServer> {
  if (config.databaseUrl !== null) {
    await checkOutside(config.databaseUrl);
    return { url: config.databaseUrl, close: async () => {} };
  }
  const embedded = await openEmbedded({ dataDir: config.dataDir, purpose, onEvent: (message) => log.warn(message) });
  try {
    await createDatabase(embedded.url);
  } catch (error) {
    await embedded.close();
    throw error;
  }
  return { url: withDatabase(embedded.url, databaseName), close: () => embedded.close() };
}

async function createDatabase(superuserUrl: string): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    const { rows } = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (rows.length > 0) return;
    try {
      // The order of text must not depend on the machine's locale.
      await client.query(`create database ${databaseName} template template0 encoding 'UTF8' locale 'C.UTF-8'`);
    } catch (error) {
      // 42P04: another command made it in this very moment.
      if (!(error instanceof pg.DatabaseError && error.code === '42P04')) throw error;
    }
  });
}

async function checkOutside(url: string): Promise<void> {
  try {
    await withClient(url, async (client) => {
      const { rows } = await client.query<{ version: number; name: string }>(
        `select current_setting('server_version_num')::int as version, current_setting('server_version') as name`,
      );
      const { version = 0, name = '' } = rows[0] ?? {};
      if (version < oldestVersion) throw new QhError('unavailable', `The database is PostgreSQL ${name}; version 15 or newer is needed.`, { hint: 'Upgrade it, or unset DATABASE_URL to use the embedded one.' });
    });
  } catch (error) {
    if (error instanceof QhError) throw error;
    throw new QhError('unavailable', `The database at ${withoutPassword(url)} cannot be reached: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'Check DATABASE_URL (or DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD), or unset it to use the embedded one.',
      cause: error,
    });
  }
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'quarterhour start', connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
