import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { jobDefinitions } from '../../app/catalogue.ts';
import { jobDoer } from '../../platform/jobs/jobs.ts';

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
});
afterAll(() => qh.close());

type Item = Record<string, unknown>;
const password = 'four words of mine';
const items = async (url: string) => ((await qh.get(url)).body as { items: Item[] }).items;
const trace = (operation: string) => items(`/api/v1/admin/audit?operation=${operation}`);

async function invite(login: string, role: string) {
  const { body } = await qh.send('POST', '/api/v1/admin/users', { login, role, display_name: `Person ${login}`, email: `${login}@example.com` });
  const { user_id, token } = body as { user_id: string; token: string };
  return { user_id, token };
}

async function signIn(login: string, word = password) {
  const answer = await qh.app.inject({ method: 'POST', url: '/api/v1/admin/session', payload: { login, password: word } });
  return { status: answer.statusCode, body: answer.json() as Item, cookie: String(answer.headers['set-cookie']).split(';')[0]! };
}

const withCookie = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, cookie: string, payload?: object) => {
  const answer = await qh.app.inject({
    method,
    url,
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.body === '' ? null : (answer.json() as Item) };
};

describe('a person', () => {
  test('is invited, sets a password, signs in, is seen, changes it, signs out', async () => {
    const { token, user_id } = await invite('anna', 'SUPERVISOR');
    expect((await signIn('anna')).status).toBe(401);
    expect((await qh.send('POST', '/api/v1/admin/invitations/show', { token }, null)).body).toMatchObject({
      login: 'anna',
      display_name: 'Person anna',
      purpose: 'invitation',
    });
    const weak = await qh.send('POST', '/api/v1/admin/invitations/accept', { token, password: 'password123' }, null);
    expect(weak.body).toMatchObject({ status: 400, errors: [{ path: 'password' }] });
    expect((await qh.send('POST', '/api/v1/admin/invitations/accept', { token, password }, null)).status).toBe(200);
    const { cookie, body } = await signIn('Anna');
    expect(body).toMatchObject({ kind: 'user', id: user_id, name: 'anna', display_name: 'Person anna', role: 'supervisor', locale: 'en' });
    expect((await withCookie('GET', '/api/v1/admin/whoami', cookie)).body).toEqual(body);
    expect((await withCookie('PATCH', '/api/v1/admin/profile', cookie, { locale: 'ru', display_name: 'Анна' })).body).toMatchObject({
      locale: 'ru',
      display_name: 'Анна',
      role: 'supervisor',
    });
    expect((await withCookie('GET', '/api/v1/admin/sessions', cookie)).body).toMatchObject({
      items: [{ login: 'anna', is_current: true }],
      next_cursor: null,
    });
    expect((await withCookie('GET', '/api/v1/admin/sessions?all=true', cookie)).status).toBe(403);
    expect(
      (await withCookie('POST', '/api/v1/admin/password', cookie, { current_password: 'not this one', new_password: 'other four words' })).body,
    ).toMatchObject({ errors: [{ path: 'current_password' }] });
    expect(
      (await withCookie('POST', '/api/v1/admin/password', cookie, { current_password: password, new_password: 'other four words' })).status,
    ).toBe(200);
    expect((await withCookie('GET', '/api/v1/admin/whoami', cookie)).status).toBe(200);
    expect((await withCookie('DELETE', '/api/v1/admin/session', cookie)).status).toBe(204);
    expect((await withCookie('GET', '/api/v1/admin/whoami', cookie)).status).toBe(401);
    expect((await signIn('anna', 'other four words')).status).toBe(200);
  });

  test('who is disabled is out, cannot be reset, and comes back when enabled', async () => {
    const { token, user_id } = await invite('carl', 'viewer');
    await qh.send('POST', '/api/v1/admin/invitations/accept', { token, password }, null);
    const { cookie } = await signIn('carl');
    expect((await qh.send('PATCH', `/api/v1/admin/users/${user_id}`, { is_disabled: true })).body).toMatchObject({ status: 'disabled' });
    expect((await withCookie('GET', '/api/v1/admin/whoami', cookie)).status).toBe(401);
    expect((await signIn('carl')).status).toBe(401);
    expect((await qh.send('POST', `/api/v1/admin/users/${user_id}/reset`, {})).status).toBe(409);
    await qh.send('PATCH', `/api/v1/admin/users/${user_id}`, { is_disabled: false });
    expect((await signIn('carl')).status).toBe(200);
  });

  test('who mistyped five times is locked, and let in again by an administrator without a new password', async () => {
    const { token, user_id } = await invite('lena', 'viewer');
    await qh.send('POST', '/api/v1/admin/invitations/accept', { token, password }, null);
    for (let n = 0; n < 5; n++) expect((await signIn('lena', 'not the password')).status).toBe(401);
    expect((await signIn('lena')).status).toBe(429);
    expect((await qh.send('POST', `/api/v1/admin/users/${user_id}/unlock`, {})).body).toMatchObject({ status: 'active', locked_until: null });
    expect((await signIn('lena')).status).toBe(200);
    expect((await qh.send('POST', '/api/v1/admin/users/u000000000000/unlock', {})).status).toBe(404);
  });

  test('that stands in for a manager has their rights too, from the first to the last day', async () => {
    const people: Record<string, string> = {};
    for (const [login, role] of [
      ['manager.m', 'planner'],
      ['deputy.d', 'agent'],
    ] as const) {
      const { token, user_id } = await invite(login, role);
      await qh.send('POST', '/api/v1/admin/invitations/accept', { token, password }, null);
      people[login] = user_id;
    }
    for (const [personnel_number, login] of [
      ['8001', 'manager.m'],
      ['8002', 'deputy.d'],
    ] as const)
      await qh.send('POST', '/api/v1/org/employees', {
        personnel_number,
        last_name: login,
        first_name: 'X',
        hire_date: '2020-01-01',
        department: 'CC',
        user_id: people[login],
      });
    expect(
      (await qh.send('POST', '/api/v1/org/departments', { department_code: 'DEP', department_name: 'Dep', parent: 'CC', manager: '8001' })).status,
    ).toBe(201);
    // Two days ahead: in no zone has it come, also when midnight passes in this test.
    const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    expect((await qh.send('POST', '/api/v1/org/deputies', { department: 'DEP', employee: '8002', start_date: day, end_date: day })).status).toBe(201);
    const scopesOn = async (moment: Date | null) => {
      qh.test.setNow(moment);
      qh.system.users.forget();
      const { body } = await signIn('deputy.d');
      return body.scopes as string[];
    };
    // Of the people they see their own team's, and as long as they stand in those of the other department.
    const back = (await qh.test.owner.query<{ id: number }>(`select department_id as id from org.departments where department_code = 'BACK'`))[0]!.id;
    const dep = (await qh.test.owner.query<{ id: number }>(`select department_id as id from org.departments where department_code = 'DEP'`))[0]!.id;
    expect((await qh.send('PATCH', `/api/v1/admin/users/${people['deputy.d']}`, { team_ids: [back] })).status).toBe(200);
    const teamsOn = async (moment: Date | null) => {
      qh.test.setNow(moment);
      qh.system.users.forget();
      return (await signIn('deputy.d')).body.team_ids as number[];
    };
    expect(await teamsOn(null)).toEqual([back]);
    expect(await teamsOn(new Date(`${day}T12:00:00Z`))).toEqual([back, dep]);
    expect(await scopesOn(null)).toEqual(['self']);
    expect(await scopesOn(new Date(`${day}T12:00:00Z`))).toContain('people:write');
    expect(await scopesOn(new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000))).toEqual(['self']);
    qh.test.setNow(null);
  });

  test('that is an administrator cannot take their own access away', async () => {
    const { token, user_id } = await invite('dora', 'admin');
    await qh.send('POST', '/api/v1/admin/invitations/accept', { token, password }, null);
    const { cookie } = await signIn('dora');
    expect((await withCookie('PATCH', `/api/v1/admin/users/${user_id}`, cookie, { role: 'viewer' })).status).toBe(409);
    expect((await withCookie('PATCH', `/api/v1/admin/users/${user_id}`, cookie, { is_disabled: true })).status).toBe(409);
  });
});

describe('the audit', () => {
  test('says of a change what was and what is', async () => {
    await qh.send('PATCH', '/api/v1/org/services/1', { target_service_level_pct: 91 });
    const [entry] = await trace('org.update_service');
    expect(entry).toMatchObject({ principal_kind: 'key', principal_name: 'test', object: 'service_id=1', after: { target_service_level_pct: 91 } });
    expect(Object.keys(entry!.before as object)).toEqual(['target_service_level_pct']);
    expect(entry!.request_id).not.toBeNull();
  });

  test('has neither secrets nor what is personal, and shows people by their present name', async () => {
    const text = JSON.stringify(await items('/api/v1/admin/audit?limit=1000'));
    for (const secret of [password, 'other four words', 'anna@example.com', 'Person anna', qh.adminKey.split('_').slice(2).join('_')])
      expect(text, secret).not.toContain(secret);
    const [entry] = await items('/api/v1/admin/audit?principal=anna&operation=admin.update_profile');
    expect(entry).toMatchObject({ principal_kind: 'user', principal_name: 'Анна', after: { input: { display_name: '***', locale: 'ru' } } });
  });

  test('has one row for a write that is repeated with its idempotency key, none for one that failed', async () => {
    const post = (body: object) =>
      qh.app.inject({
        method: 'POST',
        url: '/api/v1/org/services',
        headers: { 'x-api-key': qh.adminKey, 'idempotency-key': 'audit-1' },
        payload: body,
      });
    for (let n = 0; n < 3; n++) expect((await post({ service_code: 'ONCE', time_zone: 'Europe/Berlin' })).statusCode).toBeLessThan(300);
    await qh.send('POST', '/api/v1/org/services', { service_code: 'ONCE', time_zone: 'Europe/Berlin' });
    expect(await trace('org.create_service')).toHaveLength(1);
  });

  test('does not keep the answer that holds a new key, also not for its repetition', async () => {
    const post = () =>
      qh.app.inject({
        method: 'POST',
        url: '/api/v1/admin/keys',
        headers: { 'x-api-key': qh.adminKey, 'idempotency-key': 'secret-1' },
        payload: { name: 'once', role: 'viewer' },
      });
    const first = await post();
    expect(first.statusCode).toBe(201);
    expect((await post()).statusCode).toBe(409);
    const { key } = first.json() as { key: string };
    const [row] = await qh.test.db.query<{ found: boolean }>(
      `select exists (select from platform.idempotency_keys k where k::text like '%' || $1 || '%') or exists (select from platform.audit_log a where a::text like '%' || $1 || '%') as found`,
      [key.split('_').slice(2).join('_')],
    );
    expect(row!.found).toBe(false);
  });

  test('is filtered, paged and exported in three formats, the oldest first', async () => {
    const all = await items('/api/v1/admin/audit?limit=1000');
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, n) => all.length - n));
    expect((await items('/api/v1/admin/audit?operation=admin.&limit=1000')).every(({ operation }) => String(operation).startsWith('admin.'))).toBe(
      true,
    );
    expect(await items('/api/v1/admin/audit?to=2020-01-01T00:00:00Z')).toEqual([]);
    const page = (await qh.get('/api/v1/admin/audit?limit=2')).body as { next_cursor: string; items: Item[] };
    expect((await items(`/api/v1/admin/audit?limit=2&cursor=${page.next_cursor}`))[0]).toEqual(all[2]);
    const lines = (await qh.app.inject({ url: '/api/v1/admin/audit/export?format=jsonl', headers: { 'x-api-key': qh.adminKey } })).body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Item);
    expect(lines).toEqual(all.toReversed());
    const csv = String((await qh.get('/api/v1/admin/audit/export?operation=org.create_service')).body);
    expect(csv.trimEnd().split('\r\n')).toHaveLength(2);
    expect((await qh.get('/api/v1/admin/audit/export?format=xlsx')).headers['content-type']).toContain('spreadsheetml');
  });
});

describe('a person who is erased', () => {
  test('is nowhere any more; figures, the audit and its chain stay', async () => {
    const { token, user_id } = await invite('emil.gone', 'planner');
    await qh.send('POST', '/api/v1/admin/invitations/accept', { token, password }, null);
    const { cookie } = await signIn('emil.gone');
    const created = await withCookie('POST', '/api/v1/org/employees', cookie, {
      personnel_number: '7777',
      last_name: 'Verschwunden',
      first_name: 'Emilgone',
      email: 'emil.gone@example.org',
      phone: '+49 170 7654321',
      hire_date: '2020-01-01',
      department: 'CC',
      user_id,
    });
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    const employeeId = created.body!.employee_id;
    const erased = await qh.send('POST', '/api/v1/admin/people/erase', { employee_id: employeeId, confirm: 'erase' });
    expect(erased.status, JSON.stringify(erased.body)).toBe(200);
    expect(erased.body).toMatchObject({
      employee_id: employeeId,
      user_id,
      replaced: expect.arrayContaining([{ table: 'org.employees', column: 'email', rows: 1 }]),
    });
    expect((await withCookie('GET', '/api/v1/admin/whoami', cookie)).status).toBe(401);
    const tables = await qh.test.owner.query<{ name: string }>(
      `select oid::regclass::text as name from pg_class where relkind in ('r', 'p') and relnamespace in (select oid from pg_namespace where nspname in ('platform', 'org', 'ingest', 'statistics'))`,
    );
    const left: string[] = [];
    for (const { name } of tables) {
      const [row] = await qh.test.owner.query<{ found: boolean }>(
        `select coalesce(bool_or(t::text ~* 'verschwunden|emilgone|emil\\.gone|7654321'), false) as found from ${name} t`,
      );
      if (row!.found) left.push(name);
    }
    expect(left).toEqual([]);
    const [certificate] = await trace('admin.erase_person');
    expect((certificate!.after as { answer: Item }).answer).toMatchObject({ sha256: (erased.body as Item).sha256 });
    expect((await qh.get('/api/v1/admin/audit/verify')).body).toMatchObject({ is_intact: true });
    expect((await qh.send('POST', '/api/v1/admin/people/erase', { employee_id: 999_999, confirm: 'erase' })).status).toBe(404);
  });

  test('at the end of their days is erased by the nightly job; what is kept of sign-ins goes too', async () => {
    await qh.send('POST', '/api/v1/org/employees/2/dismiss', { leave_date: '2025-03-01' });
    await qh.send('PATCH', '/api/v1/admin/retention', { former_employees: 30 });
    await qh.test.db.query(`insert into platform.sign_in_failures values ('address:192.0.2.99', 3, null, platform.now() - interval '31 days')`);
    const job = jobDefinitions.find(({ name }) => name === 'admin.retention')!;
    const { log, config, jobs } = qh.system;
    const context = { db: qh.test.db, log, config, jobs, signal: new AbortController().signal, doer: jobDoer(job.name) };
    await job.run({}, context);
    expect((await qh.get('/api/v1/org/employees/2')).body).toMatchObject({ last_name: 'erased', email: null, phone: null });
    expect((await qh.get('/api/v1/org/employees/1')).body).not.toMatchObject({ last_name: 'erased' });
    expect(await qh.test.db.query(`select from platform.sign_in_failures where subject = 'address:192.0.2.99'`)).toHaveLength(0);
    const swept = await trace('admin.retention');
    expect(swept).toMatchObject([{ principal_kind: 'job', principal_id: 'admin.retention', after: { deleted: { sign_in_failures: 1 } } }]);
    const erasures = (await trace('admin.erase_person')).length;
    await job.run({}, context);
    expect(await trace('admin.erase_person')).toHaveLength(erasures);
  });
});

describe('at the command line', () => {
  test('keys are made narrow, rotated and revoked', async () => {
    const made = await qh.cli([
      'keys',
      'create',
      'Dashboard',
      '--role',
      'viewer',
      '--operations',
      'statistics.intervals,admin.whoami',
      '--services',
      'SUPPORT',
    ]);
    expect(made.exitCode, made.error).toBe(0);
    const key = made.out.trim();
    expect((await qh.get('/api/v1/admin/whoami', key)).body).toMatchObject({
      operations: ['statistics.intervals', 'admin.whoami'],
      service_ids: [1],
    });
    const rotated = await qh.cli(['keys', 'rotate', key.split('_')[1]!, '--overlap-hours', '0']);
    expect((await qh.get('/api/v1/admin/whoami', key)).status).toBe(401);
    expect((await qh.get('/api/v1/admin/whoami', rotated.out.trim())).body).toMatchObject({ service_ids: [1] });
    await qh.cli(['keys', 'revoke', rotated.out.trim().split('_')[1]!]);
    expect((await qh.get('/api/v1/admin/whoami', rotated.out.trim())).status).toBe(401);
    expect((await qh.cli(['keys', 'create', 'x', '--operations', 'no.such'])).exitCode).toBe(2);
    expect((await qh.cli(['keys', 'create', 'x', '--services', 'NOBODY'])).exitCode).toBe(1);
    expect((await qh.cli(['keys', 'create', 'x', '--role', 'king'])).exitCode).toBe(2);
  });

  test('people are invited, listed, disabled and reset', async () => {
    const invited = await qh.cli(['users', 'invite', 'frida', '--role', 'analyst', '--name', 'Frida', '--locale', 'es']);
    expect(invited.out).toMatch(/^\/accept#[\w-]{43}\n$/);
    expect(JSON.parse((await qh.cli(['users', 'list', '--json'])).out)).toContainEqual(
      expect.objectContaining({ login: 'frida', status: 'invited', locale: 'es' }),
    );
    const reset = JSON.parse((await qh.cli(['users', 'reset', 'frida', '--json'])).out) as { token: string };
    await qh.send('POST', '/api/v1/admin/invitations/accept', { token: reset.token, password }, null);
    expect((await signIn('frida')).status).toBe(200);
    expect((await qh.cli(['users', 'disable', 'frida'])).out).toBe('disabled: frida\n');
    expect((await signIn('frida')).status).toBe(401);
    expect((await qh.cli(['users', 'disable', 'nobody'])).exitCode).toBe(1);
  });

  test('the audit is verified: exit code 1 and the row when it was changed', async () => {
    expect((await qh.cli(['audit', 'verify'])).out).toMatch(/^intact: \d+ rows/);
    await qh.system.audit.checkpoint();
    expect(await readFile(path.join(qh.system.config.dataDir, 'audit-checkpoints'), 'utf8')).toMatch(/^\d+ [0-9a-f]{64} [0-9a-f]{64}\n$/);
    await qh.test.owner.query(
      `alter table platform.audit_log disable trigger user; update platform.audit_log set after = '{"forged": true}' where seq = 3`,
    );
    const broken = await qh.cli(['audit', 'verify']);
    expect(broken.exitCode).toBe(1);
    expect(broken.error).toContain('first at row 3');
  });

  test('secrets are encrypted anew, and never printed', async () => {
    await qh.system.secrets.put('smtp.password', 'very secret', 'test');
    expect((await qh.cli(['secrets', 'rotate'])).out).toBe('1 secrets encrypted anew\n');
    expect(await qh.system.secrets.get('smtp.password')).toBe('very secret');
    expect((await qh.cli(['secrets', 'list', '--json'])).out).not.toContain('very secret');
    const folder = await mkdtemp(path.join(tmpdir(), 'qh-secret-'));
    await writeFile(path.join(folder, 'old'), 'another key\n');
    expect((await qh.cli(['secrets', 'rotate', '--from-key-file', path.join(folder, 'old')])).exitCode).toBe(1);
    await rm(folder, { recursive: true });
  });
});
