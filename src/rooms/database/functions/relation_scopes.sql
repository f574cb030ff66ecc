create or replace function database.relation_scopes()
returns table (relation oid, scopes text[], rooms text[])
language sql stable parallel safe
as $$
  with recursive parts (relation, part) as (
    select c.oid, c.oid from pg_catalog.pg_class c
    where c.relkind in ('r', 'p', 'v') and c.relnamespace in (select n.oid from pg_catalog.pg_namespace n where pg_catalog.pg_get_userbyid(n.nspowner) = 'qh_owner')
    union
    select p.relation, d.refobjid
    from parts p
    join pg_catalog.pg_rewrite r on r.ev_class = p.part
    join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.objid = r.oid
      and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> p.part
  ), tables as (
    select p.relation, n.nspname::text as room,
      case
        when n.nspname = 'platform' then 'admin:read'
        -- Who a row of people is about decides, not who wrote it.
        when exists (
          select from platform.personal_columns m
          where m.schema_name = n.nspname and m.table_name = c.relname and m.person_kind <> 'login') then 'people:read'
        when exists (select from platform.roles o where n.nspname || ':read' = any (o.scopes)) then n.nspname || ':read'
        else 'admin:read'
      end as scope
    from parts p
    join pg_catalog.pg_class c on c.oid = p.part and c.relkind in ('r', 'p')
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname <> 'api' and (p.relation = p.part or n.nspname <> 'platform')
  )
  select t.relation, array_agg(distinct t.scope), array_agg(distinct t.room) from tables t group by t.relation
$$;
comment on function database.relation_scopes() is 'The scopes that reading a table or view takes: those of the rooms whose tables lie beneath it; people:read where they hold people.';
