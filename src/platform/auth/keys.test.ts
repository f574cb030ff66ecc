import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { QhError } from '../errors.ts';
import { openAccess } from './access.ts';
import { KeyedHash } from './keyed_hash.ts';
import type { Keys } from './keys.ts';
import type { Sessions } from './sessions.ts';

let database: TestDatabase;
let keys: Keys;
let sessions: Sessions;
beforeAll(async () => {
  database = await testDatabase();
  ({ keys, sessions } = openAccess(database.db, 'pepper'));
});

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof QhError ? error.code : error),
  );
const browser = { address: '192.0.2.1', userAgent: 'test' };
const make = (expiresAt: Date | null = null) => keys.create({ name: 'somebody', role: 'viewer', expires_at: expiresAt, created_by: 'test' });

describe('keys', () => {
  test('are hashed as HMAC-SHA-256 says', () => {
    for (const key of [Buffer.from('pepper'), Buffer.alloc(64, 1), Buffer.alloc(100, 7), Buffer.alloc(0)])
      for (const text of ['', 'qh_a_b', 'ключ'.repeat(50)])
        expect(new KeyedHash(key).digest(text)).toEqual(createHmac('sha256', key).update(text).digest());
  });

  test('a key is known by its whole text and by nothing less', async () => {
    const { key_id, key } = await make();
    expect(await keys.verify(key)).toMatchObject({ id: key_id, role: 'viewer', kind: 'key' });
    for (const wrong of [`${key}x`, key.slice(0, -1), `qh_${key_id}_`, `qh_${key_id}_wrong`, '', 'qh_', `QH${key.slice(2)}`])
      expect(await refused(keys.verify(wrong)), wrong).toBe('unauthorized');
  });

  test('the secret is not in the database', async () => {
    const { key } = await make();
    const secret = key.split('_').slice(2).join('_');
    const [row] = await database.db.query<{ found: boolean }>(`select bool_or(k::text like '%' || $1 || '%') as found from platform.api_keys as k`, [
      secret,
    ]);
    expect(row?.found).toBe(false);
  });

  test('a revoked key is refused at once, also where it was used a moment ago', async () => {
    const { key_id, key } = await make();
    await keys.verify(key);
    await keys.revoke(key_id);
    expect(await refused(keys.verify(key))).toBe('unauthorized');
    expect(await refused(keys.revoke('nobody'))).toBe('not_found');
  });

  test('a key ends when it expires', async () => {
    const { key } = await make(new Date('2025-03-01T00:00:00Z'));
    database.setNow('2025-02-28T23:59:59Z');
    expect(await keys.verify(key)).toMatchObject({ role: 'viewer' });
    database.setNow('2025-03-01T00:00:00Z');
    expect(await refused(keys.verify(key))).toBe('unauthorized');
    database.setNow(null);
  });

  test('a rotated key works beside its successor until the overlap ends, and has the same rights', async () => {
    const { key_id, key } = await keys.create({
      name: 'narrow',
      role: 'viewer',
      operations: ['statistics.intervals'],
      service_ids: [7],
      created_by: 'test',
    });
    const successor = await database.db.transaction((tx) => keys.rotate(key_id, 24, 'test', tx));
    for (const each of [key, successor.key])
      expect(await keys.verify(each)).toMatchObject({ role: 'viewer', limits: { operations: ['statistics.intervals'], serviceIds: [7] } });
    expect(await refused(database.db.transaction((tx) => keys.rotate(key_id, 24, 'test', tx)))).toBe('conflict');
    database.setNow(new Date(Date.now() + 25 * 3_600_000));
    expect(await refused(keys.verify(key))).toBe('unauthorized');
    expect(await keys.verify(successor.key)).toMatchObject({ id: successor.key_id });
    database.setNow(null);
  });

  test('last use is written down', async () => {
    const { key_id, key } = await make();
    await keys.verify(key);
    await keys.saveUse();
    expect((await keys.list()).find((entry) => entry.key_id === key_id)?.last_used_at).not.toBeNull();
  });

  test('a preset key of every allowed form works', async () => {
    const key = `qh_preset_${'aB3-_'.repeat(7)}`;
    await keys.preset(key, 'preset');
    expect(await keys.verify(key)).toMatchObject({ id: 'preset', role: 'admin' });
  });
});

describe('sessions', () => {
  test('a session stands for its key, until it is closed', async () => {
    const { key, key_id } = await make();
    const { secret } = await sessions.open({ key }, browser);
    expect(await sessions.verify(secret)).toMatchObject({ kind: 'session', id: key_id });
    await sessions.close(secret);
    expect(await refused(sessions.verify(secret))).toBe('unauthorized');
  });

  test('a session ends with its key, and after twelve hours', async () => {
    const { key, key_id } = await make();
    const first = await sessions.open({ key }, browser);
    database.setNow(new Date(Date.now() + 12 * 3_600_000 + 1000));
    expect(await refused(sessions.verify(first.secret))).toBe('unauthorized');
    database.setNow(null);
    const second = await sessions.open({ key }, browser);
    await keys.revoke(key_id);
    expect(await refused(sessions.verify(second.secret))).toBe('unauthorized');
  });
});
