import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { QhError } from '../errors.ts';
import { newKeyId, open, seal } from './envelope.ts';
import { Secrets } from './secrets.ts';

let database: TestDatabase;
let secrets: Secrets;
beforeAll(async () => {
  database = await testDatabase();
  secrets = new Secrets(database.db, 'the secret key');
});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'opened',
    (error: unknown) => (error instanceof QhError ? error.code : error),
  );

describe('a secret', () => {
  test('comes back as it was put in, and is nowhere in the database', async () => {
    await secrets.put('smtp.password', 'très secret ☂', 'test');
    expect(await secrets.get('smtp.password')).toBe('très secret ☂');
    const [row] = await database.db.query<{ found: boolean }>(
      `select bool_or(position(convert_to('secret', 'UTF8') in s.envelope) > 0) as found from platform.secrets s`,
    );
    expect(row?.found).toBe(false);
    expect(await codeOf(secrets.get('nothing'))).toBe('not_found');
  });

  test('does not open when a bit of it was changed, under another name, or with another key', () => {
    const envelope = seal('a', 'value', 'key', newKeyId());
    expect(open('a', envelope, 'key')).toBe('value');
    for (let at = 1; at < envelope.length; at++) {
      const changed = Buffer.from(envelope);
      changed[at]! ^= 1;
      expect(() => open('a', changed, 'key'), `byte ${at}`).toThrow(QhError);
    }
    expect(() => open('b', envelope, 'key')).toThrow(QhError);
    expect(() => open('a', envelope, 'other key')).toThrow(QhError);
    expect(seal('a', 'value', 'key', newKeyId())).not.toEqual(envelope);
  });

  test('is encrypted anew by a rotation, all or none', async () => {
    await secrets.put('one', '1', 'test');
    await secrets.put('two', '2', 'test');
    const before = await secrets.list();
    expect(new Set(before.map(({ key_id }) => key_id)).size).toBe(1);
    expect(await database.db.transaction((tx) => secrets.rotate(tx))).toBe(before.length);
    const after = await secrets.list();
    expect(after[0]!.key_id).not.toBe(before[0]!.key_id);
    expect(new Set(after.map(({ key_id }) => key_id)).size).toBe(1);
    expect(await secrets.get('two')).toBe('2');
    expect(await codeOf(database.db.transaction((tx) => secrets.rotate(tx, 'a wrong key')))).toBe('conflict');
    expect(await secrets.get('one')).toBe('1');
  });

  test('moves to another secret key by a rotation from the former one', async () => {
    const moved = new Secrets(database.db, 'the next secret key');
    expect(await codeOf(moved.get('one'))).toBe('conflict');
    await database.db.transaction((tx) => moved.rotate(tx, 'the secret key'));
    expect(await moved.get('one')).toBe('1');
  });
});
