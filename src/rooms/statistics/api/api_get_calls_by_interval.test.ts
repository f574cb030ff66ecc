import { expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import { loadSmall } from '../../../../test/fixtures/small.ts';

const database = await testDatabase();
await loadSmall(database);
const calls = (named: string) => database.api.query(`select * from api.api_get_calls_by_interval(${named})`);

test("the seed's parameters and columns stand first and in its order", async () => {
  const [found] = await database.owner.query<{ names: string[]; inputs: number }>(
    `select proargnames as names, pronargs as inputs from pg_proc where proname = 'api_get_calls_by_interval'`,
  );
  expect(found!.names.slice(0, 5)).toEqual(['p_start_time', 'p_end_time', 'p_interval_minutes', 'p_service_ids', 'p_group_ids']);
  expect(found!.names.slice(found!.inputs, found!.inputs + 10)).toEqual([
    'interval_start',
    'interval_end',
    'service_id',
    'group_id',
    'total_received',
    'total_treated',
    'total_missed',
    'avg_handle_time_ms',
    'service_level',
    'occupancy_rate',
  ]);
});

test('without group_ids: one row per interval and service, and the handle time weighs by contacts', async () => {
  expect(await calls(`'2025-03-03T08:00Z', '2025-03-03T09:00Z', 30, array[1]`)).toMatchObject([
    // (1300 + 34500) / 160 = 223.75 s; service level 105 of 200.
    {
      interval_start: new Date('2025-03-03T08:00Z'),
      interval_end: new Date('2025-03-03T08:30Z'),
      group_id: null,
      total_received: 200,
      total_treated: 160,
      total_missed: 40,
      avg_handle_time_ms: 223_750,
      service_level: 52.5,
    },
    // (2000 + 220) / 11
    {
      interval_start: new Date('2025-03-03T08:30Z'),
      group_id: null,
      total_received: 12,
      total_treated: 11,
      total_missed: 1,
      avg_handle_time_ms: 201_818,
      service_level: 83.33,
    },
  ]);
});

test('with group_ids: one row per queue; null or 0 is the service, −1 names without a queue', async () => {
  const rows = await database.api.query<{ group_id: number | null; total_received: number }>(
    `select group_id, total_received from api.api_get_calls_by_interval('2025-03-03T08:00Z', '2025-03-03T09:00Z', 60, '{1}', '{1,2,null,-1}')`,
  );
  expect(rows).toEqual([
    { group_id: -1, total_received: 10 },
    { group_id: null, total_received: 212 },
    { group_id: 1, total_received: 111 },
    { group_id: 2, total_received: 91 },
  ]);
});

test('the end is exclusive, and unique contacts are null where nobody counted them', async () => {
  expect(await calls(`'2025-03-03T08:00Z', '2025-03-03T08:15Z', 15, '{1}'`)).toMatchObject([{ total_received: 10, total_unique_received: null }]);
  expect(await calls(`'2025-03-03T09:00Z', '2025-03-03T10:00Z', 60, '{1}'`)).toMatchObject([
    { total_received: 12, total_unique_received: 8, total_treated: null },
  ]);
});

test('any grain that divides a day, in any zone; what is finer than the data says so', async () => {
  for (const minutes of [5, 10, 15, 20, 30, 60, 90, 120, 180, 240, 360, 480, 720, 1440, 10080, 43200]) {
    const rows = (await calls(`'2025-03-01T00:00Z', '2025-04-01T00:00Z', ${minutes}, '{1}', p_time_zone => 'Asia/Kathmandu'`)) as {
      total_received: number;
    }[];
    expect(
      rows.reduce((sum, row) => sum + row.total_received, 0),
      String(minutes),
    ).toBe(244);
  }
  expect(await calls(`'2025-03-03T09:00Z', '2025-03-03T10:00Z', 5, '{1}'`)).toMatchObject([
    { granularity_minutes: 60, interval_start: new Date('2025-03-03T09:00Z'), interval_end: new Date('2025-03-03T10:00Z') },
  ]);
});

test('an unknown service has no rows; an unknown zone or grain is refused', async () => {
  expect(await calls(`'2025-03-01', '2025-04-01', 60, '{99}'`)).toEqual([]);
  await expect(calls(`p_time_zone => 'Mars/Olympus'`)).rejects.toMatchObject({ code: 'QH400' });
  await expect(calls(`p_interval_minutes => 25`)).rejects.toMatchObject({ code: 'QH400' });
});

test('without times: the last 24 hours that have data', async () => {
  expect(await calls('')).toMatchObject([
    { interval_start: new Date('2025-03-03T09:00Z') },
    { interval_start: new Date('2025-03-04T08:00Z'), total_received: 20 },
  ]);
});
