import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { QhError } from '../errors.ts';
import { Keys } from './keys.ts';
import { Sessions } from './sessions.ts';

let database: TestDatabase;
let keys: Keys;
let sessions: Sessions;
beforeAll(async () => {
  database = await testDatabase();
  keys = new Keys(database.db, Buffer.from('pepper'));
  sessions = new Sessions(database.db, keys);
});

const refused = (work: Promise<unknown>) => work.then(() => 'accepted', (error: unknown) => (error instanceof QhError ? error.code : error));
const make = (expiresAt: Date | null = null) => keys.create({ name: 'somebody', role: 'viewer', expires_at: expiresAt, created_by: 'test' });

describe('keys', () => {
  test('a key is known by its whole text and by nothing less', async () => {
    const { key_id, key } = await make();
    expect(await keys.verify(key)).toMatchObject({ id: key_id, role: 'viewer', kind: 'key' });
    for (const wrong of [`${key}x`, key.slice(0, -1), `qh_${key_id}_`, `qh_${key_id}_wrong`, '', 'qh_', `QH${key.slice(2)}`]) expect(await refused(keys.verify(wrong)), wrong).toBe('unauthorized');
  });

  test('the secret is not in the database', async () => {
    const { key } = await make();
    const secret = key.split('_').slice(2).join('_');
    const [row] = await database.db.query<{ found: boolean }>(`select bool_or(k::text like '%' || $1 || '%') as found from platform.api_keys as k`, [secret]);
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
    const { secret } = await sessions.open(key);
    expect(await sessions.verify(secret)).toMatchObject({ kind: 'session', id: key_id });
    await sessions.close(secret);
    expect(await refused(sessions.verify(secret))).toBe('unauthorized');
  });

  test('a session ends with its key, and after twelve hours', async () => {
    const { key, key_id } = await make();
    const first = await sessions.open(key);
    database.setNow(new Date(Date.now() + 12 * 3_600_000 + 1000));
    expect(await refused(sessions.verify(first.secret))).toBe('unauthorized');
    database.setNow(null);
    const second = await sessions.open(key);
    await keys.revoke(key_id);
    expect(await refused(sessions.verify(second.secret))).toBe('unauthorized');
  });
});
