import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';

/**
 * Who stands in for others has, besides their own, what each of these may do on what these may see; nobody's role on another's services or
 * departments. The deputy Petrova is an analyst (personal data masked) of SUPPORT (service 1) and LINE-1 (department 3, with herself and
 * Keller). Away are
 *   the head of LINE-2 (4, with Sidorov and the head), a planner of SALES (2) and LINE-2, on days 1 and 2;
 *   the head of BACK (5, with the head alone), a supervisor whom nothing narrows, on days 2 and 3.
 */

let qh: TestSystem;
const password = 'four words of mine';
const users: Record<string, string> = {};
const dayMs = 86_400_000;
/** Noon of a day from now on, and its date. */
const noon = (day: number): Date => new Date(Math.floor(Date.now() / dayMs) * dayMs + day * dayMs + dayMs / 2);
const date = (day: number): string => noon(day).toISOString().slice(0, 10);

async function admin(method: string, path: string, body: object, status: number): Promise<Record<string, unknown>> {
  const answer = await qh.send(method, `/api/v1/${path}`, body);
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(status);
  return answer.body as Record<string, unknown>;
}

async function join(login: string, rights: object): Promise<string> {
  const { user_id, token } = (await admin('POST', 'admin/users', { login, ...rights }, 201)) as { user_id: string; token: string };
  await qh.send('POST', '/api/v1/admin/invitations/accept', { token, password }, null);
  return (users[login] = user_id);
}

const activity = (agent_code: string, service: string, hour: number) => ({
  agent_code,
  service,
  interval_start_time: `2025-03-10T${String(hour).padStart(2, '0')}:00:00Z`,
  login_seconds: 900,
  ready_seconds: 900,
});

beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  await admin('PATCH', 'org/employees/2', { user_id: await join('deputy', { role: 'analyst', service_ids: [1], team_ids: [3] }) }, 200);
  const person = { first_name: 'X', hire_date: '2020-01-01' };
  const lead = await join('lead', { role: 'planner', service_ids: [2], team_ids: [4] });
  await admin('POST', 'org/employees', { ...person, personnel_number: '8001', last_name: 'Lead', department: 'LINE-2', user_id: lead }, 201);
  const back = await join('back', { role: 'supervisor' });
  await admin('POST', 'org/employees', { ...person, personnel_number: '8002', last_name: 'Back', department: 'BACK', user_id: back }, 201);
  await admin('PATCH', 'org/departments/4', { manager: '8001' }, 200);
  await admin('PATCH', 'org/departments/5', { manager: '8002' }, 200);
  for (const id of [2, 3, 4]) await admin('PATCH', `org/employees/${id}`, { phone: `+49 30 555010${id}` }, 200);
  await admin('POST', 'org/deputies', { department: 'LINE-2', employee: '1002', start_date: date(1), end_date: date(2) }, 201);
  await admin('POST', 'org/deputies', { department: 'BACK', employee: '1002', start_date: date(2), end_date: date(3) }, 201);
  // Each agent on each service: who mixes the pairs sees A-1003 on SUPPORT, or A-1004 on SALES.
  const rows = ['A-1003', 'A-1004'].flatMap((agent) => [activity(agent, 'SUPPORT', 8), activity(agent, 'SALES', 9)]);
  expect(await admin('POST', 'statistics/agent_activity', { rows }, 200)).toMatchObject({ inserted_count: 4 });
});
afterAll(() => qh.close());

/** The deputy as they are on a day. */
async function on(day: number, login = 'deputy') {
  qh.test.setNow(noon(day));
  qh.system.users.forget();
  qh.system.sessions.forget();
  const session = await qh.app.inject({ method: 'POST', url: '/api/v1/admin/session', payload: { login, password } });
  expect(session.statusCode, session.body).toBe(200);
  const headers = { cookie: String(session.headers['set-cookie']).split(';')[0]!, 'sec-fetch-site': 'same-origin' };
  const ask = async (method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object) => {
    const answer = await qh.app.inject({ method, url: `/api/v1/${path}`, headers, ...(payload === undefined ? {} : { payload }) });
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
  };
  const list = async (path: string) => {
    const { status, body } = await ask('GET', path);
    expect(status, `${path} ${JSON.stringify(body)}`).toBe(200);
    return body.items as Record<string, unknown>[];
  };
  return { ask, list, me: session.json<Record<string, unknown>>() };
}
type Caller = Awaited<ReturnType<typeof on>>;

const codes = async ({ list }: Caller, path: string, field: string) =>
  (await list(path)).map((item) => String(item[field])).toSorted((a, b) => (a < b ? -1 : 1));
const people = (caller: Caller) => codes(caller, 'org/employees?active_on=2025-03-10&limit=100', 'personnel_number');
const services = (caller: Caller) => codes(caller, 'org/services', 'service_code');
const phones = async ({ list }: Caller) =>
  Object.fromEntries((await list('org/employees?limit=100')).filter(({ phone }) => phone !== null).map((row) => [row.personnel_number, row.phone]));
/** Which agent is seen on which service. */
async function pairs(caller: Caller): Promise<string[]> {
  const found: string[] = [];
  for (const service of await services(caller)) {
    const rows = `statistics/agent_activity?service=${service}&by=agent&interval_minutes=0&start_time=2025-03-10T00:00Z&end_time=2025-03-11T00:00Z`;
    for (const agent of await codes(caller, rows, 'scope_code')) found.push(`${agent} ${service}`);
  }
  return found;
}
/** The status of each write; 0 is written here for “done”. */
async function writes({ ask }: Caller) {
  const status = async (method: 'POST' | 'PATCH', path: string, body: object) => {
    const answer = await ask(method, path, body);
    return answer.status < 300 ? 0 : answer.status;
  };
  return {
    'person of LINE-1': await status('PATCH', 'org/employees/4', { middle_name: 'x' }),
    'person of LINE-2': await status('PATCH', 'org/employees/3', { middle_name: 'x' }),
    'person of BACK': await status('PATCH', 'org/employees/7', { middle_name: 'x' }),
    'person of CC': await status('PATCH', 'org/employees/1', { middle_name: 'x' }),
    'queue of SUPPORT': await status('PATCH', 'org/queues/1', { description: 'x' }),
    'queue of SALES': await status('PATCH', 'org/queues/3', { description: 'x' }),
    'what is everybody’s': await status('POST', 'org/positions', { position_code: 'X', position_name: 'X' }),
  };
}
const nothing = Object.fromEntries(
  ['person of LINE-1', 'person of LINE-2', 'person of BACK', 'person of CC', 'queue of SUPPORT', 'queue of SALES', 'what is everybody’s'].map(
    (what) => [what, 403],
  ),
);

describe('a deputy', () => {
  test.each([
    ['before the first day', 0],
    ['after the last', 4],
  ])('has %s their own alone', async (_when, day) => {
    const caller = await on(day);
    expect(caller.me).toMatchObject({ role: 'analyst', service_ids: [1], team_ids: [3] });
    expect(await people(caller)).toEqual(['1002', '1004']);
    expect(await services(caller)).toEqual(['SUPPORT']);
    expect(await pairs(caller)).toEqual(['A-1004 SUPPORT']);
    expect(await phones(caller)).toEqual({ '1002': '***02', '1004': '***04' });
    expect(await writes(caller)).toEqual(nothing);
  });

  test('has on the first day also what the absent may do, on what the absent may see, and mixes neither', async () => {
    const caller = await on(1);
    expect(caller.me).toMatchObject({ role: 'analyst', service_ids: [1, 2], team_ids: [3, 4] });
    expect(await people(caller)).toEqual(['1002', '1003', '1004', '8001']);
    expect(await services(caller)).toEqual(['SALES', 'SUPPORT']);
    expect(await pairs(caller)).toEqual(['A-1003 SALES', 'A-1004 SUPPORT']);
    // Whole where the absent sees it so, masked as ever where they themselves do not.
    expect(await phones(caller)).toEqual({ '1002': '***02', '1003': '+49 30 5550103', '1004': '***04' });
    expect(await writes(caller)).toEqual({
      ...nothing,
      'person of LINE-1': 404,
      'person of BACK': 404,
      'person of CC': 404,
      'person of LINE-2': 0,
      'queue of SUPPORT': 404,
      'queue of SALES': 0,
    });
  });

  test('of two at once has the three pairs apart', async () => {
    const caller = await on(2);
    expect(await people(caller)).toEqual(['1002', '1003', '1004', '8001', '8002']);
    expect(await services(caller)).toEqual(['SALES', 'SUPPORT']);
    // The head of BACK sees every service, but of people nobody else.
    expect(await pairs(caller)).toEqual(['A-1003 SALES', 'A-1004 SUPPORT']);
    expect((await phones(caller))['1004']).toBe('***04');
    expect((await phones(caller))['1003']).toBe('+49 30 5550103');
    expect(await writes(caller)).toMatchObject({
      'person of LINE-1': 404,
      'person of LINE-2': 0,
      'person of BACK': 404,
      'queue of SUPPORT': 404,
      'queue of SALES': 0,
    });
  });

  test('has after the first of them the other alone', async () => {
    const caller = await on(3);
    expect(await people(caller)).toEqual(['1002', '1004', '8002']);
    expect(await services(caller)).toEqual(['SALES', 'SUPPORT']);
    expect(await pairs(caller)).toEqual(['A-1004 SUPPORT']);
    expect(await writes(caller)).toEqual(nothing);
  });

  test('never sees more than the three together do, nor less than they do themselves', async () => {
    qh.test.setNow(null);
    for (const day of [0, 1, 2, 3, 4]) {
      const [own, lead, back] = [await pairs(await on(0)), await pairs(await on(day, 'lead')), await pairs(await on(day, 'back'))];
      const seen = await pairs(await on(day));
      expect(seen).toEqual(expect.arrayContaining(own));
      expect([...own, ...lead, ...back]).toEqual(expect.arrayContaining(seen));
    }
  });

  test('reads tables by the same pairs, also as a file', async () => {
    const caller = await on(1);
    const rows = await caller.list(
      'db/database/tables/agent_activity?limit=1000&filter=' + encodeURIComponent('interval_start_time ge 2025-03-10T00:00:00Z'),
    );
    expect(rows.map(({ agent_id, service_id }) => `${String(agent_id)} ${String(service_id)}`).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      '2 2',
      '3 1',
    ]);
    const { status, body } = await caller.ask('POST', 'db/database/bulk/export', { operation: 'org.employees', format: 'csv' });
    expect(status, JSON.stringify(body)).toBe(202);
    const [order] = await qh.test.owner.query<{ caller: Record<string, string> }>('select caller from database.exports where export_id = $1', [
      body.export_id,
    ]);
    expect(order!.caller).toMatchObject({ 'qh.services': '1,2', 'qh.teams': '3,4', 'qh.personal': '', 'qh.personal_teams': '4' });
    expect(JSON.parse(order!.caller['qh.pairs']!)).toEqual([
      { services: [1], teams: [3] },
      { services: [2], teams: [4] },
    ]);
  });

  test('cannot give on what is lent, nor take administration over', async () => {
    const scopes = (await qh.get('/api/v1/admin/roles')).body as { role: string; scopes: string[] }[];
    const of = (role: string) => scopes.find((one) => one.role === role)!.scopes;
    await admin('PATCH', 'admin/roles/analyst', { scopes: [...of('analyst'), 'admin:write'] }, 200);
    await admin('PATCH', 'admin/roles/planner', { scopes: [...of('planner'), 'admin:read', 'admin:write'] }, 200);
    qh.system.roles.forget();
    try {
      const { ask, me } = await on(1);
      const key = (rights: object) => ask('POST', 'admin/keys', { name: 'x', ...rights });
      expect((await key({ role: 'planner', service_ids: [1], team_ids: [3] })).status).toBe(403);
      // Of what is not theirs they know nothing here: only their own rights allow it to make keys.
      expect((await key({ role: 'analyst', service_ids: [2], team_ids: [4] })).status).toBe(404);
      expect((await key({ role: 'analyst', service_ids: [1], team_ids: [4] })).status).toBe(403);
      expect((await key({ role: 'analyst', service_ids: [1], team_ids: [3] })).status).toBe(201);
      expect(me.scopes).not.toContain('admin:read');
      expect((await ask('GET', 'admin/users')).status).toBe(403);
    } finally {
      for (const role of ['analyst', 'planner']) await admin('PATCH', `admin/roles/${role}`, { scopes: of(role) }, 200);
      qh.system.roles.forget();
    }
  });
});

describe('of whom less is lent', () => {
  const seenWhile = async (rights: object) => {
    await admin('PATCH', `admin/users/${users.lead}`, rights, 200);
    return on(1);
  };

  test('an administrator lends no role: the deputy does with those people what they may do themselves', async () => {
    const caller = await seenWhile({ role: 'admin', service_ids: null, team_ids: null });
    expect(await people(caller)).toEqual(['1002', '1003', '1004', '8001']);
    expect(await services(caller)).toEqual(['SUPPORT']);
    expect(await phones(caller)).toEqual({ '1002': '***02', '1003': '***03', '1004': '***04' });
    expect(await writes(caller)).toEqual(nothing);
  });

  test('who sees services alone lends those, and nobody', async () => {
    const caller = await seenWhile({ role: 'planner', service_ids: [2], team_ids: null });
    expect(await people(caller)).toEqual(['1002', '1004']);
    expect(await services(caller)).toEqual(['SALES', 'SUPPORT']);
  });

  test('who sees other departments lends nobody of the one that they lead', async () => {
    const caller = await seenWhile({ role: 'planner', service_ids: [2], team_ids: [5] });
    expect(await people(caller)).toEqual(['1002', '1004']);
    // Of a department above, the one that they lead.
    expect(await people(await seenWhile({ role: 'planner', service_ids: [2], team_ids: [1] }))).toEqual(['1002', '1003', '1004', '8001']);
  });

  test('who may no longer sign in lends nothing', async () => {
    const caller = await seenWhile({ is_disabled: true });
    expect(await people(caller)).toEqual(['1002', '1004']);
    expect(await services(caller)).toEqual(['SUPPORT']);
  });
});

test('nothing is taken from who has more of their own', async () => {
  await admin('PATCH', `admin/users/${users.lead}`, { is_disabled: false, role: 'viewer', service_ids: [2], team_ids: [4] }, 200);
  await admin('PATCH', `admin/users/${users.deputy}`, { role: 'planner', service_ids: null, team_ids: null }, 200);
  const caller = await on(1);
  expect(caller.me).toMatchObject({ role: 'planner', service_ids: null, team_ids: null });
  expect(await people(caller)).toEqual(['1001', '1002', '1003', '1004', '8001', '8002']);
  expect((await phones(caller))['1003']).toBe('+49 30 5550103');
  expect(await writes(caller)).toEqual({ ...Object.fromEntries(Object.keys(nothing).map((what) => [what, 0])) });
  // Personal data of their own people stay whole while they stand in for somebody who sees none.
  await admin('PATCH', `admin/users/${users.deputy}`, { role: 'supervisor', service_ids: [1], team_ids: [3] }, 200);
  await admin('PATCH', `admin/users/${users.lead}`, { role: 'analyst' }, 200);
  expect(await phones(await on(1))).toMatchObject({ '1003': '***03', '1004': '+49 30 5550104' });
});
