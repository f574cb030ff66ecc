import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { QhError } from '../errors.ts';
import { openAccess, type Access } from './access.ts';
import { hashPassword, isPassword, requireGoodPassword } from './passwords.ts';

let database: TestDatabase;
let access: Access;
beforeAll(async () => {
  database = await testDatabase();
  access = openAccess(database.db, 'pepper');
});

const password = 'four words of mine';
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof QhError ? error.code : error),
  );
const effect = <T>(work: Parameters<TestDatabase['db']['transaction']>[0]) => database.db.transaction(work) as Promise<T>;
const browser = (address: string) => ({ address, userAgent: 'test' });
let count = 0;

async function person(role = 'viewer') {
  const login = `person${++count}`;
  const { user_id, token } = await database.db.transaction((tx) => access.users.invite(tx, { login, role }, 'test'));
  await access.users.accept(token, password, effect);
  return { login, user_id, token };
}

describe('passwords', () => {
  test('are kept as argon2id with salt and parameters, and known by nothing else', async () => {
    const [first, second] = await Promise.all([hashPassword(password), hashPassword(password)]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(first).not.toBe(second);
    expect(await isPassword(password, first)).toBe(true);
    expect(await isPassword(`${password} `, first)).toBe(false);
    expect(await isPassword(password, null)).toBe(false);
  });

  test('two spellings of the same letters are one password', async () => {
    expect(await isPassword('mañana mañana'.normalize('NFD'), await hashPassword('mañana mañana'.normalize('NFC')))).toBe(true);
  });

  test('that are short, common or the login are refused; nothing is asked of their composition', () => {
    for (const bad of ['short', 'password123', 'QWERTYUIOP', '1111111111', 'ababababababab', 'anna.berg and more'])
      expect(() => requireGoodPassword(bad, 'anna.berg@example.com'), bad).toThrow(QhError);
    for (const good of ['four words of mine', 'пять слов на память', 'ααββγγδδεε']) expect(() => requireGoodPassword(good, 'anna')).not.toThrow();
  });
});

describe('signing in', () => {
  test('whoever accepted an invitation signs in, in any case of letters, with the scopes of their role', async () => {
    const { login, user_id } = await person('analyst');
    const { principal } = await access.sessions.open({ login: ` ${login.toUpperCase()} `, password }, browser('192.0.2.1'));
    expect(principal).toMatchObject({ kind: 'user', id: user_id, role: 'analyst' });
    expect([...principal.scopes]).toContain('statistics:read');
  });

  test('a link holds once, until it expires or a newer one is made', async () => {
    const { token, user_id } = await person();
    expect(await codeOf(access.users.accept(token, password, effect))).toBe('not_found');
    const first = await database.db.transaction((tx) => access.users.reset(tx, user_id, 'test'));
    const second = await database.db.transaction((tx) => access.users.reset(tx, user_id, 'test'));
    expect(await codeOf(access.users.invitation(first.token))).toBe('not_found');
    expect(await access.users.invitation(second.token)).toMatchObject({ purpose: 'reset' });
    database.setNow(new Date(Date.now() + 25 * 3_600_000));
    expect(await codeOf(access.users.invitation(second.token))).toBe('not_found');
    database.setNow(null);
  });

  test('a link sent twice at the same moment sets one password', async () => {
    const { user_id } = await person();
    const { token } = await database.db.transaction((tx) => access.users.reset(tx, user_id, 'test'));
    const codes = await Promise.all([
      codeOf(access.users.accept(token, password, effect)),
      codeOf(access.users.accept(token, `${password} 2`, effect)),
    ]);
    expect(codes.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['accepted', 'not_found']);
  });

  test('neither password nor token is in the database', async () => {
    const { user_id } = await person();
    const { token } = await database.db.transaction((tx) => access.users.reset(tx, user_id, 'test'));
    const [row] = await database.db.query<{ found: boolean }>(
      `select exists (select from platform.users u where u::text like '%' || $1 || '%') or exists (select from platform.invitations i where i::text like '%' || $2 || '%') as found`,
      [password, token],
    );
    expect(row?.found).toBe(false);
  });

  test('after five failures a login is locked, known or not, for 1, 5, 15 and 60 minutes, also against a thousand at once', async () => {
    const { login } = await person();
    for (const name of [login, 'nobody of that name']) {
      let at = Date.parse('2030-01-01T00:00:00Z');
      database.setNow(new Date(at));
      const attempt = (address: string) => codeOf(access.sessions.open({ login: name, password: 'wrong wrong wrong' }, browser(address)));
      const codes = await Promise.all(Array.from({ length: 30 }, (_, n) => attempt(`198.51.100.${n}`)));
      expect(codes.filter((code) => code === 'unauthorized')).toHaveLength(5);
      expect(codes.filter((code) => code === 'too_many_requests')).toHaveLength(25);
      for (const minutes of [1, 5, 15, 60, 60]) {
        database.setNow(new Date(at + minutes * 60_000 - 1000));
        expect(await attempt('203.0.113.1')).toBe('too_many_requests');
        at += minutes * 60_000;
        database.setNow(new Date(at));
        expect(await attempt('203.0.113.1')).toBe('unauthorized');
      }
      database.setNow(null);
    }
  });

  test('the right password takes the failures back; an address that failed twenty times is locked for every login', async () => {
    const { login } = await person();
    const attempt = (name: string, word: string, address: string) => codeOf(access.sessions.open({ login: name, password: word }, browser(address)));
    for (let n = 0; n < 4; n++) await attempt(login, 'wrong wrong wrong', '192.0.2.7');
    expect(await attempt(login, password, '192.0.2.7')).toBe('accepted');
    for (let n = 0; n < 4; n++) expect(await attempt(login, 'wrong wrong wrong', '192.0.2.7')).toBe('unauthorized');
    for (let n = 0; n < 12; n++) await attempt(`other${n}`, 'wrong wrong wrong', '192.0.2.7');
    expect(await attempt(login, password, '192.0.2.7')).toBe('too_many_requests');
    expect(await attempt(login, password, '192.0.2.8')).toBe('accepted');
  });

  test('an unknown login costs the same work as a known one', async () => {
    const { login } = await person();
    const cpu = async (name: string) => {
      const before = process.cpuUsage();
      for (let n = 0; n < 3; n++) await codeOf(access.sessions.open({ login: name, password: 'wrong wrong wrong' }, browser(`203.0.113.${50 + n}`)));
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const known = await cpu(login);
    const unknown = await cpu('nobody at all');
    // A look-up without the hash would take a hundredth of it.
    expect(unknown).toBeGreaterThan(known / 4);
  });
});

describe('sessions', () => {
  test('a disabled person is out at once, and a new password ends the other sessions', async () => {
    const { login, user_id } = await person();
    const first = await access.sessions.open({ login, password }, browser('192.0.2.20'));
    const second = await access.sessions.open({ login, password }, browser('192.0.2.21'));
    await access.users.changePassword(first.principal, password, 'another four words', effect);
    access.sessions.forget();
    expect(await codeOf(access.sessions.verify(second.secret))).toBe('unauthorized');
    expect(await access.sessions.verify(first.secret)).toMatchObject({ id: user_id });
    await database.db.transaction((tx) => access.users.update(tx, user_id, { is_disabled: true }));
    access.users.forget();
    access.sessions.forget();
    expect(await codeOf(access.sessions.verify(first.secret))).toBe('unauthorized');
    expect(await codeOf(access.sessions.open({ login, password: 'another four words' }, browser('192.0.2.22')))).toBe('unauthorized');
  });

  test('are listed with browser and address, and revoked by their owner only', async () => {
    const owner = await person();
    const other = await person();
    const { secret, principal } = await access.sessions.open({ login: owner.login, password }, browser('192.0.2.30'));
    const mine = await access.sessions.list(owner.user_id);
    expect(mine).toMatchObject([{ session_id: principal.sessionId, user_id: owner.user_id, address: '192.0.2.30', user_agent: 'test' }]);
    expect(await codeOf(database.db.transaction((tx) => access.sessions.revoke(principal.sessionId!, other.user_id, tx)))).toBe('not_found');
    await database.db.transaction((tx) => access.sessions.revoke(principal.sessionId!, owner.user_id, tx));
    expect(await codeOf(access.sessions.verify(secret))).toBe('unauthorized');
  });
});

describe('roles', () => {
  test('are found by the names that other systems use', async () => {
    expect(await access.roles.resolve('SENIOR_OPERATOR')).toBe('agent');
    expect(await access.roles.resolve('hr_manager')).toBe('planner');
    expect(await codeOf(access.roles.resolve('king'))).toBe('bad_request');
  });

  test('lose and gain scopes as data, but the administrator keeps the rights to give rights', async () => {
    const known = new Set(['org:read', 'statistics:read', 'admin:read', 'admin:write']);
    const change = (role: string, scopes: string[]) => codeOf(database.db.transaction((tx) => access.roles.update(tx, role, { scopes }, known)));
    expect(await change('viewer', ['statistics:read'])).toBe('accepted');
    access.roles.forget();
    expect([...(await access.roles.scopesOf('viewer'))].toSorted()).toEqual(['self', 'statistics:read']);
    expect(await change('viewer', ['everything'])).toBe('bad_request');
    expect(await change('admin', ['org:read'])).toBe('bad_request');
    expect(await change('king', [])).toBe('not_found');
  });
});

describe('what a SQL session may see', () => {
  test('is said by its caller for the server, by the table for any other login', async () => {
    const ask = (db: Pick<TestDatabase['db'], 'query'>) =>
      db.query('select platform.visible_services() as ids, platform.sees_all_services() as whole');
    expect(await ask(database.db)).toEqual([{ ids: null, whole: true }]);
    expect(await ask(database.db.as({ 'qh.services': '3,4' }))).toEqual([{ ids: [3, 4], whole: false }]);
    expect(await ask(database.db.as({ 'qh.services': '' }))).toEqual([{ ids: [], whole: false }]);
    expect(await ask(database.db)).toEqual([{ ids: null, whole: true }]);
    expect(await ask(database.owner)).toEqual([{ ids: null, whole: true }]);
  });

  test('does not change with a setting of its own', async () => {
    const ask = async () => {
      const rows = await database.inTransaction(async (tx) => {
        await tx.query(`select set_config('qh.services', 'all', true)`);
        return tx.query('select v.* from platform.visible_services() as v (ids)').catch((error: unknown) => error);
      }, 'api');
      return rows;
    };
    await database.owner.query('grant usage on schema platform to qh_api; grant execute on function platform.visible_services() to qh_api');
    expect(await ask()).toEqual([{ ids: null }]);
    await database.owner.query(`update platform.sql_logins set service_ids = '{5}' where login = 'qh_api'`);
    expect(await ask()).toEqual([{ ids: [5] }]);
    await database.owner.query(`delete from platform.sql_logins where login = 'qh_api'`);
    expect(await ask()).toEqual([{ ids: [] }]);
  });

  test('is asked of the server only when another caller’s connection is taken over', async () => {
    const seen: string[] = [];
    const narrow = database.db.as({ 'qh.services': '1' });
    for (const db of [narrow, narrow, narrow])
      seen.push(...(await db.query<{ at: string }>(`select pg_backend_pid() || ' ' || current_setting('qh.services') as at`)).map((row) => row.at));
    expect(seen.every((at) => at.endsWith(' 1'))).toBe(true);
  });
});
