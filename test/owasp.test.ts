import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations, rules } from '../src/app/catalogue.ts';
import { fullInput, fullOutput } from '../src/platform/contract/operation.ts';
import { createHttpServer } from '../src/platform/http/server.ts';
import { openTestSystem, type TestSystem } from './system.ts';

/** The OWASP API Security Top 10 of 2023, one test per item, against the running server. */

let qh: TestSystem;
let strict: FastifyInstance;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  const config = { ...qh.system.config, requestsPerMinute: 5, strangerRequestsPerMinute: 8, trustedProxies: ['127.0.0.1'] };
  strict = await createHttpServer({ ...qh.system, config, webRoot: '/nonexistent', schemaIsCurrent: async () => true, rules });
  await strict.ready();
});
afterAll(async () => {
  await strict.close();
  await qh.close();
});

type Item = Record<string, unknown>;
const make = async (wanted: Partial<Parameters<TestSystem['system']['keys']['create']>[0]> = {}) =>
  (await qh.system.keys.create({ name: 'probe', role: 'admin', created_by: 'test', ...wanted })).key;

test('API1, object level authorization: an id of another service answers as if it were not there', async () => {
  const key = await make({ role: 'analyst', service_ids: [1] });
  for (const url of [
    '/api/v1/statistics/intervals?service=SALES',
    '/api/v1/statistics/service_summary?service_id=2',
    '/api/v1/org/queues?service=SALES',
  ])
    expect((await qh.get(url, key)).status, url).toBe(404);
  // The filter that is left out is filled with what the caller may see.
  const { status, body } = await qh.get('/api/v1/statistics/calls_by_interval?start_time=2025-03-03T00:00:00Z&end_time=2025-03-04T00:00:00Z', key);
  expect(status).toBe(200);
  const rows = (Array.isArray(body) ? body : (body as { items: Item[] }).items) as Item[];
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every((row) => row.service_id === undefined || row.service_id === 1)).toBe(true);
  // Sessions of others are not there either.
  const { principal } = await qh.system.sessions.open({ key: qh.adminKey }, { address: '192.0.2.1', userAgent: 'test' });
  expect((await qh.send('DELETE', `/api/v1/admin/sessions/${principal.sessionId}`, undefined, key)).status).toBe(404);
});

describe('API2, authentication', () => {
  test('guessing is slowed down for logins, keys and links, and answers do not tell what was wrong', async () => {
    const answers = [];
    for (let n = 0; n < 6; n++)
      answers.push(
        await qh.app.inject({
          method: 'POST',
          url: '/api/v1/admin/session',
          payload: { login: 'somebody', password: `wrong ${n} wrong` },
          remoteAddress: '198.51.100.1',
        }),
      );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401, 401, 429]);
    expect(Number(answers[5]!.headers['retry-after'])).toBeGreaterThan(50);
    const guess = (n: number) =>
      strict.inject({ url: '/api/v1/admin/whoami', headers: { 'x-api-key': `qh_${n}_${'x'.repeat(40)}` }, remoteAddress: '198.51.100.2' });
    const codes = [];
    for (let n = 0; n < 10; n++) codes.push((await guess(n)).statusCode);
    expect(codes).toEqual([401, 401, 401, 401, 401, 401, 401, 401, 429, 429]);
    // Who has a right key from the same address is not kept out.
    expect(
      (await strict.inject({ url: '/api/v1/admin/whoami', headers: { 'x-api-key': qh.adminKey }, remoteAddress: '198.51.100.2' })).statusCode,
    ).toBe(200);
  });

  test('the cookie is for http and this page alone; the key is in no answer, log or address', async () => {
    const answer = await strict.inject({
      method: 'POST',
      url: '/api/v1/admin/session',
      payload: { key: qh.adminKey },
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect(answer.statusCode).toBe(200);
    expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly.*Secure.*SameSite=Strict/);
    // The secret may itself hold an underscore.
    expect(answer.body).not.toContain(qh.adminKey.replace(/^qh_[^_]+_/, ''));
    expect((await qh.get(`/api/v1/admin/whoami?key=${qh.adminKey}`, null)).status).toBe(401);
  });
});

test('API3, object property level authorization: fields that are not declared go neither in nor out, secrets never out', async () => {
  for (const body of [
    { name: 'x', role: 'viewer', key_id: 'mine' },
    { name: 'x', role: 'viewer', created_by: 'somebody else' },
    { name: 'x', role: 'viewer', __proto__x: 1 },
  ])
    expect((await qh.send('POST', '/api/v1/admin/keys', body)).status, JSON.stringify(body)).toBe(400);
  expect((await qh.send('PATCH', '/api/v1/admin/profile', { role: 'admin' })).status).toBe(400);
  const secretNames = /"(?:password|password_hash|secret|secret_hash|token_hash|session_hash|envelope)"/;
  const shown = operations.filter(({ name }) => !['admin.accept_invitation', 'admin.change_password', 'admin.create_sql_login'].includes(name));
  expect(shown.filter((operation) => secretNames.test(JSON.stringify(fullOutput(operation)))).map(({ name }) => name)).toEqual([]);
  expect(operations.filter((operation) => operation.hasSecretAnswer === true).map(({ name }) => name)).toEqual([
    'admin.invite_user',
    'admin.reset_user',
    'admin.create_key',
    'admin.rotate_key',
    'admin.create_sql_login',
  ]);
  await qh.send('PATCH', '/api/v1/org/employees/1', { email: 'anna@example.com', phone: '+49 30 5550177' });
  // Personal fields are whole only for those with the scope.
  const [masked, whole] = [
    await qh.get('/api/v1/org/employees/1', await make({ role: 'analyst' })),
    await qh.get('/api/v1/org/employees/1', await make({ role: 'planner' })),
  ];
  const { email, phone } = whole.body as Item;
  expect(String(email)).toMatch(/^[^*]+@/);
  expect(masked.body).toMatchObject({ email: expect.stringMatching(/^.\*\*\*@/), phone: expect.stringMatching(/^\*\*\*\d\d$/) });
  expect(phone).not.toBe((masked.body as Item).phone);
});

describe('API4, resource consumption', () => {
  test('a caller has so many requests in a minute, each caller their own; administrators have no limit', async () => {
    const ask = async (key: string) => strict.inject({ url: '/api/v1/admin/whoami', headers: { 'x-api-key': key } });
    const [first, second] = [await make({ role: 'viewer' }), await make({ role: 'viewer' })];
    const codes = [];
    for (let n = 0; n < 7; n++) codes.push((await ask(first)).statusCode);
    expect(codes).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const refused = await ask(first);
    expect(refused.json()).toMatchObject({ code: 'too_many_requests' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask(second)).statusCode).toBe(200);
    for (let n = 0; n < 20; n++) expect((await ask(qh.adminKey)).statusCode).toBe(200);
  });

  test('pages, bodies, headers and times have an end', async () => {
    const lists = operations.filter(({ result }) => result === 'list');
    expect(lists.filter((operation) => (fullInput(operation).properties as { limit: { maximum: number } }).limit.maximum !== 100_000)).toEqual([]);
    expect((await qh.get('/api/v1/org/services?limit=100001')).status).toBe(400);
    const big = await qh.app.inject({
      method: 'POST',
      url: '/api/v1/admin/keys',
      headers: { 'x-api-key': qh.adminKey, 'content-type': 'application/json' },
      payload: Buffer.alloc(33 * 1024 * 1024, 32),
    });
    expect(big.statusCode).toBe(413);
    const signIn = await qh.app.inject({ method: 'POST', url: '/api/v1/admin/session', payload: { login: 'x', password: 'y'.repeat(20_000) } });
    expect(signIn.statusCode).toBe(413);
    expect(qh.app.server).toMatchObject({ headersTimeout: 30_000, requestTimeout: 1_800_000 });
  });
});

test('API5, function level authorization: no operation is open but those that are declared to be, and none needs a scope that nobody can be denied', () => {
  expect(operations.filter(({ scope }) => scope === null).map(({ name }) => name)).toEqual(['admin.invitation', 'admin.accept_invitation']);
  const self = operations.filter(({ scope }) => scope === 'self').map(({ name }) => name);
  expect(self).toEqual(['admin.whoami', 'admin.sessions', 'admin.revoke_session', 'admin.change_password', 'admin.update_profile']);
  // A write never hides behind a scope to read; test/access.test.ts tries every operation with every role.
  const readers = operations.filter(({ method, scope }) => method !== 'GET' && scope?.endsWith(':read') === true).map(({ name }) => name);
  // A file of what the caller may read anyway changes nothing for others; it is its caller's alone.
  const ownFiles = new Set(['database.bulk_export', 'database.delete_export']);
  expect(readers.filter((name) => !/\.(validate|preview)/.test(name) && !ownFiles.has(name))).toEqual([]);
});

test('API6, sensitive flows: what cannot be taken back asks to be confirmed, and a repeated request has one effect', async () => {
  expect((await qh.send('DELETE', '/api/v1/statistics/services/2')).status).toBe(400);
  expect((await qh.send('DELETE', '/api/v1/statistics/services/2?confirm=SUPPORT')).status).toBe(400);
  expect((await qh.send('POST', '/api/v1/admin/people/erase', { employee_id: 1 })).status).toBe(400);
  expect((await qh.send('POST', '/api/v1/admin/people/erase', { employee_id: 1, confirm: 'yes' })).status).toBe(400);
  const post = () =>
    qh.app.inject({
      method: 'POST',
      url: '/api/v1/org/services',
      headers: { 'x-api-key': qh.adminKey, 'idempotency-key': 'flow' },
      payload: { service_code: 'FLOW', time_zone: 'Europe/Berlin' },
    });
  const answers = await Promise.all(Array.from({ length: 40 }, post));
  const first = answers.find(({ statusCode }) => statusCode < 300)!;
  const others = answers.filter(({ statusCode, body }) => statusCode !== 409 && body !== first.body);
  expect(others.map(({ statusCode, body }) => [statusCode, body, first.body])).toEqual([]);
  expect(await qh.test.owner.query(`select from org.services where service_code = 'FLOW'`)).toHaveLength(1);
  // An invitation may be looked at and accepted so often from one address.
  const codes = [];
  for (let n = 0; n < 10; n++)
    codes.push(
      (
        await strict.inject({
          method: 'POST',
          url: '/api/v1/admin/invitations/show',
          payload: { token: 'x'.repeat(43) },
          remoteAddress: '198.51.100.9',
        })
      ).statusCode,
    );
  expect(codes.at(-1)).toBe(429);
});

test('API7, server side request forgery: no operation takes an address that the server would fetch, and nothing fetches', () => {
  const takers = operations.filter((operation) =>
    /"format":"uri"|"(?:\w+_)?(?:url|uri|webhook|callback)"/.test(JSON.stringify(fullInput(operation))),
  );
  expect(takers.map(({ name }) => name)).toEqual([]);
  const root = path.join(import.meta.dirname, '../src');
  const fetching = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'platform/contract/client.ts')
    .filter((file) => /\bfetch\(|^import (?!type)[^;]* from 'node:(?:http|https|dgram|net|tls)'/m.test(readFileSync(path.join(root, file), 'utf8')));
  // A free port is asked of the system when the embedded database starts; a command asks this installation's own server whether it runs.
  expect(fetching.filter((file) => !file.startsWith('platform/db/') && file !== 'app/page_links.ts')).toEqual([]);
});

describe('API8, configuration', () => {
  test('answers carry the headers that browsers heed, and none that tells what runs', async () => {
    for (const url of ['/health', '/api/v1/admin/whoami', '/nothing', '/openapi.json']) {
      const { headers } = await qh.app.inject({ url });
      expect(headers, url).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      const policy = String(headers['content-security-policy']);
      for (const rule of ["default-src 'self'", "script-src 'self'", "object-src 'none'", "frame-ancestors 'self'", "base-uri 'self'"])
        expect(policy).toContain(rule);
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers.server ?? headers['x-powered-by']).toBeUndefined();
    }
  });

  test('other pages may neither read nor write: CORS is closed, and a cookie alone writes nothing from elsewhere', async () => {
    const origin = 'https://evil.example';
    const read = await qh.app.inject({ url: '/api/v1/org/services', headers: { 'x-api-key': qh.adminKey, origin } });
    const asked = await qh.app.inject({
      method: 'OPTIONS',
      url: '/api/v1/org/services',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(asked.statusCode).toBe(404);
    for (const { headers } of [read, asked]) expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    const signedIn = await qh.app.inject({ method: 'POST', url: '/api/v1/admin/session', payload: { key: qh.adminKey } });
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0]!;
    const write = (headers: Record<string, string>) =>
      qh.app.inject({
        method: 'POST',
        url: '/api/v1/admin/keys',
        headers: { cookie, host: 'qh.example', ...headers },
        payload: { name: 'csrf', role: 'viewer' },
      });
    const foreign: Record<string, string>[] = [
      { origin },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'https://other.qh.example' },
      { origin: 'null' },
    ];
    for (const headers of foreign) expect((await write(headers)).statusCode, JSON.stringify(headers)).toBe(403);
    expect((await write({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(201);
    const elsewhere = await qh.app.inject({
      method: 'POST',
      url: '/api/v1/admin/session',
      payload: { key: qh.adminKey },
      headers: { origin, host: 'qh.example' },
    });
    expect(elsewhere.statusCode).toBe(403);
    const out = await qh.app.inject({ method: 'DELETE', url: '/api/v1/admin/session', headers: { cookie, 'sec-fetch-site': 'cross-site' } });
    expect(out.statusCode).toBe(403);
  });

  test('an error tells the caller what to do, not what the server is made of', async () => {
    const bodies = [
      (
        await qh.app.inject({
          method: 'POST',
          url: '/api/v1/admin/keys',
          headers: { 'x-api-key': qh.adminKey, 'content-type': 'application/json' },
          payload: '{"name": ',
        })
      ).body,
      (await qh.app.inject({ url: `/api/v1/org/employees/${'9'.repeat(15)}`, headers: { 'x-api-key': qh.adminKey } })).body,
      (
        await qh.app.inject({
          url: `/api/v1/statistics/intervals?service=${encodeURIComponent("' or 1=1 --")}`,
          headers: { 'x-api-key': qh.adminKey },
        })
      ).body,
      (await qh.app.inject({ url: '/api/v1/%00%ff' })).body,
    ];
    for (const body of bodies) {
      expect(body).toContain('"status":4');
      expect(body).not.toMatch(/\.ts:\d|node_modules|at \w+ \(|select |postgres/i);
    }
  });

  test('an address that a stranger claims to come from is not believed', async () => {
    const from = (forwarded: string) =>
      qh.app.inject({
        method: 'POST',
        url: '/api/v1/admin/session',
        payload: { login: `forward ${forwarded}`.replaceAll(/\s/g, ''), password: 'wrong wrong' },
        headers: { 'x-forwarded-for': forwarded },
        remoteAddress: '203.0.113.77',
      });
    await from('10.0.0.1');
    const subjects = await qh.test.db.query<{ subject: string }>(`select subject from platform.sign_in_failures where subject like 'address:%'`);
    expect(subjects.map(({ subject }) => subject)).toContain('address:203.0.113.77');
    expect(subjects.map(({ subject }) => subject)).not.toContain('address:10.0.0.1');
  });
});

test('API9, inventory: what is served is what is documented, in one version', async () => {
  const { paths } = (await qh.get('/openapi.json', null)).body as { paths: Record<string, Record<string, unknown>> };
  const documented = Object.entries(paths).flatMap(([url, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${url}`));
  const declared = [...operations.map(({ method, path: url }) => `${method} ${url}`), 'POST /api/v1/admin/session', 'DELETE /api/v1/admin/session'];
  const inOrder = (list: string[]): string[] => list.toSorted((a, b) => a.localeCompare(b));
  expect(inOrder(documented)).toEqual(inOrder(declared));
  for (const url of [
    '/api',
    '/api/v1',
    '/api/v0/org/services',
    '/api/v2/org/services',
    '/api/v1/admin/debug',
    '/.env',
    '/.git/config',
    '/server-status',
    '/docs/../package.json',
    '/docs/static/..%2f..%2fpackage.json',
  ])
    expect((await qh.get(url)).status, url).toBe(404);
});

test('API10, what others send: foreign text stays text in every export, and a file is what it is, not what it is called', async () => {
  const made = await qh.send('POST', '/api/v1/admin/keys', { name: '=HYPERLINK("https://evil.example","x")', role: 'viewer' });
  expect(made.status).toBe(201);
  await qh.send('POST', '/api/v1/org/services', { service_code: 'FORMULA', service_name: '@SUM(1+1)', time_zone: 'Europe/Berlin' });
  const csv = (await qh.app.inject({ url: '/api/v1/admin/audit/export', headers: { 'x-api-key': qh.adminKey } })).body;
  expect(csv).not.toMatch(/(?:^|,)"?[=@+-](?!\d)/m);
  const boundary = 'x';
  const payload = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="../../../etc/report.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>\r\n--${boundary}--\r\n`;
  const preview = await qh.app.inject({
    method: 'POST',
    url: '/api/v1/ingest/preview',
    headers: { 'x-api-key': qh.adminKey, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  });
  expect(preview.statusCode).toBe(415);
  expect(preview.body).not.toContain('root:');
});
