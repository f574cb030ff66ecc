/** The second half of the definitions: what comes after the rows. */

/** Each object with its kind as `comment on` and `grant` write it, its identity, its owner and its rights. */
const objectsSql = `
  select 'schema' as kind, quote_ident(nspname) as identity, oid, 'pg_namespace'::regclass as classoid, nspowner as owner, nspacl as acl from schemas
  union all
  select case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' when 'c' then 'type' when 'i' then 'index' when 'I' then 'index' else 'table' end,
    oid::regclass::text, oid, 'pg_class'::regclass, relowner, relacl from relations
  union all
  select case prokind when 'a' then 'aggregate' when 'p' then 'procedure' else 'function' end, oid::regprocedure::text, oid, 'pg_proc'::regclass, proowner, proacl from functions
  union all
  select case typtype when 'd' then 'domain' else 'type' end, t.oid::regtype::text, t.oid, 'pg_type'::regclass, t.typowner, t.typacl
  from pg_type t join schemas n on n.oid = t.typnamespace where t.typtype in ('e', 'd')`;

const grantKind = `case o.kind when 'view' then 'table' when 'materialized view' then 'table' when 'aggregate' then 'function' else o.kind end`;
const grantee = `case when x.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(x.grantee)) end`;
const withOption = `case when x.is_grantable then ' with grant option' else '' end`;

export const afterSql = `
with schemas as (
  select oid, nspname, nspowner, nspacl from pg_namespace where nspname = any ($1::text[])
), relations as (
  select c.* from pg_class c join schemas n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'S', 'c', 'i', 'I')
), functions as (
  select p.* from pg_proc p join schemas n on n.oid = p.pronamespace
), tables as (
  select * from relations where relkind in ('r', 'p', 'm')
), objects as (${objectsSql}
)
select 'after' as phase, 1 as rank, 'key' as kind, t.oid::regclass::text || '.' || k.conname as identity, t.relowner as owner,
  format('alter table only %s add constraint %I %s', t.oid::regclass, k.conname, pg_get_constraintdef(k.oid)) as sql, null as grantee
from tables t join pg_constraint k on k.conrelid = t.oid and k.contype in ('p', 'u', 'x')
union all
select 'after', 1, 'index', i.indexrelid::regclass::text, t.relowner, pg_get_indexdef(i.indexrelid), null
from tables t join pg_index i on i.indrelid = t.oid
where t.relkind <> 'm' and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x') and k.conrelid = t.oid)
union all
select 'after', 2, 'attached index', r.oid::regclass::text, r.relowner, format('alter index %s attach partition %s', i.inhparent::regclass, r.oid::regclass), null
from relations r join pg_inherits i on i.inhrelid = r.oid where r.relkind in ('i', 'I')
union all
select 'after', 3, 'foreign key', t.oid::regclass::text || '.' || k.conname, t.relowner,
  format('alter table %s add constraint %I %s', t.oid::regclass, k.conname, pg_get_constraintdef(k.oid)), null
from tables t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' and k.conparentid = 0
union all
select 'after', 4, 'statistics', s.oid::text, t.relowner, pg_get_statisticsobjdef(s.oid), null
from tables t join pg_statistic_ext s on s.stxrelid = t.oid
union all
select 'after', 5, 'view', r.oid::regclass::text, r.relowner,
  format('create view %s%s as %s', r.oid::regclass, ' with (' || array_to_string(r.reloptions, ', ') || ')', pg_get_viewdef(r.oid)), null
from relations r where r.relkind = 'v'
union all
select 'after', 5, 'materialized view', r.oid::regclass::text, r.relowner,
  format('create materialized view %s%s as %s with no data', r.oid::regclass, ' with (' || array_to_string(r.reloptions, ', ') || ')', rtrim(pg_get_viewdef(r.oid), ';')), null
from relations r where r.relkind = 'm'
union all
select 'after', 6, 'contents', r.oid::regclass::text, r.relowner, format('refresh materialized view %s', r.oid::regclass), null
from relations r where r.relkind = 'm' and r.relispopulated
union all
select 'after', 7, 'index', i.indexrelid::regclass::text, t.relowner, pg_get_indexdef(i.indexrelid), null
from tables t join pg_index i on i.indrelid = t.oid where t.relkind = 'm'
union all
select 'end', 1, 'trigger', t.oid::regclass::text || '.' || g.tgname, t.relowner,
  pg_get_triggerdef(g.oid) || case g.tgenabled when 'O' then '' when 'D' then format('; alter table %s disable trigger %I', t.oid::regclass, g.tgname)
    when 'R' then format('; alter table %s enable replica trigger %I', t.oid::regclass, g.tgname)
    else format('; alter table %s enable always trigger %I', t.oid::regclass, g.tgname) end, null
from relations t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal and g.tgparentid = 0
union all
select 'end', 2, 'policy', t.oid::regclass::text || '.' || p.polname, t.relowner,
  format('create policy %I on %s as %s for %s to %s%s%s', p.polname, t.oid::regclass, case when p.polpermissive then 'permissive' else 'restrictive' end,
    case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
    (select string_agg(case when u = 0 then 'public' else quote_ident(pg_get_userbyid(u)) end, ', ') from unnest(p.polroles) u),
    ' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'), null
from tables t join pg_policy p on p.polrelid = t.oid
union all
select 'end', 3, 'row security', t.oid::regclass::text, t.relowner,
  format('alter table %s enable row level security%s', t.oid::regclass, case when t.relforcerowsecurity then ', force row level security' else '' end), null
from tables t where t.relrowsecurity
union all
select 'end', 4, 'comment', o.kind || ' ' || o.identity || case when d.objsubid > 0 then '.' || a.attname else '' end, o.owner,
  case when d.objsubid > 0 then format('comment on column %s.%I is %L', o.identity, a.attname, d.description)
    else format('comment on %s %s is %L', o.kind, o.identity, d.description) end, null
from objects o join pg_description d on d.classoid = o.classoid and d.objoid = o.oid
left join pg_attribute a on o.classoid = 'pg_class'::regclass and a.attrelid = o.oid and a.attnum = d.objsubid and d.objsubid > 0
union all
select 'end', 4, 'comment', 'constraint ' || k.conname || ' on ' || t.oid::regclass::text, t.relowner, format('comment on constraint %I on %s is %L', k.conname, t.oid::regclass, d.description), null
from tables t join pg_constraint k on k.conrelid = t.oid join pg_description d on d.classoid = 'pg_constraint'::regclass and d.objoid = k.oid
union all
select 'end', 4, 'comment', 'trigger ' || g.tgname || ' on ' || t.oid::regclass::text, t.relowner, format('comment on trigger %I on %s is %L', g.tgname, t.oid::regclass, d.description), null
from relations t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal and g.tgparentid = 0 join pg_description d on d.classoid = 'pg_trigger'::regclass and d.objoid = g.oid
union all
-- A function may be called by everybody until that is taken away; a table by nobody until it is given.
select 'end', 5, 'revoke', o.kind || ' ' || o.identity, o.owner, format('revoke all on %s %s from public', ${grantKind}, o.identity), null
from objects o where o.acl is not null and o.kind in ('function', 'procedure', 'aggregate', 'type', 'domain')
union all
-- Rights on a schema come before what others make in it.
select case o.kind when 'schema' then 'before' else 'end' end, case o.kind when 'schema' then 2 else 6 end, 'grant', o.kind || ' ' || o.identity, o.owner,
  format('grant %s on %s %s to %s%s', x.privilege_type, ${grantKind}, o.identity, ${grantee}, ${withOption}), nullif(${grantee}, 'public')
from objects o cross join lateral aclexplode(o.acl) x
where x.grantee <> o.owner
union all
select 'end', 6, 'grant', r.oid::regclass::text || '.' || a.attname, r.relowner,
  format('grant %s (%I) on %s to %s%s', x.privilege_type, a.attname, r.oid::regclass, ${grantee}, ${withOption}), nullif(${grantee}, 'public')
from relations r join pg_attribute a on a.attrelid = r.oid and a.attacl is not null cross join lateral aclexplode(a.attacl) x
where x.grantee <> r.relowner`;
