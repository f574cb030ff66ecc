/**
 * One catalog query that describes a schema: what two databases must have in common to be the same. test/schema.test.ts holds a fresh
 * database, an upgraded one, and PostgreSQL 15 and 18 against each other with it.
 */
import type { Db } from './pool.ts';

export interface CatalogRow {
  kind: string;
  identity: string;
  definition: string;
}

/** Left out: monthly partitions (made by the calendar), not-null constraints by name (18 has them, 15 not), the owner's own rights (17 added one). */
const catalogSql = `
with
schemas as (
  select oid, nspname, nspacl, nspowner from pg_namespace where nspname = any ($1::text[])
),
relations as (
  select c.*, c.oid::regclass::text as identity
  from pg_class c join schemas s on s.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'c', 'S') and (not c.relispartition or pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT')
),
functions as (
  select p.*, p.oid::regprocedure::text as identity from pg_proc p join schemas s on s.oid = p.pronamespace
),
rights as (
  select 'schema' as kind, nspname as identity, nspacl as acl, nspowner as owner from schemas
  union all select 'relation', identity, relacl, relowner from relations
  union all select 'function', identity, proacl, proowner from functions
)
select 'relation' as kind, identity,
  case relkind when 'r' then 'table' when 'p' then 'partitioned table by ' || pg_get_partkeydef(oid) when 'v' then 'view'
    when 'm' then 'materialized view' when 'c' then 'type' else 'sequence' end
  || case when relpersistence = 'u' then ' unlogged' else '' end
  || case when relrowsecurity then ' row security' else '' end || case when relforcerowsecurity then ' forced' else '' end
  || coalesce(' with ' || array_to_string(reloptions, ','), '') as definition
from relations
union all
select 'column', r.identity || '.' || a.attname,
  format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
  || case a.attidentity when 'a' then ' always identity' when 'd' then ' identity' else '' end
  || coalesce(case when a.attgenerated <> '' then ' generated ' else ' default ' end || pg_get_expr(d.adbin, d.adrelid), '')
from relations r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped and r.relkind <> 'S'
left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
union all
select 'constraint', r.identity || '.' || k.conname, pg_get_constraintdef(k.oid)
from relations r join pg_constraint k on k.conrelid = r.oid and k.contype <> 'n' and k.conparentid = 0
union all
select 'index', i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
from relations r join pg_index i on i.indrelid = r.oid and not r.relispartition
union all
select 'policy', r.identity || '.' || p.polname,
  concat_ws(' ', p.polcmd::text, case when p.polpermissive then 'permissive' else 'restrictive' end,
    (select string_agg(coalesce(g.rolname, 'public'), ',' order by g.rolname) from unnest(p.polroles) u left join pg_roles g on g.oid = u),
    'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid))
from relations r join pg_policy p on p.polrelid = r.oid
union all
select 'trigger', r.identity || '.' || t.tgname, pg_get_triggerdef(t.oid)
from relations r join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
union all
select 'function', identity,
  concat_ws(' ', '(' || pg_get_function_arguments(f.oid) || ')', 'returns', pg_get_function_result(f.oid), l.lanname,
    case f.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
    case f.proparallel when 's' then 'parallel safe' when 'r' then 'parallel restricted' else 'parallel unsafe' end,
    case when f.proisstrict then 'strict' end, case when f.prosecdef then 'security definer' end,
    'set ' || array_to_string(f.proconfig, ', '), 'body', md5(f.prosrc))
from functions f join pg_language l on l.oid = f.prolang
union all
select 'label', t.oid::regtype::text, string_agg(e.enumlabel, ', ' order by e.enumsortorder)
from pg_type t join schemas s on s.oid = t.typnamespace join pg_enum e on e.enumtypid = t.oid
group by t.oid
union all
select 'right', r.kind || ' ' || r.identity,
  coalesce(g.rolname, 'public') || ': ' || string_agg(a.privilege_type, ', ' order by a.privilege_type)
from rights r cross join lateral aclexplode(r.acl) a left join pg_roles g on g.oid = a.grantee
where a.grantee <> r.owner
group by r.kind, r.identity, g.rolname
union all
select 'comment', pg_describe_object(d.classoid, d.objoid, d.objsubid), d.description
from pg_description d
where (d.classoid = 'pg_class'::regclass and d.objoid in (select oid from relations))
  or (d.classoid = 'pg_proc'::regclass and d.objoid in (select oid from functions))`;

/** Texts that PostgreSQL prints from its parse trees; versions print them differently, so they are compared on one server only. */
const definitionsSql = `
union all
select 'view definition', identity, pg_get_viewdef(oid) from relations where relkind in ('v', 'm')
union all
select 'function definition', identity, pg_get_functiondef(oid) from functions where prokind = 'f'`;

export async function catalog(db: Pick<Db, 'query'>, schemas: readonly string[], options: { definitions?: boolean } = {}): Promise<CatalogRow[]> {
  const rows = await db.query<CatalogRow>(catalogSql + (options.definitions ? definitionsSql : ''), [schemas]);
  // Sorted here: the order must not hang on the server's collation.
  const key = ({ kind, identity, definition }: CatalogRow): string => `${kind}\0${identity}\0${definition}`;
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

export function printCatalog(rows: readonly CatalogRow[]): string {
  return rows.map(({ kind, identity, definition }) => `${kind} ${identity}: ${definition.replaceAll(/\s+/g, ' ')}\n`).join('');
}
