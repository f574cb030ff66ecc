import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadRows } from './fixtures/small.ts';
import { jobDefinitions, operations } from '../src/app/catalogue.ts';
import { jobDoer } from '../src/platform/jobs/jobs.ts';
import { isWrite } from '../src/platform/audit/trail.ts';
import { addressOf } from '../src/platform/contract/client.ts';
import { pathInputs, type AnyOperation } from '../src/platform/contract/operation.ts';
import { openTestSystem, type TestSystem } from './system.ts';

/**
 * What narrowed keys write: nothing of another service, team or city, by whatever way in, and nothing that is everybody's. After each refusal
 * every row that there was is as it was.
 */

let qh: TestSystem;
const keys: Record<'service' | 'team' | 'city', string> = { service: '', team: '', city: '' };
const other = { batch: '', posted: '', key: '', user: '', session: '' };

beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  const make = async (limits: object) => (await qh.system.keys.create({ name: 'narrow', role: 'admin', created_by: 'test', ...limits })).key;
  keys.service = await make({ service_ids: [1] });
  // LINE-1, with Petrova and Keller; and a city in which nobody is.
  keys.team = await make({ team_ids: [3] });
  keys.city = await make({ cities: ['Nowhere'] });
  const sent = await upload(qh.adminKey, 'ingest/batches', { service: 'SALES' });
  expect(sent.status, JSON.stringify(sent.body)).toBe(202);
  other.batch = (sent.body as { batch_id: string }).batch_id;
  expect(await imported(other.batch)).toMatchObject({ status: 'completed', rows_inserted: 1 });
  const calls = [{ service_id: 2, interval_start_time: '2025-03-05T05:30:00Z', received_calls: 4, treated_calls: 4, miss_calls: 0 }];
  const posted = await qh.send('POST', '/api/v1/statistics/batch_insert_calls', { calls });
  other.posted = (posted.body as { batch_id: string }).batch_id;
  expect(other.posted, JSON.stringify(posted.body)).toBeTruthy();
  other.key = (await qh.system.keys.create({ name: 'free', role: 'admin', created_by: 'test' })).key_id;
  other.user = (await qh.test.db.transaction((tx) => qh.system.users.invite(tx, { login: 'free.person', role: 'viewer' }, 'test'))).user_id;
  const { principal } = await qh.system.sessions.open({ key: qh.adminKey }, { address: '192.0.2.1', userAgent: 'test' });
  other.session = principal.sessionId!;
});
afterAll(() => qh.close());

const load = 'Start time,Unique incoming,Non-unique incoming,Average talk time,Post-processing\n05.03.2025 10:00:00,5,6,120,30\n';
const activity =
  'Period,Agent code,Service,Login time,Ready time,Not ready time,Talk time,Hold time,Wrap time,Calls handled\n05.03.2025 09:00:00,A-1002,SUPPORT,900,900,0,0,0,0,0\n';
const employees = 'Personnel number,Last name,First name,Department,Hire date\n9100,New,One,CC,2024-05-01\n';

async function upload(key: string, to: string, fields: Record<string, string>, content = load, filename = 'load-30m.csv') {
  const parts = Object.entries(fields).map(([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  const file = `--x\r\ncontent-disposition: form-data; name="file"; filename="${filename}"\r\ncontent-type: text/csv\r\n\r\n${content}\r\n--x--\r\n`;
  const answer = await qh.app.inject({
    method: 'POST',
    url: `/api/v1/${to}`,
    headers: { 'x-api-key': key, 'content-type': 'multipart/form-data; boundary=x' },
    payload: parts.join('') + file,
  });
  return { status: answer.statusCode, body: answer.json() as unknown };
}

/** Runs the job that an upload sent, as a worker would. */
async function imported(batch: string) {
  const job = jobDefinitions.find(({ name }) => name === 'ingest.import_batch')!;
  const { db, log, config, jobs } = qh.system;
  await job.run({ batch_id: batch }, { db, log, config, jobs, signal: new AbortController().signal, doer: jobDoer(job.name) });
  return (await qh.get(`/api/v1/ingest/batches/${batch}`)).body as Record<string, unknown>;
}

/** Every row of the rooms, and the files that were kept. */
async function everything(): Promise<Record<string, unknown>> {
  const tables = await qh.test.owner.query<{ name: string }>(
    `select table_name as name from platform.row_scopes
     where table_name !~ '^platform[.](audit|idempotency|usage|slow|sign_in)|^quality[.](metric|statement|snapshots)|[.](touched_log|agent_touched_log|refresh_runs|refresh_log)$' order by 1`,
  );
  expect(tables.length).toBeGreaterThan(50);
  const hashes = tables.map(
    ({ name }) => `select '${name}' as name, md5(coalesce(string_agg(${shown(name)}, '|' order by t::text), '')) as hash from ${name} t`,
  );
  const rows = await qh.test.owner.query<{ name: string; hash: string }>(hashes.join(' union all '));
  const files = await readdir(path.join(qh.system.config.dataDir, 'uploads')).catch(() => []);
  return { ...Object.fromEntries(rows.map(({ name, hash }) => [name, hash])), files: files.toSorted((a, b) => (a < b ? -1 : 1)) };
}
/** When a key or session was last used is no change; nor is the beat of the schedule. */
const shown = (table: string) =>
  /^platform[.](api_keys|sessions)$/.test(table)
    ? `(to_jsonb(t) - 'last_used_at' - 'last_used_address' - 'last_seen_at' - 'use_count')::text`
    : table === 'marketplace.settings'
      ? `(to_jsonb(t) - 'ticked_at')::text`
      : 't::text';

type Attempt = [what: string, key: keyof typeof keys, (key: string) => Promise<{ status: number; body: unknown }>];
const send =
  (method: string, url: string, body?: unknown) =>
  (key: string): Promise<{ status: number; body: unknown }> =>
    qh.send(method, `/api/v1/${url}`, body, key);
const call = (more: object) => ({ interval_start_time: '2025-03-05T08:00:00Z', received_calls: 1, treated_calls: 1, miss_calls: 0, ...more });
const quarter = (more: object) => ({
  agent_code: 'A-1002',
  interval_start_time: '2025-03-05T08:00:00Z',
  login_seconds: 900,
  ready_seconds: 900,
  ...more,
});

const attempts: Attempt[] = [
  ['makes a service', 'service', send('POST', 'org/services', { service_code: 'MINE' })],
  ['changes another service', 'service', send('PATCH', 'org/services/2', { service_name: 'x' })],
  ['deletes another service', 'service', send('DELETE', 'statistics/services/2?confirm=SALES')],
  ['merges its own into another', 'service', send('POST', 'statistics/merge_services', { from: 'SUPPORT', into: 'SALES' })],
  ['merges another into its own', 'service', send('POST', 'statistics/merge_services', { from: 'SALES', into: 'SUPPORT' })],
  ['makes a queue of another service', 'service', send('POST', 'org/queues', { service: 'SALES', group_code: 'X' })],
  ['changes a queue of another service', 'service', send('PATCH', 'org/queues/3', { group_name: 'x' })],
  ['maps a source of another service', 'service', send('POST', 'org/sources/7/mappings', { group_id: 3, replace: true })],
  ['maps a source of another service to its own queue', 'service', send('POST', 'org/sources/7/mappings', { group_id: 1 })],
  ['maps its source to a queue of another service', 'service', send('POST', 'org/sources/2/mappings', { group_id: 3 })],
  ['removes a mapping of another service', 'service', send('DELETE', 'org/sources/7/mappings')],
  ['changes a source of another service', 'service', send('PATCH', 'org/sources/7', { stamp_meaning: 'end' })],
  ['posts calls of another service', 'service', send('POST', 'statistics/batch_insert_calls', { calls: [call({ service_id: 2 })] })],
  ['posts calls of both', 'service', send('POST', 'statistics/batch_insert_calls', { calls: [call({ service_id: 1 }), call({ service_id: 2 })] })],
  ['takes posted figures of another service back', 'service', (key) => send('DELETE', `statistics/posted_batches/${other.posted}`)(key)],
  ['posts what agents did for another service', 'service', send('POST', 'statistics/agent_activity', { rows: [quarter({ service: 'SALES' })] })],
  ['undoes an import of another service', 'service', (key) => send('DELETE', `ingest/batches/${other.batch}`)(key)],
  ['imports JSON into another service', 'service', send('POST', 'ingest/import_argus_format_data', { data: [], service_id: 2 })],
  ['sends a file of another service', 'service', (key) => upload(key, 'ingest/batches', { service: 'SALES' })],
  [
    'sends a file whose name tells another service',
    'service',
    (key) => upload(key, 'ingest/batches', {}, load, 'ОтчетВходящиеПроекты-SALES-30м.csv'),
  ],
  ['sends a file of a service that is not there', 'service', (key) => upload(key, 'ingest/batches', { service: 'BRAND NEW' })],
  ['sends employees', 'service', (key) => upload(key, 'ingest/batches', { layout: 'org_employees' }, employees)],
  ['sends employees, a team’s key', 'team', (key) => upload(key, 'ingest/batches', { layout: 'org_employees' }, employees)],
  ['sends employees in bulk', 'service', (key) => upload(key, 'db/database/bulk/import', { kind: 'org_employees' }, employees)],
  ['sends employees in bulk, a team’s key', 'team', (key) => upload(key, 'db/database/bulk/import', { kind: 'org_employees' }, employees)],
  ['sends what agents did', 'service', (key) => upload(key, 'ingest/batches', { layout: 'agent_activity' }, activity)],
  ['sends what agents did in bulk', 'service', (key) => upload(key, 'db/database/bulk/import', { kind: 'agent_activity' }, activity)],
  ['sends what agents did, a team’s key', 'team', (key) => upload(key, 'ingest/batches', { layout: 'agent_activity' }, activity)],
  ['sends rows of another service in bulk', 'service', (key) => upload(key, 'db/database/bulk/import', { kind: 'argus_load', service: 'SALES' })],
  [
    'sends rows in bulk whose file name tells another service',
    'service',
    (key) => upload(key, 'db/database/bulk/import', { kind: 'argus_load' }, load, 'ОтчетВходящиеПроекты-SALES-30м.csv'),
  ],
  ['sees a key that is not narrowed ended', 'service', (key) => send('DELETE', `admin/keys/${other.key}`)(key)],
  ['ends the session of somebody else', 'service', (key) => send('DELETE', `admin/sessions/${other.session}`)(key)],
  ['widens a person', 'service', (key) => send('PATCH', `admin/users/${other.user}`, { role: 'admin' })(key)],
  ['makes a link to sign in as somebody who sees more', 'service', (key) => send('POST', `admin/users/${other.user}/reset`, {})(key)],
  ['moves its own department elsewhere', 'team', send('POST', 'org/departments/3/move', { parent: 'BACK' })],
  ['moves another department below its own', 'team', send('POST', 'org/departments/4/move', { parent: 'LINE-1' })],
  ['changes a department of another city', 'city', send('PATCH', 'org/departments/3', { department_name: 'x' })],
  ['hires into another team', 'team', send('POST', 'org/employees', person({ department: 'LINE-2' }))],
  ['hires into the department above', 'team', send('POST', 'org/employees', person({ department: 'CC' }))],
  ['changes somebody of another team', 'team', send('PATCH', 'org/employees/3', { last_name: 'x' })],
  ['moves somebody of another team to its own', 'team', send('POST', 'org/employees/3/move', { valid_from: '2025-03-05', department: 'LINE-1' })],
  ['moves its own to another team', 'team', send('POST', 'org/employees/4/move', { valid_from: '2025-03-05', department: 'LINE-2' })],
  ['dismisses somebody of another team', 'team', send('POST', 'org/employees/3/dismiss', { leave_date: '2025-03-05' })],
  ['changes another department', 'team', send('PATCH', 'org/departments/4', { department_name: 'x' })],
  ['deletes another department', 'team', send('DELETE', 'org/departments/5')],
  ['makes a department beside its own', 'team', send('POST', 'org/departments', { department_code: 'X', department_name: 'X', parent: 'CC' })],
  [
    'names a deputy, who would have the rights of a manager that may see more',
    'team',
    send('POST', 'org/deputies', { department: 'LINE-1', employee: '1004', start_date: '2025-05-01', end_date: '2025-05-02' }),
  ],
  [
    'posts what an agent of another team did',
    'team',
    send('POST', 'statistics/agent_activity', { rows: [quarter({ agent_code: 'A-1003', service: 'SUPPORT' })] }),
  ],
  ['hires where it sees nobody', 'city', send('POST', 'org/employees', person({ department: 'LINE-1', site: 'HQ' }))],
  ['changes somebody of another city', 'city', send('PATCH', 'org/employees/2', { last_name: 'x' })],
  ['changes a place of another city', 'city', send('PATCH', 'org/sites/1', { site_name: 'x' })],
  ['makes a place in another city', 'city', send('POST', 'org/sites', { site_code: 'X', site_name: 'X', time_zone: 'UTC', city: 'Berlin' })],
  ['erases somebody', 'team', send('POST', 'admin/people/erase', { employee_id: 3, confirm: 'erase' })],
];

function person(more: object) {
  return { personnel_number: '9200', last_name: 'New', first_name: 'One', hire_date: '2025-03-01', ...more };
}

describe('a narrowed key', () => {
  test.each(attempts)('%s (%s): refused, and nothing is changed', async (_what, kind, attempt) => {
    const before = await everything();
    const { status, body } = await attempt(keys[kind]);
    // Rows of a posted list are refused one by one; the answer says so of each.
    const isRefused = status >= 400 && status < 500;
    const isRefusedByRow = status < 300 && (body as { inserted_count?: number }).inserted_count === 0 && JSON.stringify(body).includes('"error');
    expect(isRefused || isRefusedByRow, `${status} ${JSON.stringify(body)}`).toBe(true);
    const after = await everything();
    // A list of which every row was refused leaves the note that it came, of its caller's own.
    const noted = isRefusedByRow ? { 'statistics.posted_batches': null } : {};
    expect({ ...after, ...noted }).toEqual({ ...before, ...noted });
  });

  test('is told why it sends no file of agents, whose rows are of several services', async () => {
    for (const [to, fields] of [
      ['ingest/batches', { layout: 'agent_activity' }],
      ['db/database/bulk/import', { kind: 'agent_activity' }],
    ] as const) {
      const { status, body } = await upload(keys.service, to, fields, activity);
      expect([status, body]).toMatchObject([403, { detail: expect.stringContaining('of no one service'), hint: expect.stringContaining('posted') }]);
    }
  });

  test.each(['service', 'team', 'city'] as const)('by %s sends a file that only turns out to be of agents: the import refuses it', async (kind) => {
    const sent = await upload(keys[kind], 'ingest/batches', { service: 'SUPPORT' }, activity, 'activity.csv');
    expect(sent.status, JSON.stringify(sent.body)).toBe(202);
    expect(await imported((sent.body as { batch_id: string }).batch_id)).toMatchObject({ status: 'failed', rows_inserted: 0 });
  });

  test('by service and team posts what its agents did for its service; what is of another service or team is refused', async () => {
    const limits = { service_ids: [1], team_ids: [3] };
    const { key } = await qh.system.keys.create({ name: 'both', role: 'admin', created_by: 'test', ...limits });
    const stored = () =>
      qh.test.owner.query(
        `select a.agent_code, f.service_id, f.handled from statistics.agent_activity f join org.agents a using (agent_id)
         where f.interval_start_time >= '2025-03-06' and f.interval_start_time < '2025-03-07'`,
      );
    const row = (more: object) => quarter({ interval_start_time: '2025-03-06T08:00:00Z', handled: 3, ...more });
    const post = (...rows: object[]) => send('POST', 'statistics/agent_activity', { rows })(key);
    // A list that names a service which is not theirs is not taken in part.
    expect(await post(row({ service: 'SUPPORT' }), row({ service: 'SALES', interval_start_time: '2025-03-06T08:15:00Z' }))).toMatchObject({
      status: 404,
      body: { detail: 'There is no service SALES.', hint: expect.stringContaining('that you may see') },
    });
    expect(await stored()).toEqual([]);
    const { status, body } = await post(row({ service: 'SUPPORT' }), row({ service: 'SUPPORT', agent_code: 'A-1003' }));
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({
      inserted_count: 1,
      error_count: 1,
      errors: [{ row_number: 2, error_code: 'AGENT_UNKNOWN', hint: expect.any(String) }],
    });
    expect(await stored()).toEqual([{ agent_code: 'A-1002', service_id: 1, handled: 3 }]);
  });

  test.each(['service', 'team', 'city'] as const)('by %s sends a file that only turns out to be of people: the import refuses it', async (kind) => {
    const sent = await upload(keys[kind], 'ingest/batches', { service: 'SUPPORT' }, employees, 'people.csv');
    expect(sent.status, JSON.stringify(sent.body)).toBe(202);
    expect(await imported((sent.body as { batch_id: string }).batch_id)).toMatchObject({ status: 'failed', rows_inserted: 0 });
    expect(await qh.test.owner.query(`select from org.employees where personnel_number = '9100'`)).toEqual([]);
  });

  test('gives its department no other manager while somebody stands in for that one, whose rights they would get', async () => {
    const [day, lead] = ['2999-01-01', { manager: '1004' }];
    const made = await qh.send('POST', '/api/v1/org/deputies', { department: 'LINE-1', employee: '1004', start_date: day, end_date: day });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const before = await everything();
    expect((await send('PATCH', 'org/departments/3', lead)(keys.team)).status).toBe(403);
    expect(await everything()).toEqual(before);
    const ended = await send('POST', `org/deputies/${(made.body as { deputy_id: number }).deputy_id}/end`, {})(keys.team);
    expect(ended.status, JSON.stringify(ended.body)).toBeLessThan(300);
    expect((await send('PATCH', 'org/departments/3', lead)(keys.team)).status).toBe(200);
    expect((await qh.send('PATCH', '/api/v1/org/departments/3', { manager: '1002' })).status).toBe(200);
  });

  test('writes its own: the same ways in are open', async () => {
    const done = async (what: Promise<{ status: number; body: unknown }>) => {
      const { status, body } = await what;
      expect(status, JSON.stringify(body)).toBeLessThan(300);
    };
    await done(send('PATCH', 'org/services/1', { description: 'x' })(keys.service));
    await done(send('POST', 'org/queues', { service: 'SUPPORT', group_code: 'OWN' })(keys.service));
    await done(send('POST', 'org/sources/4/mappings', { group_id: 1 })(keys.service));
    await done(send('POST', 'statistics/batch_insert_calls', { calls: [call({ service_id: 1 })] })(keys.service));
    await done(upload(keys.service, 'ingest/batches', { service: 'SUPPORT' }));
    await done(upload(keys.service, 'db/database/bulk/import', { kind: 'argus_load', service: 'SUPPORT' }));
    await done(send('POST', 'org/employees', person({ department: 'LINE-1' }))(keys.team));
    await done(send('PATCH', 'org/employees/4', { middle_name: 'x' })(keys.team));
    await done(send('POST', 'org/departments', { department_code: 'BELOW', department_name: 'Below', parent: 'LINE-1' })(keys.team));
    await done(send('POST', 'org/sites', { site_code: 'N', site_name: 'N', time_zone: 'UTC', city: 'Nowhere' })(keys.city));
  });
});

describe('every write', () => {
  const writes = operations.filter((operation) => isWrite(operation) && operation.scope !== null && operation.scope !== 'self');
  const whole = writes.filter(({ changesAll }) => changesAll === true);
  /** Writes whose rows say whose they are; each is tried above or by its ids below. */
  const narrowed = writes.filter(({ changesAll }) => changesAll !== true);

  test('of what is everybody’s is refused to whoever is narrowed', async () => {
    expect(whole.length).toBeGreaterThan(15);
    for (const key of Object.values(keys)) {
      const before = await everything();
      for (const operation of whole) {
        const input = operation.examples[0]!.input as Record<string, unknown>;
        const { status } = await qh.send(operation.method, addressOf(operation, input), bodyOf(operation, input), key);
        expect(status, operation.name).toBe(403);
      }
      expect(await everything()).toEqual(before);
    }
  });

  test('of somebody else’s, by its id, is refused or not there', async () => {
    const foreign: Record<keyof typeof keys, Record<string, unknown>> = {
      service: { service_id: 2, group_id: 3, source_id: 7, batch_id: other.batch },
      team: { employee_id: 3, department_id: 5, history_id: 999_999, deputy_id: 1 },
      city: { employee_id: 2, site_id: 1, department_id: 3, history_id: 999_999 },
    };
    let tried = 0;
    for (const kind of ['service', 'team', 'city'] as const)
      for (const operation of narrowed) {
        const inPath = pathInputs(operation);
        if (inPath.length === 0 || !inPath.every((name) => name in foreign[kind])) continue;
        const before = await everything();
        const input = { ...(operation.examples[0]!.input as object), ...Object.fromEntries(inPath.map((name) => [name, foreign[kind][name]])) };
        const { status, body } = await qh.send(operation.method, addressOf(operation, input), bodyOf(operation, input), keys[kind]);
        expect([403, 404], `${operation.name} as ${kind}: ${status} ${JSON.stringify(body)}`).toContain(status);
        expect(await everything(), operation.name).toEqual(before);
        tried++;
      }
    expect(tried).toBeGreaterThan(20);
  });
});

function bodyOf(operation: AnyOperation, input: Record<string, unknown>) {
  const inPath = pathInputs(operation);
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.includes(name)));
  return operation.method === 'DELETE' ? undefined : rest;
}

test('a list of rows that another service’s batch would be part of is not taken in part', async () => {
  const batch = await loadRows(qh.test, [
    { service_id: 1, source_id: 2, interval_start_time: '2025-03-07T08:00Z', interval_minutes: 15, offered: 1 },
    { service_id: 2, source_id: 7, interval_start_time: '2025-03-07T08:00Z', interval_minutes: 15, offered: 1 },
  ]);
  await qh.test.owner.query(
    `insert into statistics.posted_batches (batch_id, source, posted_at, rows_total, rows_inserted, rows_updated, rows_unchanged, rows_rejected, service_ids)
     values ($1, 'both', now(), 2, 2, 0, 0, 0, '{1,2}')`,
    [batch],
  );
  expect((await qh.send('DELETE', `/api/v1/statistics/posted_batches/${batch}`, undefined, keys.service)).status).toBe(404);
});
