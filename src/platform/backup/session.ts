/** Connections of backup and restore: no time limits, every text form fixed, so that the same rows are the same bytes everywhere. */
import pg from 'pg';
import { QhError } from '../errors.ts';
import { ownerRole } from '../db/roles.ts';
import { typeParsers } from '../db/types.ts';
import { withSettings } from '../db/url.ts';

const fixed = {
  search_path: '',
  TimeZone: 'UTC',
  DateStyle: 'ISO,YMD',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  xmlbinary: 'base64',
  client_encoding: 'UTF8',
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  lock_timeout: '60s',
  jit: 'off',
};

export async function openSession(url: string, name: string, settings: Record<string, string> = {}): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: withSettings(url, { ...fixed, ...settings }),
    application_name: `quarterhour ${name}`,
    keepAlive: true,
    types: typeParsers,
  });
  // An error while nothing is asked would end the process; the next query reports it.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/**
 * A session that reads whole tables. Row security never hides rows silently: a role that it does not bind reads, or the server
 * refuses the table by name. A scan begins at the start of a table, so that the order of rows can be compared.
 */
export async function openReader(url: string): Promise<pg.Client> {
  const client = await openSession(url, 'backup', { row_security: 'off', synchronize_seqscans: 'off', enable_seqscan: 'on' });
  try {
    const { rows } = await client.query<{ free: boolean }>(
      'select rolsuper or rolbypassrls as free from pg_catalog.pg_roles where rolname = current_user',
    );
    if (rows[0]?.free !== true) await client.query(`set role ${ownerRole}`);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** The refusal of a table whose rows the session may not see all of, with what to do. */
export function explainRowSecurity(error: unknown, table: string): unknown {
  if (!(error instanceof pg.DatabaseError) || error.code !== '42501') return error;
  return new QhError('forbidden', `The backup may not read all rows of ${table}: ${error.message}.`, {
    hint: `Let the database user pass row security, as a superuser: alter role ${ownerRole} bypassrls`,
    cause: error,
  });
}
