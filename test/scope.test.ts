import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../src/app/catalogue.ts';
import { addressOf } from '../src/platform/contract/client.ts';
import type { AnyOperation } from '../src/platform/contract/operation.ts';
import { withLogin } from '../src/platform/db/url.ts';
import { openTestSystem, type TestSystem } from './system.ts';

/** Whose rows a session sees: every table × every kind of session, and what narrowed keys get from every operation. */

let qh: TestSystem;
const narrowedLogin = `bi_narrow_${process.pid}`;
const unknownLogin = `bi_unknown_${process.pid}`;

const superuser = async (...statements: string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: qh.test.url('superuser') });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};

beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  await superuser(
    ...[narrowedLogin, unknownLogin].map((login) => `create role ${login} login password 'long enough' in role qh_read`),
    `insert into platform.sql_logins (login, service_ids, team_ids) values ('${narrowedLogin}', '{1}', '{1}')`,
  );
});
afterAll(async () => {
  const client = new pg.Client({ connectionString: qh.test.url('superuser').replace(/\/[^/?]+(\?|$)/, '/postgres$1') });
  await qh.close();
  await client.connect();
  await client.query(`drop role ${narrowedLogin}`);
  await client.query(`drop role ${unknownLogin}`);
  await client.end();
});

/** How many rows of service 1, of other services, and of all (some are of none) a session counts. */
async function counts(query: (text: string) => Promise<{ own: string; others: string; total: string }[]>, table: string) {
  const [row] = await query(
    `select count(*) filter (where service_id = 1) as own, count(*) filter (where service_id <> 1) as others, count(*) as total from ${table}`,
  );
  return { own: Number(row!.own), others: Number(row!.others), total: Number(row!.total) };
}

describe('tables with a service', () => {
  test('show the server all rows when its caller may see all, their own when not, and none when nothing is said', async () => {
    const tables = await qh.test.owner.query<{ name: string }>(
      `select s.table_name as name from platform.row_scopes s
       join pg_attribute a on a.attrelid = s.table_name::regclass and a.attname = 'service_id' and not a.attisdropped
       where s.using_rule is not null
       union all
       select i.inhrelid::regclass::text from pg_inherits i where i.inhparent = 'statistics.contact_statistics'::regclass order by 1`,
    );
    expect(tables.length).toBeGreaterThan(9);
    const wrong: string[] = [];
    let seen = 0;
    for (const { name } of tables) {
      // Of people who is narrowed to services sees those of the departments that are given besides; everybody is in the first.
      const as = (services: string) =>
        counts((text) => qh.test.db.as({ 'qh.services': services, 'qh.teams': services === 'all' ? 'all' : '1' }).query(text), name);
      const [whole, one, none] = [await as('all'), await as('1'), await as('')];
      const owner = await counts((text) => qh.test.owner.query(text), name);
      seen += whole.others;
      if (owner.total !== whole.total || one.others !== 0 || one.total !== whole.own || none.total !== 0)
        wrong.push(`${name}: ${JSON.stringify({ owner, whole, one, none })}`);
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(10);
  });

  test('take no row of another service, neither new nor changed, and change none that is not seen', async () => {
    const narrow = qh.test.db.as({ 'qh.services': '1' });
    const refused = /row-level security/;
    await expect(
      narrow.query(`insert into org.groups (service_id, group_code, group_name, created_at, updated_at) values (2, 'X', 'X', now(), now())`),
    ).rejects.toThrow(refused);
    await expect(narrow.query(`insert into statistics.touched_log values (2, 0, '2025-03-03T09:00Z')`)).rejects.toThrow(refused);
    await expect(narrow.query('update org.sources set service_id = 2 where service_id = 1')).rejects.toThrow(refused);
    await expect(narrow.query(`select org.create_service('MINE')`)).rejects.toThrow(refused);
    expect(await narrow.query('delete from statistics.rollups where service_id = 2 returning 1')).toEqual([]);
    expect(await narrow.query(`update org.services set service_name = 'x' where service_id = 2 returning 1`)).toEqual([]);
  });
});

describe('SQL logins', () => {
  const views = async () =>
    qh.test.owner.query<{ name: string }>(
      `select distinct c.oid::regclass::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'service_id'
       where c.relnamespace = 'api'::regnamespace and c.relkind = 'v' order by 1`,
    );

  async function session<T>(login: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: withLogin(qh.test.url('superuser'), { user: login, password: 'long enough' }) });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  test('qh_api and qh_read see every service in every view, a narrowed login its own, an unknown one nothing', async () => {
    const names = await views();
    expect(names.length).toBeGreaterThan(3);
    for (const { name } of names) {
      const whole = await counts((text) => qh.test.owner.query(text), name);
      expect(await counts((text) => qh.test.api.query(text), name), name).toEqual(whole);
      const read = new pg.Client({ connectionString: qh.test.url('read') });
      await read.connect();
      expect(await counts(async (text) => (await read.query(text)).rows, name), name).toEqual(whole);
      await read.end();
      const narrowed = await session(narrowedLogin, (client) => counts(async (text) => (await client.query(text)).rows, name));
      expect(narrowed, name).toEqual({ own: whole.own, others: 0, total: whole.own });
      const unknown = await session(unknownLogin, (client) => counts(async (text) => (await client.query(text)).rows, name));
      expect(unknown, name).toEqual({ own: 0, others: 0, total: 0 });
    }
  });

  test('cannot widen what they see: not by a setting, not by a role, not by the table that says it', async () => {
    await session(narrowedLogin, async (client) => {
      for (const setting of ['qh.services', 'qh.teams', 'qh.cities', 'qh.personal', 'qh.user', 'qh.principal'])
        await client.query('select set_config($1, $2, false)', [setting, 'all']);
      expect((await counts(async (text) => (await client.query(text)).rows, 'api.contact_statistics')).others).toBe(0);
      for (const attempt of [
        'set role qh_owner',
        'set role qh_server',
        'set session authorization qh_server',
        'set row_security = off; select count(*) from api.contact_statistics',
        `update platform.sql_logins set service_ids = null`,
        `select * from statistics.contact_statistics`,
        `select api.intervals('SALES')`,
      ])
        await expect(client.query(attempt), attempt).rejects.toThrow(/permission denied|row-level security/);
    });
  });

  test('who calls functions is held to the same inside them: another service is not there', async () => {
    await qh.test.owner.query(`update platform.sql_logins set service_ids = '{1}' where login = 'qh_api'`);
    await expect(qh.test.api.query(`select * from api.intervals('SALES')`)).rejects.toMatchObject({ code: 'QH404' });
    expect(await qh.test.api.query(`select distinct service_code from api.list_services()`)).toEqual([{ service_code: 'SUPPORT' }]);
    await expect(qh.test.api.query(`select * from api.create_service('MINE', 'Mine')`)).rejects.toThrow(/row-level security/);
    await qh.test.owner.query(`update platform.sql_logins set service_ids = null where login = 'qh_api'`);
  });
});

describe('a key narrowed to one service', () => {
  let key: string;
  beforeAll(async () => {
    key = (await qh.system.keys.create({ name: 'narrow', role: 'admin', created_by: 'test', service_ids: [1] })).key;
  });
  const reads = operations.filter(({ method, result }) => method === 'GET' && result !== 'file');

  test.each(reads.map((operation) => [operation.name, operation] as [string, AnyOperation]))(
    '%s names no other service',
    async (_name, operation) => {
      for (const example of operation.examples) {
        const input = example.input as Record<string, unknown>;
        const { service: _service, service_id: _id, service_ids: _ids, ...rest } = input;
        // As in the example, and with the service left out where it may be.
        for (const asked of [input, rest]) {
          const { status, body } = await qh.get(addressOf(operation, asked), key);
          if (status !== 200) continue;
          expect(JSON.stringify(body), JSON.stringify(asked)).not.toMatch(/"SALES"|"service_id":(?!1[,}])\d/);
        }
      }
    },
  );

  test('makes no service and reads no audit', async () => {
    expect((await qh.send('POST', '/api/v1/org/services', { service_code: 'MINE' }, key)).status).toBe(403);
    expect((await qh.get('/api/v1/admin/audit', key)).status).toBe(403);
  });
});

describe('people narrowed to a department', () => {
  test('see, place and change those who belong to it or below, and nobody else', async () => {
    const { owner, db } = qh.test;
    const [top] = await owner.query<{ id: number }>(`select org.create_department('SCOPE-A', 'Scope A', 'department', null) as id`).catch(() => []);
    expect(top).toBeDefined();
    const [other] = await owner.query<{ id: number }>(`select org.create_department('SCOPE-B', 'Scope B', 'department', null) as id`);
    const hire = (as: typeof db, number: string, department: number) =>
      as.query<{ id: number }>(`select org.create_employee($1, 'L', 'F', '2024-01-01', $2) as id`, [number, department]);
    const [mine] = await hire(owner, 'SC-1', top!.id);
    await hire(owner, 'SC-2', other!.id);
    const narrow = db.as({ 'qh.teams': String(top!.id) });
    expect(await narrow.query('select employee_id as id from org.employees')).toEqual([mine]);
    expect(await narrow.query('select distinct employee_id as id from org.employee_org_history')).toEqual([mine]);
    const [made] = await hire(narrow, 'SC-3', top!.id);
    expect(await narrow.query('select count(*)::int as n from org.employees')).toEqual([{ n: 2 }]);
    expect(made!.id).toBeGreaterThan(0);
    await expect(hire(narrow, 'SC-4', other!.id)).rejects.toThrow(/row-level security/);
    expect(await narrow.query(`update org.employees set last_name = 'x' where personnel_number = 'SC-2' returning 1`)).toEqual([]);
    // Nor without a function: neither somebody of no place, nor of another's, and nobody whose first day is long over.
    const bare = (id: number) =>
      `insert into org.employees (employee_id, personnel_number, last_name, first_name, hire_date, created_at, updated_at)
       values (${id}, 'SC-${id}', 'L', 'F', '2024-01-01', now(), now())`;
    const place = (id: number, department: number) =>
      `insert into org.employee_org_history (employee_id, valid_from, department_id, stated, change_type, changed_by, created_at)
       values (${id}, '2024-01-01', ${department}, '{department_id}', 'hire', 'x', now())`;
    for (const as of [narrow, db.as({ 'qh.teams': '' }), db.as({ 'qh.cities': '["Nowhere"]' })])
      await expect(as.query(bare(9001))).rejects.toThrow(/row-level security policy for table "employees"/);
    await expect(narrow.query(`${place(9001, other!.id)}; ${bare(9001)}`)).rejects.toThrow(/policy for table "employee_org_history"/);
    await expect(narrow.query(place(9002, top!.id))).rejects.toThrow(/foreign key/);
    await narrow.query(`${place(9003, top!.id)}; ${bare(9003)}`);
    expect(await narrow.query('select personnel_number as n from org.employees where employee_id = 9003')).toEqual([{ n: 'SC-9003' }]);
    expect(await owner.query('select 1 from org.employees where employee_id in (9001, 9002)')).toEqual([]);
    expect(await db.as({ 'qh.teams': '' }).query('select 1 from org.employees')).toEqual([]);
    expect(await db.as({ 'qh.cities': '["Nowhere"]' }).query('select 1 from org.employees')).toEqual([]);
  });
});

describe('what SQL logins write', () => {
  test('stands in the audit row by row under their name, personal values left out; what the server writes stands there once', async () => {
    const [before] = await qh.test.owner.query<{ seq: number }>('select coalesce(max(seq), 0)::int as seq from platform.audit_log');
    const since = () =>
      qh.test.owner.query<{ who: string; operation: string; object: string; after: Record<string, unknown> | null }>(
        'select principal_kind || principal_id as who, operation, object, after from platform.audit_log where seq > $1 order by seq',
        [before!.seq],
      );
    await qh.test.api.query(`select * from api.create_queue('SUPPORT', 'AUDITED', 'Audited')`);
    const rows = await since();
    expect(rows.map(({ who, operation, object }) => [who, operation, object])).toEqual([['sqlqh_api', 'sql.insert', 'org.groups']]);
    expect(rows[0]!.after).toMatchObject({ service_id: 1, group_code: 'AUDITED' });
    await qh.test.api
      .transaction(async (tx) => {
        await tx.query(`select * from api.create_queue('SUPPORT', 'TAKEN_BACK', 'x')`);
        await tx.query('select 1/0');
      })
      .catch(() => {});
    expect(await since()).toHaveLength(1);
    expect((await qh.send('POST', '/api/v1/org/queues', { service: 'SUPPORT', queue: 'BY_REST' })).status).toBeLessThan(500);
    expect((await since()).filter(({ who }) => who.startsWith('sql'))).toHaveLength(1);
    expect(await qh.system.audit.verify()).toMatchObject({ is_intact: true });
  });
});
