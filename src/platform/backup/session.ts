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
 * A session that reads whole tables. Row security never hides rows silently: a superuser is not bound by it; anybody else reads as
 * the owner, whose sessions our own policies let see everything, and a policy of somebody else is refused with the name of its
 * table. A scan begins at the start of a table, so that the order of rows can be compared.
 */
export async function openReader(url: string): Promise<pg.Client> {
  const client = await openSession(url, 'backup', { row_security: 'off', synchronize_seqscans: 'off', enable_seqscan: 'on' });
  try {
    const { rows } = await client.query<{ free: boolean }>(
      'select rolsuper or rolbypassrls as free from pg_catalog.pg_roles where rolname = current_user',
    );
    if (rows[0]?.free !== true) await readAsOwner(client);
    // Views are read with the rights of the owner, whom the policies bind; they let this session see everything.
    await client.query('set row_security = on');
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function readAsOwner(client: pg.Client): Promise<void> {
  await client.query(`set role ${ownerRole}`);
  const { rows: foreign } = await client.query<{ table: string }>(
    `select c.oid::regclass::text as table
     from pg_class c
     where c.relrowsecurity and c.relowner = (select oid from pg_roles where rolname = current_user)
       and (not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'scope')
         or exists (select from pg_policy p where p.polrelid = c.oid and p.polname not in ('scope', 'scope_to_read')))
     order by 1 limit 1`,
  );
  if (foreign[0] !== undefined) throw hiddenRows(foreign[0].table);
  const { rows } = await client.query<{ whole: boolean }>('select platform.sees_all_services() and platform.sees_all_people() as whole');
  if (rows[0]?.whole !== true) throw hiddenRows('services and people');
}

/** The refusal of a table whose rows the session may not see all of, with what to do. */
export function explainRowSecurity(error: unknown, table: string): unknown {
  if (!(error instanceof pg.DatabaseError) || error.code !== '42501') return error;
  return hiddenRows(table, error);
}

// Not the owner: it would no longer be bound by the policies that functions of `api` rely on.
const hiddenRows = (table: string, cause?: unknown): QhError =>
  new QhError('forbidden', `The backup may not read all rows of ${table}: a row policy hides some.`, {
    hint: "Drop the policies that are not Quarterhour's, or give QH_DATABASE_URL a user with bypassrls.",
    cause,
  });
