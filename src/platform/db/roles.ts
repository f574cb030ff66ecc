/**
 * The five roles. `qh_owner` owns everything and cannot log in; `qh_admin` logs in and sets that role; `qh_server` is the
 * server's own login; `qh_api` and `qh_read` are for people and programs that speak SQL. Passwords are derived from the
 * secret key, so nothing but that key is stored.
 */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import pg from 'pg';
import { QhError } from '../errors.ts';
import { type Login, withLogin, withSettings } from './url.ts';

const loginRoles = ['qh_admin', 'qh_server', 'qh_api', 'qh_read'] as const;
export type LoginRole = (typeof loginRoles)[number];
/** What `qh database url --role` offers. */
export type UrlRole = 'api' | 'read' | 'owner';

export const ownerRole = 'qh_owner';

export function login(role: LoginRole, secretKey: string): Login {
  return { user: role, password: createHmac('sha256', secretKey).update(`database role ${role}`).digest('base64url') };
}

/** A libpq URL whose sessions open with the right search_path and role. `base` names server and database. */
export function databaseUrl(base: string, role: UrlRole, secretKey: string, rooms: readonly string[]): string {
  if (role === 'owner') return ownerUrl(base, secretKey, [...rooms, 'api'].join(','));
  return withSettings(withLogin(base, login(role === 'api' ? 'qh_api' : 'qh_read', secretKey)), { search_path: 'api' });
}

export function ownerUrl(base: string, secretKey: string, searchPath = ''): string {
  return withSettings(withLogin(base, login('qh_admin', secretKey)), { search_path: searchPath, role: ownerRole });
}

export function serverUrl(base: string, secretKey: string): string {
  return withLogin(base, login('qh_server', secretKey));
}

// Our statements take milliseconds; compiling one of them, where a server can, takes hundreds.
const notCompiled = { jit: 'off' };
const readTimeouts = { ...notCompiled, statement_timeout: '30s', lock_timeout: '2s', idle_in_transaction_session_timeout: '10s', search_path: 'api' };
const roleSettings: Partial<Record<LoginRole, Record<string, string>>> = { qh_server: notCompiled, qh_api: readTimeouts, qh_read: readTimeouts };

/** The statements that make the roles and give them the database; also what an administrator is asked to run when our user may not. */
export function roleStatements(secretKey: string, database: string, admin: string): string[] {
  const passwords = loginRoles.map((role) => `alter role ${role} login noinherit password '${scramVerifier(login(role, secretKey).password, role)}'`);
  const settings = Object.entries(roleSettings).flatMap(([role, values]) =>
    Object.entries(values).map(([name, value]) => `alter role ${role} set ${name} = '${value}'`),
  );
  return [
    ...[ownerRole, ...loginRoles].map(createRole),
    ...passwords,
    ...settings,
    `grant ${ownerRole} to qh_admin`,
    `grant ${ownerRole} to ${pg.escapeIdentifier(admin)}`,
    ...databaseStatements(database),
    readStatistics,
    readExtensions,
  ];
}

/** Health looks at every session of its database. Where we may not give that right, the checks that need it say so. */
const readStatistics = `do $$ begin grant pg_read_all_stats to ${ownerRole}; exception when insufficient_privilege then null; end $$`;

/** Where pg_stat_statements stands; without it, what needs it says so. */
const readExtensions = `do $$ begin grant usage on schema extensions to ${ownerRole}; exception when invalid_schema_name or insufficient_privilege then null; end $$`;

/** Rights on the database itself; a copy made from a template does not inherit them. */
export function databaseStatements(database: string): string[] {
  const name = pg.escapeIdentifier(database);
  return [
    `revoke all on database ${name} from public`,
    `grant connect on database ${name} to ${[ownerRole, ...loginRoles].join(', ')}`,
    `grant create, temporary on database ${name} to ${ownerRole}`,
    `grant temporary on database ${name} to qh_server`,
  ];
}

function createRole(role: string): string {
  return `do $$ begin if not exists (select from pg_catalog.pg_roles where rolname = '${role}') then create role ${role} nologin; end if; end $$`;
}

/** Makes roles and rights where they are missing. `url`: a superuser, or a user that may create roles and owns the database. */
export async function ensureRoles(url: string, secretKey: string): Promise<void> {
  if (await rolesAreReady(url, secretKey)) return;
  const client = new pg.Client({ connectionString: url, application_name: 'quarterhour roles' });
  await client.connect();
  let statements: string[] = [];
  try {
    const { rows } = await client.query<{ database: string; admin: string }>('select current_database() as database, current_user as admin');
    const { database = '', admin = '' } = rows[0] ?? {};
    statements = roleStatements(secretKey, database, admin);
    await client.query(`begin; select pg_advisory_xact_lock(5390003); ${statements.join('; ')}; revoke create on schema public from public; commit`);
  } catch (error) {
    const code = error instanceof pg.DatabaseError ? error.code : undefined;
    if (code !== '42501') throw error;
    throw new QhError('forbidden', 'The database user may not create the roles that Quarterhour needs.', {
      hint: `Run this once as a superuser in that database, then start again:\n\n${statements.map((line) => `${line};`).join('\n')}\n`,
      cause: error,
    });
  } finally {
    await client.end();
  }
}

/** Logging in shows that a role exists with our password and may connect; that the owner's rights are there shows the rest. */
async function rolesAreReady(url: string, secretKey: string): Promise<boolean> {
  try {
    for (const role of loginRoles) {
      const client = new pg.Client({ connectionString: withLogin(url, login(role, secretKey)), application_name: 'quarterhour roles' });
      try {
        await client.connect();
        const { rows } = await client.query<{ ready: boolean }>(
          `select has_database_privilege('${ownerRole}', current_database(), 'create')
             and has_database_privilege('qh_server', current_database(), 'temporary')
             and not has_schema_privilege('qh_read', 'public', 'create') as ready`,
        );
        if (!rows[0]?.ready) return false;
      } finally {
        await client.end();
      }
    }
    return true;
  } catch (error) {
    // 28P01/28000: no such role or another password. 42501: no CONNECT. Also 42704, when qh_owner does not exist.
    if (error instanceof pg.DatabaseError && ['28P01', '28000', '42501', '42704', '3F000'].includes(error.code ?? '')) return false;
    throw error;
  }
}

/** What PostgreSQL stores of a password (RFC 5803), so that the password itself appears in no statement or log. */
export function scramVerifier(password: string, role: string): string {
  const iterations = 4096;
  const salt = createHmac('sha256', password).update(`salt ${role}`).digest().subarray(0, 16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
  const clientKey = hmac(salted, 'Client Key');
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${hmac(salted, 'Server Key').toString('base64')}`;
}
