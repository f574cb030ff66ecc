import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { rooms } from '../../app/rooms.ts';
import { type Db, openPool } from './pool.ts';

const database = await testDatabase();
const schemas = ['platform', ...rooms.map((room) => room.name), 'api'];

async function withSession<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const refusal = (db: Db, text: string): Promise<unknown> =>
  db.query(text).then(
    () => 'allowed',
    (error: unknown) => (error instanceof pg.DatabaseError ? error.code : error),
  );

describe('what `qh database url` prints opens with the right role and search_path', () => {
  test.each([
    ['api', 'qh_api', 'api'],
    ['read', 'qh_read', 'api'],
    ['owner', 'qh_owner', `${rooms.map((room) => room.name).join(', ')}, api`],
  ] as const)('%s', async (role, user, path) => {
    const { rows } = await withSession(database.url(role), (client) =>
      client.query(`select current_user as user, current_setting('search_path') as path`),
    );
    expect(rows).toEqual([{ user, path: expect.stringMatching(new RegExp(`^${path.replaceAll(', ', ',\\s*')}$`)) }]);
  });

  test('readers are stopped after 30 s, wait 2 s for a lock and 10 s in an idle transaction', async () => {
    for (const role of ['api', 'read'] as const) {
      const { rows } = await withSession(database.url(role), (client) =>
        client.query(
          `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle`,
        ),
      );
      expect(rows).toEqual([{ statement: '30s', lock: '2s', idle: '10s' }]);
    }
  });
});

describe('least privilege', () => {
  test('qh_api reads the views of api and none of the rooms’ tables', async () => {
    await database.api.query('select * from api.services limit 1');
    expect(await refusal(database.api, 'select * from org.services')).toBe('42501');
    expect(await refusal(database.api, 'select * from platform.settings')).toBe('42501');
    expect(await refusal(database.api, 'create temp table t ()')).toBe('42501');
    expect(await refusal(database.api, 'create table public.t ()')).toBe('42501');
    expect(await refusal(database.api, 'set role qh_owner')).toBe('42501');
  });

  test('qh_read reads the views and calls no operation', async () => {
    const read = openPool({ url: database.url('read'), applicationName: 'test' });
    try {
      await read.query('select * from api.services limit 1');
      const functions = await read.query<{ identity: string }>(
        `select p.oid::regprocedure::text as identity from pg_proc p where p.pronamespace = to_regnamespace('api') and has_function_privilege(p.oid, 'execute')`,
      );
      expect(functions).toEqual([]);
    } finally {
      await read.end();
    }
  });

  // A view calls functions with the rights of who asks. A body in quotes is then resolved by that role, which may not look into
  // the rooms: such a function is written with `return …` or `begin atomic`, which is resolved when it is made.
  test('every view of api can be read by qh_api and qh_read', async () => {
    const views = await database.owner.query<{ view: string }>(
      `select oid::regclass::text as view from pg_class where relnamespace = to_regnamespace('api') and relkind = 'v'`,
    );
    const refused: string[] = [];
    for (const role of ['api', 'read'] as const) {
      await withSession(database.url(role), async (client) => {
        for (const { view } of views) {
          await client.query(`select * from ${view} limit 1`).catch((error: unknown) => refused.push(`${role} ${view}: ${String(error)}`));
        }
      });
    }
    expect(refused).toEqual([]);
  });

  test('qh_server writes rows and makes temporary tables, and nothing else', async () => {
    await database.inTransaction(async (tx) => {
      await tx.query('create temp table staged (n int)');
      await tx.query(`insert into platform.settings (name, value, updated_at) values ('roles_test', '1', platform.now())`);
    });
    for (const schema of ['org', 'api', 'platform', 'public']) expect(await refusal(database.db, `create table ${schema}.t ()`)).toBe('42501');
    expect(await refusal(database.db, 'create schema mine')).toBe('42501');
    expect(await refusal(database.db, 'drop table org.services')).toBe('42501');
    expect(await refusal(database.db, 'truncate org.services')).toBe('42501');
    expect(await refusal(database.db, 'delete from platform.schema_migrations')).toBe('42501');
    expect(await refusal(database.db, 'set role qh_owner')).toBe('42501');
  });

  test('qh_owner cannot log in, and no role of ours is a superuser, may create roles, or passes row security', async () => {
    const rows = await database.owner.query(
      `select rolname, rolcanlogin from pg_roles where rolname like 'qh\\_%' and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication or (rolname = 'qh_owner' and rolcanlogin))`,
    );
    expect(rows).toEqual([]);
  });

  test('PUBLIC has no right on the database, the schemas, or anything in them', async () => {
    const rows = await database.owner.query(
      `select o.what, a.privilege_type
       from (
         select 'database' as what, coalesce(datacl, acldefault('d', datdba)) as acl from pg_database where datname = current_database()
         union all select nspname, coalesce(nspacl, acldefault('n', nspowner)) from pg_namespace where nspname = any ($1)
         union all select c.oid::regclass::text, coalesce(relacl, acldefault('r', relowner)) from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = any ($1) and relkind in ('r', 'p', 'v', 'm')
         union all select p.oid::regprocedure::text, coalesce(proacl, acldefault('f', proowner)) from pg_proc p join pg_namespace n on n.oid = pronamespace where nspname = any ($1)
       ) o
       cross join lateral aclexplode(o.acl) a
       where a.grantee = 0`,
      [schemas],
    );
    expect(rows).toEqual([]);
  });

  test('a function that the owner makes later is not open to PUBLIC either', async () => {
    await database.inTransaction(async (tx) => {
      await tx.query('create function org.later() returns int language sql return 1');
      const [row] = await tx.query<{ open: boolean }>(`select has_function_privilege('qh_read', 'org.later()', 'execute') as open`);
      expect(row?.open).toBe(false);
    }, 'owner');
  });
});

describe('every function', () => {
  const lint = (condition: string): Promise<{ identity: string }[]> =>
    database.owner.query(
      `select p.oid::regprocedure::text as identity
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = any ($1) and ${condition}
       order by 1`,
      [schemas],
    );

  test('belongs to qh_owner', async () => {
    expect(await lint(`p.proowner <> (select oid from pg_roles where rolname = 'qh_owner')`)).toEqual([]);
  });

  test('that is security definer has a fixed search_path with pg_temp last', async () => {
    expect(await lint(`p.prosecdef and not coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false)`)).toEqual([]);
  });

  test('in api is security definer; who calls it has no rights in the rooms', async () => {
    expect(await lint(`n.nspname = 'api' and not p.prosecdef`)).toEqual([]);
  });

  test('has a comment', async () => {
    expect(await lint(`obj_description(p.oid, 'pg_proc') is null`)).toEqual([]);
  });
});
