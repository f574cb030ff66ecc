/** Who may do what: our roles' rights, made anew with every apply, and other roles' rights on `api`, kept across a rebuild. */
import pg from 'pg';
import { QhError } from '../errors.ts';

const { escapeIdentifier } = pg;

/** What apply alone writes. */
const bookkeeping = ['platform.schema_migrations', 'platform.schema_objects'];
/** What the server only adds to, or only a function of the owner writes: the audit, which is never changed. */
const takenBack: Record<string, string> = {
  'platform.audit_log': 'insert, update, delete',
  'platform.audit_head': 'insert, update, delete',
  'platform.audit_checkpoints': 'update, delete',
};

export async function grantToOurRoles(client: pg.ClientBase, schemas: readonly string[]): Promise<void> {
  const statements = schemas.flatMap(roomStatements);
  statements.push(`revoke insert, update, delete on ${bookkeeping.join(', ')} from qh_server`, ...apiStatements());
  await client.query(statements.join(';\n'));
  const { rows } = await client.query<{ table: string }>('select t as table from unnest($1::text[]) t where to_regclass(t) is not null', [
    Object.keys(takenBack),
  ]);
  for (const { table } of rows) await client.query(`revoke ${takenBack[table]} on ${table} from qh_server`);
  const functions = await functionsOfReaders(client);
  if (functions.length > 0) await client.query(`grant execute on function ${functions.join(', ')} to qh_api, qh_read`);
}

function roomStatements(schema: string): string[] {
  return [
    `revoke all on schema ${schema} from public, qh_api, qh_read`,
    `revoke all on all tables in schema ${schema} from public, qh_api, qh_read`,
    `revoke all on all functions in schema ${schema} from public, qh_api, qh_read`,
    `grant usage on schema ${schema} to qh_server`,
    `grant select, insert, update, delete on all tables in schema ${schema} to qh_server`,
    `grant usage, select on all sequences in schema ${schema} to qh_server`,
    `grant execute on all functions in schema ${schema} to qh_server`,
    // Tables that owner's functions make later, such as next month's partition.
    `alter default privileges in schema ${schema} grant select, insert, update, delete on tables to qh_server`,
  ];
}

function apiStatements(): string[] {
  return [
    'revoke all on schema api from public',
    'revoke all on all tables in schema api from public',
    'revoke all on all functions in schema api from public',
    'revoke execute on all functions in schema api from qh_read',
    'grant usage on schema api to qh_server, qh_api, qh_read',
    'grant select on all tables in schema api to qh_server, qh_api, qh_read',
    'grant execute on all functions in schema api to qh_server, qh_api',
  ];
}

/**
 * A view reads its tables with its owner's rights, but calls functions with the caller's, and so do the policies of those tables:
 * those functions need EXECUTE. Followed through views over views and through SQL-standard bodies; a function with side effects
 * has no business there.
 */
async function functionsOfReaders(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ identity: string; volatile: boolean; view: string }>(`
    with recursive used(classid, objid, view) as (
      select 'pg_class'::regclass::oid, c.oid, 'view ' || c.oid::regclass
      from pg_class c
      where c.relnamespace = 'api'::regnamespace and c.relkind = 'v'
      union
      select d.refclassid, d.refobjid, 'policy of ' || p.polrelid::regclass
      from pg_policy p
      join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass
      union
      select d.refclassid, d.refobjid, u.view
      from used u
      left join pg_rewrite r on u.classid = 'pg_class'::regclass and r.ev_class = u.objid
      left join pg_class c on c.oid = u.objid and u.classid = 'pg_class'::regclass
      join pg_depend d on (d.classid = 'pg_rewrite'::regclass and d.objid = r.oid) or (u.classid = 'pg_proc'::regclass and d.classid = u.classid and d.objid = u.objid)
      where d.refclassid in ('pg_class'::regclass, 'pg_proc'::regclass) and d.deptype = 'n' and (c.relkind is null or c.relkind = 'v')
    )
    select p.oid::regprocedure::text as identity, bool_or(p.provolatile = 'v') as volatile, max(u.view) as view
    from used u
    join pg_proc p on u.classid = 'pg_proc'::regclass and p.oid = u.objid
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname not in ('pg_catalog', 'information_schema')
      and p.proowner = (select oid from pg_roles where rolname = current_user)
    group by p.oid
    order by 1`);
  const volatile = rows.find((row) => row.volatile);
  if (volatile)
    throw new QhError('internal', `${volatile.view} calls the volatile function ${volatile.identity}; what is read must be free of side effects`);
  return rows.map((row) => row.identity);
}

export interface ForeignGrant {
  kind: 'table' | 'function';
  identity: string;
  /** Functions only: the name without arguments, for a function whose arguments changed. */
  name: string;
  grantee: string;
  privilege: string;
  grantable: boolean;
}

/** Rights on objects in `api` that somebody gave to a role that is not ours. */
export async function foreignGrants(client: pg.ClientBase): Promise<ForeignGrant[]> {
  const { rows } = await client.query<ForeignGrant>(`
    select o.kind, o.identity, o.name, g.rolname as grantee, a.privilege_type as privilege, a.is_grantable as grantable
    from (
      select 'table' as kind, c.oid::regclass::text as identity, c.oid::regclass::text as name, c.relacl as acl
      from pg_class c
      where c.relnamespace = to_regnamespace('api') and c.relkind = 'v'
      union all
      select 'function', p.oid::regprocedure::text, p.oid::regproc::text, p.proacl
      from pg_proc p
      where p.pronamespace = to_regnamespace('api')
    ) o
    cross join lateral aclexplode(o.acl) a
    join pg_roles g on g.oid = a.grantee
    where g.rolname not in ('qh_owner', 'qh_admin', 'qh_server', 'qh_api', 'qh_read')
    order by 1, 2, 4, 5`);
  return rows;
}

/** Gives them again; returns those whose object is gone. */
export async function restoreForeignGrants(client: pg.ClientBase, grants: readonly ForeignGrant[]): Promise<ForeignGrant[]> {
  const lost: ForeignGrant[] = [];
  for (const grant of grants) {
    const target = await presentName(client, grant);
    if (target === null) lost.push(grant);
    else
      await client.query(
        `grant ${grant.privilege} on ${grant.kind} ${target} to ${escapeIdentifier(grant.grantee)}${grant.grantable ? ' with grant option' : ''}`,
      );
  }
  return lost;
}

/** The object's name today: the same, or for a function with other arguments the only one of its name. */
async function presentName(client: pg.ClientBase, { kind, identity, name }: ForeignGrant): Promise<string | null> {
  const { rows } = await client.query<{ found: string | null }>(
    kind === 'table'
      ? 'select to_regclass($1)::text as found'
      : 'select coalesce(to_regprocedure($1)::text, to_regproc($2)::oid::regprocedure::text) as found',
    kind === 'table' ? [identity] : [identity, name],
  );
  return rows[0]?.found ?? null;
}
