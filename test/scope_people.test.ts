import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withLogin } from '../src/platform/db/url.ts';
import { openTestSystem, type TestSystem } from './system.ts';

/**
 * People are of no service: who is narrowed to services sees and changes nobody, until departments are given too. Of the five employees
 * LINE-1 (department 3) has 2 Petrova and 4 Keller, with the agents A-1002 and A-1004.
 */

let qh: TestSystem;
const keys = { service: '', serviceAndTeam: '', team: '', all: '' };
const logins = { service: `people_service_${process.pid}`, serviceAndTeam: `people_both_${process.pid}`, team: `people_team_${process.pid}` };

async function asSuperuser(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const text of statements) await client.query(text);
  await client.end();
}

beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  const make = async (limits: object) => (await qh.system.keys.create({ name: 'narrow', role: 'admin', created_by: 'test', ...limits })).key;
  keys.service = await make({ service_ids: [1] });
  keys.serviceAndTeam = await make({ service_ids: [1], team_ids: [3] });
  keys.team = await make({ team_ids: [3] });
  keys.all = qh.adminKey;
  await asSuperuser(
    qh.test.url('superuser'),
    ...Object.values(logins).map((login) => `create role ${login} login password 'long enough' in role qh_api`),
    `insert into platform.sql_logins (login, service_ids, team_ids)
     values ('${logins.service}', '{1}', null), ('${logins.serviceAndTeam}', '{1}', '{3}'), ('${logins.team}', null, '{3}')`,
  );
});
afterAll(async () => {
  const cluster = qh.test.url('superuser').replace(/\/[^/?]+(\?|$)/, '/postgres$1');
  await qh.close();
  await asSuperuser(cluster, ...Object.values(logins).map((login) => `drop role ${login}`));
});

const ascending = (one: string, other: string) => (one < other ? -1 : 1);
const list = async (path: string, key: string) => {
  const { status, body } = await qh.get(`/api/v1/${path}`, key);
  expect(status, `${path} ${JSON.stringify(body)}`).toBe(200);
  return (body as { items: Record<string, unknown>[] }).items;
};
const numbers = async (key: string) =>
  (await list('org/employees?limit=100', key)).map(({ personnel_number }) => String(personnel_number)).toSorted(ascending);

async function session<T extends object>(login: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: withLogin(qh.test.url('superuser'), { user: login, password: 'long enough' }) });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('over HTTP', () => {
  test('a key of one service sees nobody; with a department its people; a key of the department the same', async () => {
    expect(await numbers(keys.all)).toEqual(['1001', '1002', '1003', '1004', '1005']);
    expect(await numbers(keys.service)).toEqual([]);
    expect(await numbers(keys.serviceAndTeam)).toEqual(['1002', '1004']);
    expect(await numbers(keys.team)).toEqual(['1002', '1004']);
    for (const path of ['org/employees/2', 'org/employees/2/history']) {
      expect((await qh.get(`/api/v1/${path}`, keys.service)).status, path).toBe(404);
      expect((await qh.get(`/api/v1/${path}`, keys.serviceAndTeam)).status, path).toBe(200);
    }
    const listed = JSON.stringify(await list('db/database/tables/employees?limit=10', keys.service));
    expect(listed).toBe('[]');
  });

  test('its figures are those of its service as before; those of agents are people’s', async () => {
    expect((await list('statistics/intervals?service=SUPPORT&start_time=2025-03-03&end_time=2025-03-04', keys.service)).length).toBeGreaterThan(0);
    const activity = 'statistics/agent_activity?by=agent&start_time=2025-03-03&end_time=2025-03-04&interval_minutes=0';
    const agents = async (key: string) => (await list(activity, key)).map(({ scope_code }) => String(scope_code)).toSorted(ascending);
    expect(await agents(keys.all)).toEqual(['A-1002', 'A-1003', 'A-1004']);
    expect(await agents(keys.service)).toEqual([]);
    expect(await agents(keys.serviceAndTeam)).toEqual(['A-1002', 'A-1004']);
  });

  test('nor does it write anybody: neither hire, change, move nor dismiss, nor deputise, nor change a department', async () => {
    const before = await qh.test.owner.query(
      'select e.*, h.* from org.employees e join org.employee_org_history h using (employee_id) order by h.history_id',
    );
    const person = { personnel_number: '9300', last_name: 'New', first_name: 'One', hire_date: '2025-03-01', department: 'LINE-1' };
    const attempts: [string, string, object][] = [
      ['POST', 'org/employees', person],
      ['PATCH', 'org/employees/4', { last_name: 'x' }],
      ['POST', 'org/employees/4/move', { valid_from: '2025-03-05', department: 'LINE-2' }],
      ['POST', 'org/employees/4/dismiss', { leave_date: '2025-03-05' }],
      ['POST', 'org/deputies', { department: 'LINE-2', employee: '1002', start_date: '2025-05-01', end_date: '2025-05-02' }],
      ['PATCH', 'org/departments/3', { department_name: 'x' }],
      ['POST', 'org/departments', { department_code: 'X', department_name: 'X', parent: 'CC' }],
    ];
    for (const [method, path, body] of attempts) {
      const { status, body: answer } = await qh.send(method, `/api/v1/${path}`, body, keys.service);
      expect([403, 404], `${method} ${path}: ${status} ${JSON.stringify(answer)}`).toContain(status);
    }
    expect(
      await qh.test.owner.query('select e.*, h.* from org.employees e join org.employee_org_history h using (employee_id) order by h.history_id'),
    ).toEqual(before);
    // With the department it may: the first of them, and no more than that department.
    expect((await qh.send('POST', '/api/v1/org/employees', person, keys.serviceAndTeam)).status).toBe(201);
    expect(
      (await qh.send('POST', '/api/v1/org/employees', { ...person, personnel_number: '9301', department: 'LINE-2' }, keys.serviceAndTeam)).status,
    ).toBe(403);
  });

  test('agents’ figures for its own service are written for its own people alone', async () => {
    const rows = [{ agent_code: 'A-1004', service: 'SUPPORT', interval_start_time: '2025-03-06T08:00:00Z', login_seconds: 900, ready_seconds: 900 }];
    const post = async (key: string) =>
      (await qh.send('POST', '/api/v1/statistics/agent_activity', { rows }, key)).body as { inserted_count: number };
    expect(await post(keys.service)).toMatchObject({ inserted_count: 0 });
    expect(await post(keys.serviceAndTeam)).toMatchObject({ inserted_count: 1 });
  });
});

describe('a SQL login', () => {
  const count = async (login: string, from: string) => Number((await session<{ n: string }>(login, `select count(*) as n from ${from}`))[0]!.n);

  test('of one service finds nobody in any view or function; with a department its people', async () => {
    for (const from of ['api.employees', 'api.agents', 'api.employee_org_history', 'api.agent_activity', 'api.list_employees()']) {
      expect(await count(logins.service, from), from).toBe(0);
      expect(await count(logins.serviceAndTeam, from), from).toBeGreaterThan(0);
      expect(await count(logins.serviceAndTeam, from), from).toBe(await count(logins.team, from));
    }
    expect(await count(logins.service, 'api.contact_statistics')).toBeGreaterThan(0);
  });

  test('of one service writes nobody by a function either', async () => {
    await expect(session(logins.service, `select * from api.create_employee('9400', 'New', 'One', '2025-01-01', 'LINE-1')`)).rejects.toThrow(
      /row-level security/,
    );
    await expect(session(logins.service, `select * from api.update_employee(4, p_last_name => 'x')`)).rejects.toMatchObject({ code: 'QH404' });
    expect(await session(logins.serviceAndTeam, `select * from api.create_employee('9400', 'New', 'One', '2025-01-01', 'LINE-1')`)).toHaveLength(1);
  });
});
