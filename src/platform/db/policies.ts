/**
 * Which rows a session may see. A room says it in its policies.sql; a table with a service_id of which nothing is said is narrowed
 * to services, so that what somebody forgets is closed. Policies hold for the owner too: functions of `api` run as qh_owner.
 */
import type pg from 'pg';
import { run } from './run-file.ts';
import type { Sources } from './sources.ts';

export async function protectTables(client: pg.Client, sources: Sources): Promise<void> {
  // Of a house without policies, as in the tests of apply, nothing is asked.
  if (sources.policies.length === 0) return;
  await client.query('delete from platform.row_scopes');
  for (const file of sources.policies) await run(client, file);
  await client.query(
    `select platform.protect_services(c.oid::regclass::text)
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'service_id' and not a.attisdropped
     where c.relnamespace = any ($1::text[]::regnamespace[]) and c.relkind in ('r', 'p') and not c.relispartition
       and not exists (select from platform.row_scopes s where s.table_name = c.oid::regclass::text)`,
    [sources.schemas],
  );
  await client.query(
    `select platform.protect_partition(t.relid, s.table_name::regclass)
     from platform.row_scopes s
     join pg_class c on c.oid = s.table_name::regclass and c.relkind = 'p'
     cross join lateral pg_partition_tree(c.oid) t
     where t.level > 0`,
  );
  await dropUndeclared(client, sources.schemas);
}

/** Policies of ours on tables that no longer declare one. */
async function dropUndeclared(client: pg.Client, schemas: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ table: string }>(
    `select distinct c.oid::regclass::text as table
     from pg_policy p join pg_class c on c.oid = p.polrelid
     where c.relnamespace = any ($1::text[]::regnamespace[]) and p.polname = 'scope' and not c.relispartition
       and not exists (select from platform.row_scopes s where s.table_name = c.oid::regclass::text and s.using_rule is not null)`,
    [schemas],
  );
  for (const { table } of rows)
    await client.query(
      `drop policy scope on ${table}; drop policy if exists scope_to_read on ${table};
       alter table ${table} disable row level security, no force row level security`,
    );
}
