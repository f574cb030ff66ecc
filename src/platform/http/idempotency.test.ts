import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { QhError } from '../errors.ts';
import { effectOf, Replay, requestHash, type KeyedWrite } from './idempotency.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

const write = (key: string, body = 'body'): KeyedWrite => ({ principalId: 'somebody', key, requestHash: requestHash('op', body) });
const setting = (name: string) => (tx: { query(text: string, values: unknown[]): Promise<unknown> }) =>
  tx.query(`insert into platform.settings (name, value, updated_at) values ($1, '1', platform.now())`, [name]).then(() => ({ made: name }));

/** The effect's answer, or the replayed one, or the code of the error. */
async function attempt(keyed: KeyedWrite, work: ReturnType<typeof setting>): Promise<unknown> {
  try {
    return await effectOf(database.db, keyed)(work);
  } catch (error) {
    if (error instanceof Replay) return { replayed: error.answer };
    if (error instanceof QhError) return error.code;
    throw error;
  }
}

describe('a write with an idempotency key', () => {
  test('happens once; the same key gives the same answer', async () => {
    const key = randomUUID();
    expect(await attempt(write(key), setting(key))).toEqual({ made: key });
    expect(await attempt(write(key), setting(`${key} again`))).toEqual({ replayed: { made: key } });
    expect(await database.db.query('select from platform.settings where name like $1', [`${key}%`])).toHaveLength(1);
  });

  test('is refused with another body', async () => {
    const key = randomUUID();
    await attempt(write(key), setting(key));
    expect(await attempt(write(key, 'another'), setting(`${key} other`))).toBe('idempotency_mismatch');
  });

  test('of another caller is another write', async () => {
    const key = randomUUID();
    await attempt(write(key), setting(key));
    expect(await attempt({ ...write(key), principalId: 'somebody else' }, setting(`${key} else`))).toEqual({ made: `${key} else` });
  });

  test('that failed left nothing, and may be sent again', async () => {
    const key = randomUUID();
    await expect(attempt(write(key), async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await attempt(write(key), setting(key))).toEqual({ made: key });
  });

  test('sent a thousand times at once has one effect; the others are told so or given its answer', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, n) => attempt(write(key), setting(`${key} ${n}`))));
    expect(await database.db.query('select from platform.settings where name like $1', [`${key}%`])).toHaveLength(1);
    expect(answers.filter((answer) => typeof answer === 'object' && answer !== null && 'made' in answer)).toHaveLength(1);
    expect(answers.every((answer) => answer === 'conflict' || typeof answer === 'object')).toBe(true);
  });
});
