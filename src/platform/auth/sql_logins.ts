/** SQL logins for people and BI tools: roles of the database server that read the views of `api`, each narrowed and limited. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Tx } from '../db/pool.ts';
import { scramVerifier } from '../db/roles.ts';
import { QhError } from '../errors.ts';

export interface LoginScope {
  service_ids?: number[] | null;
  team_ids?: number[] | null;
  cities?: string[] | null;
}

export interface LoginLimits {
  statement_timeout_seconds?: number;
  connection_limit?: number;
  work_mem_mb?: number;
}

const defaults: Required<LoginLimits> = { statement_timeout_seconds: 30, connection_limit: 5, work_mem_mb: 16 };

const listSql = `
  select l.login, l.service_ids, l.team_ids, l.cities, l.created_by, l.created_at, r.rolname is not null as exists,
    nullif(r.rolconnlimit, -1) as connection_limit,
    (extract(epoch from (c.settings ->> 'statement_timeout')::interval))::int as statement_timeout_seconds,
    (pg_size_bytes(c.settings ->> 'work_mem') / 1048576)::int as work_mem_mb
  from platform.sql_logins l
  left join pg_roles r on r.rolname = l.login
  cross join lateral (
    select coalesce(jsonb_object_agg(split_part(s.setting, '=', 1), substr(s.setting, strpos(s.setting, '=') + 1)), '{}') as settings
    from unnest(r.rolconfig) as s (setting)
  ) c`;

export class SqlLogins {
  readonly #url: string | null;

  /** `url`: of a user that may create roles; null where there is none. */
  constructor(url: string | null) {
    this.#url = url;
  }

  list<T>(tx: Pick<Tx, 'query'>): Promise<T[]> {
    return tx.query<T>(`${listSql} order by l.login`);
  }

  async find<T>(tx: Pick<Tx, 'query'>, login: string): Promise<T> {
    const [row] = await tx.query<T>(`${listSql} where l.login = $1`, [login]);
    if (row === undefined) throw new QhError('not_found', `There is no SQL login ${login}.`, { hint: 'admin.sql_logins lists them.' });
    return row;
  }

  /** The role is made last: one without its row sees nothing, and a row without its role is nobody's. */
  async create(tx: Tx, login: string, scope: LoginScope, limits: LoginLimits, createdBy: string): Promise<string> {
    const [taken] = await tx.query('select from pg_roles r where r.rolname = $1', [login]);
    if (taken !== undefined) throw new QhError('conflict', `The database server has a role ${login} already.`, { hint: 'Choose another name.' });
    await tx.query(
      `insert into platform.sql_logins (login, service_ids, team_ids, cities, created_by, created_at) values ($1, $2, $3, $4, $5, platform.now())
       on conflict (login) do update set service_ids = excluded.service_ids, team_ids = excluded.team_ids, cities = excluded.cities,
         created_by = excluded.created_by, created_at = excluded.created_at`,
      [login, scope.service_ids ?? null, scope.team_ids ?? null, scope.cities ?? null, createdBy],
    );
    const password = randomBytes(24).toString('base64url');
    const name = pg.escapeIdentifier(login);
    await this.#run([
      `create role ${name} login inherit in role qh_read password '${scramVerifier(password, login)}'`,
      // What keeps an honest query from taking the machine; a session may change these for itself, but not the number of connections.
      `alter role ${name} set search_path = api`,
      `alter role ${name} set lock_timeout = '2s'`,
      `alter role ${name} set idle_in_transaction_session_timeout = '60s'`,
      `alter role ${name} set default_transaction_read_only = on`,
      ...limitStatements(name, { ...defaults, ...limits }),
    ]);
    return password;
  }

  async update(tx: Tx, login: string, scope: LoginScope, limits: LoginLimits): Promise<void> {
    const found = await this.find<{ created_by: string | null } & Required<LoginScope>>(tx, login);
    const statements = limitStatements(pg.escapeIdentifier(login), limits);
    if (statements.length > 0) requireOurs(login, found.created_by);
    await tx.query('update platform.sql_logins l set service_ids = $2, team_ids = $3, cities = $4 where l.login = $1', [
      login,
      scope.service_ids === undefined ? found.service_ids : scope.service_ids,
      scope.team_ids === undefined ? found.team_ids : scope.team_ids,
      scope.cities === undefined ? found.cities : scope.cities,
    ]);
    if (statements.length > 0) await this.#run(statements);
  }

  async drop(tx: Tx, login: string): Promise<void> {
    const { created_by: createdBy } = await this.find<{ created_by: string | null }>(tx, login);
    requireOurs(login, createdBy);
    await tx.query('delete from platform.sql_logins l where l.login = $1', [login]);
    await this.#run([
      `select pg_terminate_backend(a.pid) from pg_stat_activity a where a.usename = ${pg.escapeLiteral(login)}`,
      `drop role if exists ${pg.escapeIdentifier(login)}`,
    ]);
  }

  async #run(statements: readonly string[]): Promise<void> {
    if (this.#url === null) throw refused(null);
    const client = new pg.Client({ connectionString: this.#url, application_name: 'quarterhour logins' });
    await client.connect();
    try {
      await client.query(`begin; ${statements.join('; ')}; commit`);
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === '42501') throw refused(error);
      throw error;
    } finally {
      await client.end();
    }
  }
}

function limitStatements(name: string, limits: LoginLimits): string[] {
  const { statement_timeout_seconds: timeout, connection_limit: connections, work_mem_mb: memory } = limits;
  return [
    ...(timeout === undefined ? [] : [`alter role ${name} set statement_timeout = '${timeout}s'`]),
    ...(memory === undefined ? [] : [`alter role ${name} set work_mem = '${memory}MB'`]),
    ...(connections === undefined ? [] : [`alter role ${name} connection limit ${connections}`]),
  ];
}

function requireOurs(login: string, createdBy: string | null): void {
  if (createdBy !== null) return;
  throw new QhError('conflict', `${login} was not made with admin.create_sql_login; only what it may see can be changed here.`, {
    hint: 'Ask the administrator of the database.',
  });
}

const refused = (cause: unknown): QhError =>
  new QhError('forbidden', 'The database user of Quarterhour may not make or change roles.', {
    hint: 'Let a superuser run: create role NAME login in role qh_read password …; then, as owner: insert into platform.sql_logins (login, service_ids) values (…).',
    cause,
  });
