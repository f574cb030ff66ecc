/** Dropping a function or view without CASCADE: what of ours hangs on it goes first, and what is somebody else's is named instead. */
import type pg from 'pg';
import { QhError } from '../errors.ts';

export interface DbObject {
  kind: 'function' | 'view' | 'materialized view' | 'other';
  /** As PostgreSQL writes it with an empty search_path: `api.services`, `org.map_source(integer,integer)`. */
  identity: string;
  schema: string;
  name: string;
  /** `other` only: what it is, e.g. "default value for column x of table y". */
  description: string;
}

/** Everything that depends on the object, directly or through others, the object itself first. Rules stand for their views, row types for their relations. */
const closureSql = `
  with recursive found(classid, objid) as (
    select $1::regclass::oid, $2::oid
    union
    select
      case when r.oid is not null then 'pg_class'::regclass::oid else d.classid end,
      coalesce(r.ev_class, d.objid)
    from found f
    join pg_depend d on d.refclassid = f.classid and d.refobjid = f.objid and d.deptype in ('n', 'a', 'i')
    left join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
  )
  select
    case when p.oid is not null then 'function'
      when c.relkind = 'v' then 'view'
      when c.relkind = 'm' then 'materialized view'
      else 'other' end as kind,
    coalesce(p.oid::regprocedure::text, c.oid::regclass::text) as identity,
    n.nspname as schema,
    coalesce(p.proname, c.relname) as name,
    pg_describe_object(f.classid, f.objid, 0) as description
  from (
    select classid, objid,
      case when classid = 'pg_proc'::regclass then objid end as proc,
      case when classid = 'pg_class'::regclass then objid end as rel
    from found
  ) f
  left join pg_proc p on p.oid = f.proc
  left join pg_class c on c.oid = f.rel
  left join pg_namespace n on n.oid = coalesce(p.pronamespace, c.relnamespace)
  where f.classid <> 'pg_type'::regclass
    and coalesce(c.relkind, 'v') not in ('i', 'I', 't', 'c')`;

/** Drops the object and what of ours depends on it; returns all that is gone. `isOurs` tells what apply made. */
export async function dropWithOurs(
  client: pg.ClientBase,
  catalog: 'pg_proc' | 'pg_class',
  oid: number,
  isOurs: (object: DbObject) => boolean,
): Promise<DbObject[]> {
  const { rows } = await client.query<DbObject>(closureSql, [catalog, oid]);
  const foreign = rows.filter((object) => object.kind === 'other' || !isOurs(object));
  if (foreign.length > 0) {
    const names = foreign.map((object) => object.description).join(', ');
    throw new QhError(
      'conflict',
      `${rows[0]?.description ?? 'An object'} must be made anew, and what is not part of Quarterhour depends on it: ${names}.`,
      {
        hint: 'Drop the named objects, start again, and create them anew over the new definition.',
      },
    );
  }
  await dropInTurns(client, rows);
  return rows;
}

/** Whatever nothing else needs any more goes first, until all are gone. */
async function dropInTurns(client: pg.ClientBase, objects: readonly DbObject[]): Promise<void> {
  let left = objects.toReversed();
  while (left.length > 0) {
    const still: DbObject[] = [];
    for (const object of left) {
      await client.query('savepoint drop_one');
      try {
        // `routine` is a function or an aggregate.
        await client.query(`drop ${object.kind === 'function' ? 'routine' : object.kind} if exists ${object.identity}`);
        await client.query('release savepoint drop_one');
      } catch (error) {
        await client.query('rollback to savepoint drop_one');
        if (!hasCode(error, '2BP01')) throw error;
        still.push(object);
      }
    }
    if (still.length === left.length)
      throw new QhError('internal', `cannot be dropped, they need each other: ${still.map((object) => object.identity).join(', ')}`);
    left = still;
  }
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}

/** Identities of what apply made. */
export async function ourObjects(client: pg.ClientBase): Promise<Set<string>> {
  const { rows } = await client.query<{ identity: string }>('select identity from platform.schema_objects');
  return new Set(rows.map(({ identity }) => identity));
}
