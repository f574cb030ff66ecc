import { describe, expect, test } from 'vitest';
import { operations } from '../src/app/catalogue.ts';
import { rooms } from '../src/app/rooms.ts';
import { testDatabase } from './database.ts';

/** What the catalogs of PostgreSQL say about rights: the lint that no review can replace. See also src/platform/db/roles.test.ts. */

const database = await testDatabase();
const schemas = ['platform', ...rooms.map((room) => room.name)];
const names = async (text: string, values: unknown[] = []): Promise<string[]> =>
  (await database.owner.query<{ name: string }>(text, values)).map(({ name }) => name);

/** Functions of platform and rooms that run with the owner's rights, each with its reason. In `api` all do. */
const definers: Record<string, string> = {
  'marketplace.refresh_views(bigint,boolean)': 'refreshes materialized views, which only their owner may',
  'org.is_visible_place(integer,integer)': 'policies ask it with the rights of whoever reads',
  'org.agent_pairs()': 'the same',
  'org.employee_pairs()': 'the same',
  'org.is_paired_group(jsonb,integer,integer)': 'the same',
  'org.personal_employees()': 'the view of employees asks it with the rights of whoever reads',
  'org.whole_agents()': 'policies ask it with the rights of whoever reads',
  'org.visible_agents()': 'the same',
  'org.visible_departments()': 'the same',
  'org.visible_employees()': 'the same',
  'org.visible_groups()': 'the same',
  'org.visible_sites()': 'the same',
  'platform.append_audit(jsonb)': 'the server may add to the audit, and only by this',
  'platform.audit_sql_write()': 'a trigger: what a SQL login changes is written down without its help',
  'platform.visible_services()': 'a SQL login may be told what it sees, not read the table that says so',
  'platform.visible_teams()': 'the same for teams',
  'platform.visible_cities()': 'the same for cities',
  'quality.take_sample()': 'looks at sessions and statements of every login',
  'statistics.analyze_changed(integer)': 'analyses what a large import changed',
  'statistics.drop_month(date)': 'drops a partition that the policy names',
  'statistics.drop_interval_rows()': 'drops a temporary table that the owner made',
  'statistics.ensure_partitions(date[],text)': 'makes tables',
  'statistics.make_interval_rows()': 'whoever made a temporary table that the session keeps, the next caller must be able to use it',
  'statistics.maintain()': 'makes partitions and analyses',
  'statistics.touched_hours()': 'a view over it is read by people who may not read its tables',
};

describe('functions that run with the owner’s rights', () => {
  test('outside api are the reviewed few, each with a reason', async () => {
    const found = await names(
      `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any ($1) and p.prosecdef order by 1`,
      [schemas],
    );
    expect(found).toEqual(Object.keys(definers).toSorted((a, b) => (a < b ? -1 : 1)));
  });

  test('may be called by our own roles alone, and by PUBLIC never', async () => {
    const found = await names(
      `select p.oid::regprocedure::text || ' ' || coalesce(g.rolname, 'public') as name
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
       left join pg_roles g on g.oid = a.grantee
       where n.nspname = any ($1 || '{api}'::name[]) and p.prosecdef and coalesce(g.rolname, 'public') not in ('qh_owner', 'qh_server', 'qh_api', 'qh_read')`,
      [schemas],
    );
    expect(found).toEqual([]);
  });

  test('make no statement out of text, but for names that they take from a catalog', async () => {
    const found = await names(
      `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = any ($1 || '{api}'::name[]) and p.prosecdef and p.prosrc ~* '\\mexecute\\M' and p.prosrc !~* 'format\\('`,
      [schemas],
    );
    expect(found).toEqual([]);
  });
});

describe('rights', () => {
  test('of qh_api and qh_read reach no table, and no function with side effects outside api', async () => {
    const tables = await names(
      `select r || ' ' || c.oid::regclass::text as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace, unnest('{qh_api,qh_read}'::text[]) r
       where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v', 'm', 'S') and has_table_privilege(r, c.oid, 'select,insert,update,delete,truncate,references,trigger')`,
      [schemas],
    );
    expect(tables).toEqual([]);
    const functions = await names(
      `select r || ' ' || p.oid::regprocedure::text as name
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace, unnest('{qh_api,qh_read}'::text[]) r
       where n.nspname = any ($1) and p.provolatile = 'v' and has_function_privilege(r, p.oid, 'execute')`,
      [schemas],
    );
    expect(functions).toEqual([]);
  });

  test('of qh_read write nothing anywhere, and of qh_api only by functions', async () => {
    const found = await names(
      `select r || ' ' || c.oid::regclass::text as name
       from pg_class c, unnest('{qh_api,qh_read}'::text[]) r
       where c.relnamespace = 'api'::regnamespace and has_table_privilege(r, c.oid, 'insert,update,delete,truncate')`,
    );
    expect(found).toEqual([]);
  });

  test('of the server stop before the audit, the bookkeeping of the schema, and every definition', async () => {
    const may = await names(
      `select t || ' ' || p as name from unnest('{platform.audit_log,platform.audit_head,platform.schema_migrations,platform.schema_objects}'::text[]) t, unnest('{insert,update,delete,truncate}'::text[]) p
       where has_table_privilege('qh_server', t, p)
       union all select 'platform.audit_checkpoints ' || p from unnest('{update,delete,truncate}'::text[]) p where has_table_privilege('qh_server', 'platform.audit_checkpoints', p)
       union all select nspname || ' create' from pg_namespace where nspname = any ($1 || '{api,public}'::name[]) and has_schema_privilege('qh_server', oid, 'create')`,
      [schemas],
    );
    expect(may).toEqual([]);
  });

  test('nobody holds a right with grant option', async () => {
    const found = await names(
      `select o.name || ' ' || a.grantee::regrole::text as name
       from (select c.oid::regclass::text as name, c.relacl as acl, c.relowner as owner from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any ($1 || '{api}'::name[])
         union all select p.oid::regprocedure::text, p.proacl, p.proowner from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any ($1 || '{api}'::name[])) o
       cross join lateral aclexplode(o.acl) a where a.is_grantable and a.grantee <> o.owner`,
      [schemas],
    );
    expect(found).toEqual([]);
  });
});

describe('rows', () => {
  test('of every table are narrowed to what a session may see, or its policies.sql says why not', async () => {
    const found = await names(
      `select c.oid::regclass::text as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       left join platform.row_scopes s on s.table_name = c.oid::regclass::text
       where n.nspname = any ($1) and c.relkind in ('r', 'p') and not c.relispartition
         and (s.table_name is null or (s.reason is null) <> (c.relrowsecurity and c.relforcerowsecurity))`,
      [schemas],
    );
    expect(found, 'declare the table in src/rooms/<room>/policies.sql: platform.protect(…) or platform.leave_open(…)').toEqual([]);
  });

  test('of a table with a service_id are never left open', async () => {
    const found = await names(
      `select s.table_name as name from platform.row_scopes s
       join pg_attribute a on a.attrelid = s.table_name::regclass and a.attname ~ '^service_ids?$' and not a.attisdropped
       where s.reason is not null and s.table_name !~ '^platform[.](users|api_keys|sql_logins)$'`,
    );
    expect(found).toEqual([]);
  });

  test('of partitions are narrowed like those of their table, whoever names them', async () => {
    const found = await names(
      `select c.oid::regclass::text as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_inherits i on i.inhrelid = c.oid
       join pg_class parent on parent.oid = i.inhparent
       where n.nspname = any ($1) and c.relkind = 'r' and c.relispartition and parent.relrowsecurity
         and (not c.relforcerowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'scope'))`,
      [schemas],
    );
    expect(found).toEqual([]);
  });

  test('are seen through views and functions alike: nothing materialized is given to anybody', async () => {
    const found = await names(
      `select c.oid::regclass::text || ' ' || r as name from pg_class c, unnest('{qh_api,qh_read}'::text[]) r
       where c.relkind = 'm' and has_table_privilege(r, c.oid, 'select')`,
    );
    expect(found).toEqual([]);
  });
});

describe('objects', () => {
  test('every table, and every function that an operation calls, has a comment', async () => {
    const tables = await names(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = any ($1 || '{api}'::name[]) and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition and obj_description(c.oid, 'pg_class') is null`,
      [schemas],
    );
    expect(tables).toEqual([]);
    const called = operations.flatMap(({ sql }) => (sql === undefined ? [] : [sql]));
    expect(await names(`select s as name from unnest($1::text[]) s where obj_description(to_regproc(s), 'pg_proc') is null`, [called])).toEqual([]);
  });

  test('no table keeps a password, token or key in a column of text but for the one hash that has its salt in it', async () => {
    const found = await names(
      `select c.oid::regclass || '.' || a.attname as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
       where n.nspname = any ($1) and c.relkind in ('r', 'p') and a.attname ~ 'password|secret|token' and a.atttypid <> 'bytea'::regtype order by 1`,
      [schemas],
    );
    expect(found).toEqual(['platform.users.password_changed_at', 'platform.users.password_hash']);
  });
});

describe('functions that are called parallel safe', () => {
  // A block that catches errors opens a subtransaction, which PostgreSQL refuses while any part of a statement runs in parallel.
  test('catch no error, and call nothing that may not run in parallel', async () => {
    const found = await names(
      `with recursive bodies as (
         select p.oid, n.nspname || '.' || p.proname as called, p.proparallel, regexp_replace(coalesce(p.prosrc, ''), '--[^\\n]*', '', 'g') as body
         from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any ($1 || '{api}'::name[]) and p.prokind = 'f'
       ), unsafe as (
         select b.oid, b.called from bodies b where b.proparallel <> 's' or b.body ~* '\\mexception\\s+when\\M'
         union
         select b.oid, b.called from unsafe u join bodies b on strpos(b.body, u.called || '(') > 0
       )
       select distinct b.oid::regprocedure::text as name from unsafe u join bodies b using (oid) where b.proparallel = 's' order by 1`,
      [schemas],
    );
    expect(found).toEqual([]);
  });
});
