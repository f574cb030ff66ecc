import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../src/app/catalogue.ts';
import { addressOf } from '../src/platform/contract/client.ts';
import { pathInputs, type AnyOperation } from '../src/platform/contract/operation.ts';
import { openTestSystem, type TestSystem } from './system.ts';

/** Who may call what: every operation against every role and every kind of caller, as the contracts and the roles declare it. */

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
});
afterAll(() => qh.close());

const roles = ['viewer', 'agent', 'analyst', 'supervisor', 'planner', 'integration', 'admin'];
const scopes = new Map<string, readonly string[]>();
beforeAll(async () => {
  for (const { role, scopes: held } of await qh.system.roles.list()) scopes.set(role, ['self', ...held]);
});

const make = async (wanted: Partial<Parameters<TestSystem['system']['keys']['create']>[0]> = {}) =>
  (await qh.system.keys.create({ name: 'probe', role: 'admin', created_by: 'test', ...wanted })).key;

let probes = 0;

/** A request that does nothing: whoever may call is told of a field that does not exist (400). */
async function probe(operation: AnyOperation, headers: Record<string, string>): Promise<number> {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, '1');
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE';
  const answer = await qh.app.inject({
    method: operation.method,
    url: inQuery ? `${path}?no_such_field=1` : path,
    headers,
    remoteAddress: `192.0.2.${probes++ % 250}`,
    ...(inQuery || operation.upload === true ? {} : { payload: { no_such_field: 1 } }),
  });
  return answer.statusCode;
}

/** Cells of the matrix that are not as declared. */
async function wrongCells(expected: (operation: AnyOperation) => number, headers: Record<string, string>): Promise<string[]> {
  const wrong: string[] = [];
  for (const operation of operations) {
    const status = await probe(operation, headers);
    if (status !== expected(operation)) wrong.push(`${operation.name}: ${status}, declared ${expected(operation)}`);
  }
  return wrong;
}

const open = (operation: AnyOperation): boolean => operation.scope === null;

describe('every operation', () => {
  for (const role of roles) {
    test(`is open to a key of the role ${role} exactly where the role holds its scope`, async () => {
      const key = await make({ role });
      expect(
        await wrongCells((operation) => (open(operation) || scopes.get(role)!.includes(operation.scope!) ? 400 : 403), { 'x-api-key': key }),
      ).toEqual([]);
    });
  }

  test('is open to a person as to a key of their role', async () => {
    const { token } = await qh.test.db.transaction((tx) => qh.system.users.invite(tx, { login: 'boris', role: 'analyst' }, 'test'));
    await qh.system.users.accept(token, 'four words of mine', (work) => qh.test.db.transaction(work));
    const answer = await qh.app.inject({ method: 'POST', url: '/api/v1/admin/session', payload: { login: 'Boris', password: 'four words of mine' } });
    const cookie = String(answer.headers['set-cookie']).split(';')[0]!;
    expect(
      await wrongCells((operation) => (open(operation) || scopes.get('analyst')!.includes(operation.scope!) ? 400 : 403), {
        cookie,
        'sec-fetch-site': 'same-origin',
      }),
    ).toEqual([]);
    // From another page only reading is possible, and a browser does not even send the cookie there.
    expect(
      await wrongCells(
        (operation) => (open(operation) || (operation.method === 'GET' && scopes.get('analyst')!.includes(operation.scope!)) ? 400 : 403),
        {
          cookie,
          'sec-fetch-site': 'cross-site',
        },
      ),
    ).toEqual([]);
  });

  test('is closed without a key, and with one that is unknown, expired, revoked or replaced', async () => {
    const keys = {
      none: null,
      unknown: `qh_0123456789ab_${'x'.repeat(43)}`,
      expired: await make({ expires_at: new Date(Date.now() - 1000) }),
      revoked: await make(),
      replaced: await make(),
    };
    await qh.system.keys.revoke(keys.revoked.split('_')[1]!);
    await qh.test.db.transaction((tx) => qh.system.keys.rotate(keys.replaced.split('_')[1]!, 0, 'test', tx));
    for (const [what, key] of Object.entries(keys)) {
      expect(await wrongCells((operation) => (open(operation) ? 400 : 401), key === null ? {} : { 'x-api-key': key }), what).toEqual([]);
    }
  });

  test('is closed to a key that is limited to others, also of an administrator', async () => {
    const key = await make({ operations: ['statistics.intervals', 'admin.whoami'] });
    expect(
      await wrongCells((operation) => (open(operation) || ['statistics.intervals', 'admin.whoami'].includes(operation.name) ? 400 : 403), {
        'x-api-key': key,
      }),
    ).toEqual([]);
  });

  test('closes within two seconds when its scope is taken from a role, and is nobody’s when no role holds it', async () => {
    const key = await make({ role: 'viewer' });
    const held = scopes.get('viewer')!.filter((scope) => scope !== 'self');
    const answer = await qh.send('PATCH', '/api/v1/admin/roles/viewer', { scopes: held.filter((scope) => scope !== 'statistics:read') });
    expect(answer.status).toBe(200);
    qh.system.notifications.deliver('{"topic": "platform.auth"}');
    const ofStatistics = operations.find((operation) => operation.name === 'statistics.intervals')!;
    expect(await probe(ofStatistics, { 'x-api-key': key })).toBe(403);
    await qh.send('PATCH', '/api/v1/admin/roles/viewer', { scopes: held });
  });
});

describe('a key that may see one service', () => {
  const named = operations.filter(
    (operation) => ['service', 'service_id', 'service_ids'].some((name) => name in operation.input.properties) && operation.upload !== true,
  );

  /** The first example, asked of another service. */
  function asked(operation: AnyOperation, code: string, id: number) {
    const example = operation.examples[0]!.input as Record<string, unknown>;
    const input = { ...example };
    if ('service' in operation.input.properties) input.service = code;
    if ('service_id' in operation.input.properties) input.service_id = id;
    if ('service_ids' in operation.input.properties) input.service_ids = [id];
    const inPath = pathInputs(operation);
    const body = Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.includes(name)));
    return { url: addressOf(operation, input), body: operation.method === 'GET' || operation.method === 'DELETE' ? undefined : body };
  }

  test.each(named.map((operation) => [operation.name, operation] as const))(
    '%s: another service is not there, like one that does not exist',
    async (_name, operation) => {
      const key = await make({ service_ids: [1] });
      const other = asked(operation, 'SALES', 2);
      const nobodys = asked(operation, 'NO_SUCH', 999);
      const [first, second] = [
        await qh.send(operation.method, other.url, other.body, key),
        await qh.send(operation.method, nobodys.url, nobodys.body, key),
      ];
      expect([first.status, second.status], JSON.stringify(first.body)).toEqual([404, 404]);
      const shape = ({ body }: { body: unknown }) => JSON.stringify(body).replaceAll(/NO_SUCH|SALES|999|\b2\b/g, '…');
      expect(shape(first)).toBe(shape(second));
    },
  );

  test('reads its own', async () => {
    const key = await make({ role: 'viewer', service_ids: [1] });
    const { url } = asked(
      operations.find((operation) => operation.name === 'statistics.intervals')!,
      'SUPPORT',
      1,
    );
    expect((await qh.get(url, key)).status).toBe(200);
  });

  test('rows in a body count too', async () => {
    const key = await make({ service_ids: [1] });
    const calls = [{ interval_start_time: '2025-03-03T08:00:00Z', service_id: 2, received_calls: 1, treated_calls: 1, miss_calls: 0 }];
    const operation = operations.find((entry) => entry.name === 'statistics.batch_insert_calls')!;
    const name = Object.keys(operation.input.properties)[0]!;
    expect((await qh.send('POST', operation.path, { [name]: calls }, key)).status).toBe(404);
  });
});

describe('nobody gives more than they have', () => {
  test('a limited administrator makes limited keys only, and takes over no other key or person', async () => {
    const limited = await make({ service_ids: [1] });
    expect((await qh.send('POST', '/api/v1/admin/keys', { name: 'x', role: 'admin', service_ids: null }, limited)).status).toBe(404);
    const made = await qh.send('POST', '/api/v1/admin/keys', { name: 'x', role: 'viewer' }, limited);
    expect(made.status).toBe(201);
    const whoami = await qh.get('/api/v1/admin/whoami', (made.body as { key: string }).key);
    expect(whoami.body).toMatchObject({ role: 'viewer', service_ids: [1] });
    const free = await make();
    expect((await qh.send('POST', `/api/v1/admin/keys/${free.split('_')[1]}/rotate`, {}, limited)).status).toBe(403);
    const narrow = await make({ operations: ['admin.create_key', 'admin.invite_user'] });
    expect((await qh.send('POST', '/api/v1/admin/keys', { name: 'x', role: 'viewer' }, narrow)).status).toBe(403);
    expect((await qh.send('POST', '/api/v1/admin/users', { login: 'eve', role: 'admin' }, narrow)).status).toBe(403);
  });

  test('who may administer without all other rights makes no administrators', async () => {
    const held = scopes.get('supervisor')!.filter((scope) => scope !== 'self');
    await qh.send('PATCH', '/api/v1/admin/roles/supervisor', { scopes: [...held, 'admin:read', 'admin:write'] });
    qh.system.roles.forget();
    const key = await make({ role: 'supervisor' });
    expect((await qh.send('POST', '/api/v1/admin/keys', { name: 'x', role: 'admin' }, key)).status).toBe(403);
    expect((await qh.send('POST', '/api/v1/admin/users', { login: 'eve', role: 'admin' }, key)).status).toBe(403);
    expect(
      (await qh.send('PATCH', '/api/v1/admin/roles/supervisor', { scopes: [...held, 'admin:read', 'admin:write', 'org:write'] }, key)).status,
    ).toBe(403);
    expect((await qh.send('POST', '/api/v1/admin/keys', { name: 'x', role: 'viewer' }, key)).status).toBe(201);
    await qh.send('PATCH', '/api/v1/admin/roles/supervisor', { scopes: held });
    qh.system.roles.forget();
  });
});
