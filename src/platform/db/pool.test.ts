import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { openPool } from './pool.ts';

const database = await testDatabase();

describe('values', () => {
  test('numbers are numbers, a bigint that a number cannot hold stays text', async () => {
    const rows = await database.db.query(`select 42::bigint as small, 9007199254740993::bigint as big, 1.25::numeric as share,
      '{1,null,3}'::bigint[] as list, '{{1.5,2},{3,4}}'::numeric[] as matrix`);
    expect(rows).toEqual([
      {
        small: 42,
        big: '9007199254740993',
        share: 1.25,
        list: [1, null, 3],
        matrix: [
          [1.5, 2],
          [3, 4],
        ],
      },
    ]);
  });

  test('moments are Dates, days and local times stay text', async () => {
    const [row] = await database.db.query(
      `select '2024-03-31 02:00+03'::timestamptz as at, date '2024-03-31' as day, timestamp '2024-03-31 02:00' as local`,
    );
    expect(row).toEqual({ at: new Date('2024-03-30T23:00:00Z'), day: '2024-03-31', local: '2024-03-31 02:00:00' });
  });
});

test('sessions run in UTC with an empty search_path', async () => {
  const [row] = await database.db.query(`select current_setting('TimeZone') as zone, current_setting('search_path') as path`);
  expect(row).toEqual({ zone: 'UTC', path: '' });
});

test('moments are the same on a server whose locale writes them otherwise', async () => {
  const german = await testDatabase();
  const open = (role: 'superuser' | 'server') => openPool({ url: german.url(role), applicationName: 'quarterhour test', max: 1 });
  const [superuser, db] = [open('superuser'), open('server')];
  try {
    await superuser.query(`alter database ${german.name} set datestyle = 'German'`);
    const [row] = await db.query(
      `select '2025-03-01 12:30Z'::timestamptz as at, '2025-03-01 12:30Z'::timestamptz::text as text, date '2025-03-01' as day`,
    );
    expect(row).toEqual({ at: new Date('2025-03-01T12:30:00Z'), text: '2025-03-01 12:30:00+00', day: '2025-03-01' });
  } finally {
    await Promise.all([superuser.end(), db.end()]);
  }
});

test('a transaction whose work throws is rolled back, and the connection is used again', async () => {
  const insert = `insert into platform.settings (name, value, updated_at) values ('pool_test', '1', platform.now())`;
  await expect(
    database.db.transaction(async (tx) => {
      await tx.query(insert);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await database.db.query(`select from platform.settings where name = 'pool_test'`)).toHaveLength(0);
  expect(await database.inTransaction(async (tx) => await tx.query(`${insert} returning name`))).toEqual([{ name: 'pool_test' }]);
  expect(await database.db.query(`select from platform.settings where name = 'pool_test'`)).toHaveLength(0);
});

test('a frozen clock is the same moment in TypeScript and in SQL, and runs on when it is let go', async () => {
  database.setNow('2024-02-29T12:00:00Z');
  expect(await database.db.query('select platform.now() as now')).toEqual([{ now: new Date('2024-02-29T12:00:00Z') }]);
  database.setNow(null);
  const [row] = await database.db.query<{ now: Date }>('select platform.now() as now');
  expect(Math.abs((row?.now.getTime() ?? 0) - performance.timeOrigin - performance.now())).toBeLessThan(60_000);
});
