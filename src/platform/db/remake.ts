/** The functions, views and materialized views of the sources, made anew in an order that satisfies what they need of each other. */
import type pg from 'pg';
import { QhError } from '../errors.ts';
import { type DbObject, dropWithOurs, hasCode, ourObjects } from './dependents.ts';
import { annotated, attempt } from './run-file.ts';
import type { SqlFile, Sources } from './sources.ts';

/** Undefined schema, table, column, function, type: what another file may still bring. 42725: an old overload makes a call ambiguous. */
const notYet = ['3F000', '42P01', '42703', '42883', '42704', '42725'];
/** The shape changed: view columns, return type or parameter names, or a view where a table-like thing of another kind stood. */
const otherShape = ['42P16', '42P13', '42809', '42P07'];

/** Returns what was dropped. `gone`: what a migration dropped before. */
export async function remakeObjects(client: pg.Client, sources: Sources, gone: readonly DbObject[]): Promise<DbObject[]> {
  const remake = new Remake(client, sources, await ourObjects(client), await transactionId(client));
  await remake.readMaterialized(gone);
  await remake.makeAll();
  await remake.dropUndeclared();
  await remake.recordObjects();
  return remake.dropped;
}

async function transactionId(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ xid: string }>('select pg_current_xact_id()::xid::text as xid');
  return rows[0]?.xid ?? '';
}

class Remake {
  readonly dropped: DbObject[] = [];
  readonly #client: pg.Client;
  readonly #files: SqlFile[];
  /** Identities of what former applies made. */
  readonly #ours: Set<string>;
  readonly #xid: string;
  /** Materialized views that are there and as their file says; they hold data and are left alone. */
  readonly #upToDate = new Set<string>();
  #queue: SqlFile[] = [];

  constructor(client: pg.Client, sources: Sources, ours: Set<string>, xid: string) {
    this.#client = client;
    this.#ours = ours;
    this.#xid = xid;
    this.#files = [...sources.functions, ...sources.views, ...sources.materialized];
  }

  async readMaterialized(gone: readonly DbObject[]): Promise<void> {
    const { rows } = await this.#client.query<{ identity: string; hash: string }>(
      // `case`, because PostgreSQL chooses the order of conditions, and a function's identity is no name that to_regclass could read.
      `select identity, hash from platform.schema_objects where case when kind = 'materialized view' then to_regclass(identity) is not null end`,
    );
    const lost = new Set(gone.map(({ identity }) => identity));
    for (const { identity, hash } of rows) {
      const file = this.#files.find((candidate) => candidate.kind === 'materialized view' && identityOf(candidate) === identity);
      if (file?.hash === hash && !lost.has(identity)) this.#upToDate.add(identity);
    }
  }

  /** Round after round over what still lacks something, until a round brings nothing. */
  async makeAll(): Promise<void> {
    this.#queue = [...this.#files];
    while (this.#queue.length > 0) {
      const round = this.#queue;
      this.#queue = [];
      let made = 0;
      const failures: { file: SqlFile; error: unknown }[] = [];
      for (const file of round) {
        const error = await this.#make(file);
        if (error === null) made++;
        else failures.push({ file, error });
      }
      const first = failures[0];
      if (made === 0 && first) throw annotated(first.error, first.file);
      this.#queue = [...new Set([...this.#queue, ...failures.map(({ file }) => file)])];
    }
  }

  /** Null when made; the error when another file may still bring what is missing. */
  async #make(file: SqlFile): Promise<unknown> {
    const identity = identityOf(file);
    if (this.#upToDate.has(identity)) return null;
    if (file.kind === 'materialized view') await this.#dropRelation(identity);
    let error = await attempt(this.#client, file);
    if (hasCode(error, ...otherShape)) {
      if (file.kind === 'function') await this.#dropFunctions(file, 'all');
      else await this.#dropRelation(identity);
      error = await attempt(this.#client, file);
    }
    if (error !== null) {
      if (hasCode(error, ...notYet)) return error;
      throw annotated(error, file);
    }
    if (file.kind === 'function') await this.#dropFunctions(file, 'untouched');
    if (file.kind === 'materialized view') this.#upToDate.add(identity);
    await this.#checkMade(file);
    return null;
  }

  /** Former overloads of the file's function. A catalog row that this transaction wrote is younger than it. */
  async #dropFunctions(file: SqlFile, which: 'all' | 'untouched'): Promise<void> {
    const { rows } = await this.#client.query<{ oid: number; identity: string }>(
      `select p.oid, p.oid::regprocedure::text as identity
       from pg_proc p
       where p.pronamespace = $1::regnamespace and p.proname = $2 and ($3 or age(p.xmin) > age($4::xid))`,
      [file.schema, file.name, which === 'all', this.#xid],
    );
    for (const { oid, identity } of rows) if (which === 'all' || this.#ours.has(identity)) await this.#drop('pg_proc', oid);
  }

  async #dropRelation(identity: string): Promise<void> {
    const { rows } = await this.#client.query<{ oid: number; table: boolean }>(
      `select oid, relkind in ('r', 'p') as table from pg_class where oid = to_regclass($1)`,
      [identity],
    );
    const found = rows[0];
    if (found?.table) throw new QhError('internal', `${identity} is a table, and a file makes a view of that name`);
    if (found) await this.#drop('pg_class', found.oid);
  }

  async #drop(catalog: 'pg_proc' | 'pg_class', oid: number): Promise<void> {
    const declared = new Set(this.#files.filter(({ kind }) => kind !== 'function').map(identityOf));
    const gone = await dropWithOurs(
      this.#client,
      catalog,
      oid,
      ({ kind, identity, schema, name }) =>
        this.#ours.has(identity) ||
        declared.has(identity) ||
        (kind === 'function' && this.#files.some((file) => file.schema === schema && file.name === name)),
    );
    this.dropped.push(...gone);
    // What else went down with it must be made again, also when its turn was already over.
    for (const { kind, schema, name, identity } of gone) {
      this.#upToDate.delete(identity);
      const file = this.#files.find((candidate) => candidate.kind === kind && candidate.schema === schema && candidate.name === name);
      if (file) this.#queue.push(file);
    }
  }

  async #checkMade(file: SqlFile): Promise<void> {
    const { rows } = await this.#client.query<{ made: boolean }>(
      file.kind === 'function'
        ? `select exists (select from pg_proc where pronamespace = $1::regnamespace and proname = $2 and age(xmin) <= age('${this.#xid}'::xid)) as made`
        : `select exists (select from pg_class where relnamespace = $1::regnamespace and relname = $2 and relkind in ('v', 'm')) as made`,
      [file.schema, file.name],
    );
    if (!rows[0]?.made)
      throw new QhError('internal', `${file.path} does not make the ${file.kind} ${identityOf(file)}; a file bears the name of what it makes`);
  }

  /** What a former apply made and no file makes any more. */
  async dropUndeclared(): Promise<void> {
    const declared = new Set(this.#files.filter(({ kind }) => kind !== 'function').map(identityOf));
    const { rows } = await this.#client.query<{ catalog: 'pg_proc' | 'pg_class'; oid: number; identity: string }>(
      `select 'pg_class' as catalog, c.oid, o.identity
       from platform.schema_objects o
       join pg_class c on c.oid = to_regclass(o.identity) and c.relkind in ('v', 'm')
       where o.kind <> 'function'
       union all
       select 'pg_proc', p.oid, o.identity
       from platform.schema_objects o
       join pg_proc p on p.oid = to_regprocedure(o.identity) and age(p.xmin) > age($1::xid) and p.prokind <> 'a'
       where o.kind = 'function'`,
      [this.#xid],
    );
    for (const { catalog, oid, identity } of rows) {
      if (catalog === 'pg_class' && declared.has(identity)) continue;
      await this.#drop(catalog, oid);
    }
    const again = this.#queue;
    if (again.length > 0) throw new QhError('internal', `${again.map(({ path }) => path).join(', ')} still uses what no file makes any more`);
  }

  async recordObjects(): Promise<void> {
    await this.#client.query('delete from platform.schema_objects');
    const views = this.#files.filter(({ kind }) => kind !== 'function');
    const functions = this.#files.filter(({ kind }) => kind === 'function');
    await this.#client.query(
      `insert into platform.schema_objects (kind, identity, hash)
       select * from unnest($1::text[], $2::text[], $3::text[])
       union all
       select 'function', p.oid::regprocedure::text, ''
       from pg_proc p
       join pg_namespace n on n.oid = p.pronamespace
       where (n.nspname, p.proname) in (select * from unnest($4::text[], $5::text[])) and age(p.xmin) <= age($6::xid)`,
      [
        ...[views.map(({ kind }) => kind), views.map(identityOf), views.map(({ hash }) => hash)],
        // By name: what a table file makes (an aggregate) is made once and is not ours to drop.
        ...[functions.map(({ schema }) => schema), functions.map(({ name }) => name)],
        this.#xid,
      ],
    );
  }
}

function identityOf(file: SqlFile): string {
  return `${file.schema}.${file.name}`;
}

/**
 * Bodies are not checked while the objects are made, because they may name what comes later; now everything is there.
 * A body over a temporary table can only be checked in the session that has the table.
 */
export async function checkBodies(client: pg.Client, sources: Sources): Promise<void> {
  const { rows } = await client.query<{ oid: number; validator: string; schema: string; name: string }>(
    `select p.oid, l.lanvalidator::regproc::text as validator, n.nspname as schema, p.proname as name
     from pg_proc p
     join pg_language l on l.oid = p.prolang
     join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = any ($1::text[]) and l.lanname in ('sql', 'plpgsql') and p.prosrc not like '%pg_temp.%'
       and exists (select from platform.schema_objects o where o.kind = 'function' and o.identity = p.oid::regprocedure::text)`,
    [[...sources.schemas, 'api']],
  );
  await client.query('set local check_function_bodies = on');
  for (const { oid, validator, schema, name } of rows) {
    await client.query('savepoint body');
    try {
      await client.query(`select pg_catalog.${validator}($1)`, [oid]);
    } catch (error) {
      const file = sources.functions.find((candidate) => candidate.schema === schema && candidate.name === name);
      throw file ? annotatedBody(error, file) : error;
    }
    await client.query('release savepoint body');
  }
}

/** Positions inside a body are counted from its start. */
function annotatedBody(error: unknown, file: SqlFile): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new QhError('internal', `${file.path}: ${message}`, { hint: 'Correct the function body.', cause: error });
}
