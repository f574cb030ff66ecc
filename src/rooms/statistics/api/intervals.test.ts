import { expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import { loadRows, loadSmall } from '../../../../test/fixtures/small.ts';

const database = await testDatabase();
await loadSmall(database);

type Item = Record<string, number | string | Date | null>;
const intervals = (named: string, values: unknown[] = []) => database.api.query<Item>(`select * from api.intervals(${named})`, values);

test('a ratio divides sums: 10 of 10 and 95 of 190 are 52.5 %, not 75 %', async () => {
  const [whole] = await intervals(`'SUPPORT', null, '2025-03-03T09:00', '2025-03-03T09:30', 0`);
  expect(whole).toMatchObject({ offered: 200, answered_in_threshold: 105, service_level_pct: 52.5, service_level: 52.5, interval_count: 2 });
});

test('every figure of a quarter-hour is what paper says', async () => {
  const [item] = await intervals(`'SUPPORT', p_start_time => '2025-03-03T09:15', p_end_time => '2025-03-03T09:30'`);
  expect(item).toEqual({
    interval_start: new Date('2025-03-03T08:15:00Z'),
    interval_end: new Date('2025-03-03T08:30:00Z'),
    service_id: 1,
    group_id: null,
    total_received: 190,
    total_treated: 150,
    total_missed: 40,
    // (30000 + 600 + 900 + 3000) / 150 = 230 s
    avg_handle_time_ms: 230_000,
    service_level: 50,
    occupancy_rate: null,
    total_unique_received: null,
    granularity_minutes: 15,
    service_code: 'SUPPORT',
    queue: null,
    group_key: 0,
    interval_count: 1,
    offered: 190,
    unique_offered: null,
    handled: 150,
    answered_in_threshold: 95,
    abandoned: 40,
    abandoned_in_5s: 10,
    abandoned_in_threshold: null,
    failed: 1,
    talk_seconds: 30_000,
    outbound_talk_seconds: 600,
    hold_seconds: 900,
    wrap_seconds: 3000,
    wait_handled_seconds: 4500,
    wait_abandoned_seconds: 1200,
    ready_seconds: null,
    max_wait_handled_seconds: 120,
    max_wait_abandoned_seconds: 90,
    service_level_pct: 50,
    service_level_of_handled_pct: expect.closeTo((100 * 95) / 150, 10),
    handled_pct: expect.closeTo((100 * 150) / 190, 10),
    handled_less_short_abandons_pct: expect.closeTo((100 * 150) / 180, 10),
    abandonment_pct: expect.closeTo((100 * 40) / 190, 10),
    aht_seconds: 230,
    aht_without_wrap_seconds: 210,
    talk_avg_seconds: 200,
    wrap_avg_seconds: 20,
    asa_seconds: 30,
    wait_abandoned_avg_seconds: 30,
    occupancy_pct: null,
    service_level_variant: 'offered',
    coverage_pct: 100,
  });
});

test('a maximum is never added up', async () => {
  const [whole] = await intervals(`'SUPPORT', null, '2025-03-03T09:00', '2025-03-03T09:30', 0`);
  expect(whole).toMatchObject({ max_wait_handled_seconds: 120, max_wait_abandoned_seconds: 90 });
});

test("the service's own total counts where it is, else the sum of its names, else the load; never two of them", async () => {
  const items = await intervals(`'SUPPORT', p_start_time => '2025-03-03T09:00', p_end_time => '2025-03-03T11:00'`);
  expect(
    items.map(({ interval_start, offered, unique_offered, handled }) => [
      (interval_start as Date).toISOString().slice(11, 16),
      offered,
      unique_offered,
      handled,
    ]),
  ).toEqual([
    ['08:00', 10, null, 10],
    ['08:15', 190, null, 150],
    ['08:30', 12, null, 11],
    // From here only the load knows: nothing of handled, and the hour is one piece.
    ['09:00', 12, 8, null],
  ]);
  expect(items[3]).toMatchObject({
    granularity_minutes: 60,
    interval_end: new Date('2025-03-03T10:00:00Z'),
    service_level_pct: null,
    coverage_pct: 0,
  });
  // (150 + 30) per contact that was offered.
  expect(items[3]).toMatchObject({ aht_seconds: 180, aht_without_wrap_seconds: 150, abandonment_pct: null });
});

test('a ratio says how much of the volume it covers', async () => {
  const [whole] = await intervals(`'SUPPORT', null, '2025-03-03T09:00', '2025-03-03T11:00', 0`);
  // 105 + 10 of 212; the load's 12 know nothing of it.
  expect(whole).toMatchObject({
    offered: 224,
    service_level_pct: expect.closeTo((100 * 115) / 212, 10),
    coverage_pct: expect.closeTo((100 * 212) / 224, 10),
  });
});

test('by queue: one item per queue, names without a queue on their own, and the sums of the names', async () => {
  const items = await intervals(`'SUPPORT', null, '2025-03-03T09:00', '2025-03-03T10:00', 60, null, 'queue'`);
  expect(items.map(({ queue, group_id, group_key, offered }) => ({ queue, group_id, group_key, offered }))).toEqual([
    { queue: null, group_id: -1, group_key: -1, offered: 10 },
    { queue: 'LINE_1', group_id: 1, group_key: 1, offered: 111 },
    { queue: 'LINE_2', group_id: 2, group_key: 2, offered: 91 },
  ]);
  expect(await intervals(`'SUPPORT', 'LINE_2', '2025-03-03T09:00', '2025-03-03T10:00', 60`)).toMatchObject([{ queue: 'LINE_2', offered: 91 }]);
});

test('without a service one item per service', async () => {
  const items = await intervals(`p_start_time => '2025-03-03T00:00Z', p_end_time => '2025-03-04T00:00Z', p_interval_minutes => 0`);
  expect(items.map(({ service_code, offered }) => [service_code, offered])).toEqual([
    ['SALES', 69],
    ['SUPPORT', 224],
  ]);
});

test("days are the service's, unless another zone is asked for", async () => {
  const own = await intervals(`'SALES', null, '2025-03-03', '2025-03-04', 1440`);
  expect(own.map(({ interval_start, offered }) => [interval_start, offered])).toEqual([[new Date('2025-03-02T18:30:00Z'), 69]]);
  const other = await intervals(`'SALES', null, '2025-03-02', '2025-03-05', 1440, 'Pacific/Auckland'`);
  expect(other.map(({ interval_start, offered }) => [interval_start, offered])).toEqual([[new Date('2025-03-02T11:00:00Z'), 69]]);
});

test('hours of a half-hour zone begin at half past in UTC', async () => {
  const items = await intervals(`'SALES', null, '2025-03-03', '2025-03-04', 60`);
  expect(items.map(({ interval_start, offered, granularity_minutes }) => [interval_start, offered, granularity_minutes])).toEqual([
    [new Date('2025-03-03T04:30:00Z'), 65, 30],
    [new Date('2025-03-03T05:30:00Z'), 4, 15],
  ]);
});

test('without dates: the last 24 hours that have data', async () => {
  const items = await intervals(`'SUPPORT', p_interval_minutes => 1440`);
  // The last row ends at 08:15 UTC on the 4th, so the period is 09:00 to 09:00 UTC: 12 from the load, 20 the day after.
  expect(items.map(({ offered }) => offered)).toEqual([12, 20]);
  expect(await intervals(`p_end_time => '2025-03-03T08:15Z', p_service => 'SUPPORT', p_interval_minutes => 0`)).toMatchObject([{ offered: 10 }]);
  expect(await intervals(`p_start_time => '2025-03-04', p_service => 'SUPPORT', p_interval_minutes => 0`)).toMatchObject([{ offered: 20 }]);
});

test('an empty period has no items, a service without data neither', async () => {
  expect(await intervals(`'SUPPORT', null, '2020-01-01', '2020-02-01', 1440`)).toEqual([]);
  expect(await intervals(`'SUPPORT', null, '2025-03-03T09:00', '2025-03-03T09:00'`)).toEqual([]);
  await database.inTransaction(async (tx) => {
    await tx.query(`select org.create_service('NEW')`);
    expect(await tx.query(`select * from api.intervals('NEW')`)).toEqual([]);
  });
});

test('what cannot be answered is refused and says why', async () => {
  const refused = (named: string, code: string, hint: string) =>
    expect(intervals(named), named).rejects.toMatchObject({ code, hint: expect.stringContaining(hint) });
  await refused(`'SUPORT'`, 'QH404', 'SUPPORT');
  await refused(`'SUPPORT', 'LINE_9'`, 'QH404', 'LINE_1');
  await refused(`p_queue => 'LINE_1'`, 'QH400', 'service');
  await refused(`'SUPPORT', p_interval_minutes => 7`, 'QH400', '10080');
  await refused(`'SUPPORT', p_interval_minutes => 1`, 'QH400', '5');
  await refused(`'SUPPORT', p_by => 'agent'`, 'QH400', 'queue');
  await refused(`'SUPPORT', p_time_zone => 'Moscow'`, 'QH400', 'Europe/Moscow');
  await refused(`'SUPPORT', p_start_time => 'yesterday'`, 'QH400', '2025-03-01');
  await refused(`'SUPPORT', p_start_time => '2025-03-04', p_end_time => '2025-03-03'`, 'QH400', 'end_time');
});

test('the four variants of the service level', async () => {
  const level = async (variant: string) => {
    await database.db.query(`select api.update_service(1, p_service_level_variant => $1)`, [variant]);
    const [item] = await intervals(`'SUPPORT', null, '2025-03-03T09:15', '2025-03-03T09:30'`);
    return [item!.service_level_pct, item!.service_level_variant, item!.coverage_pct];
  };
  expect(await level('offered_without_short_abandons')).toEqual([expect.closeTo((100 * 95) / 180, 10), 'offered_without_short_abandons', 100]);
  expect(await level('handled')).toEqual([expect.closeTo((100 * 95) / 150, 10), 'handled', 100]);
  // The report does not say how many were abandoned in the threshold, so there is no such service level.
  expect(await level('handled_and_abandoned_in_threshold')).toEqual([null, 'handled_and_abandoned_in_threshold', 0]);
  expect(await level('offered')).toEqual([50, 'offered', 100]);
});

test('quarters, hours and days of a day when clocks change add up: 92 and 100 quarters', async () => {
  const rows = (from: string, count: number) =>
    Array.from({ length: count }, (_, n) => ({
      service_id: 1,
      source_id: 1,
      interval_start_time: new Date(Date.parse(from) + n * 900_000).toISOString(),
      interval_minutes: 15,
      offered: 1,
    }));
  // Berlin: 30 March 2025 lasts 23 hours, 26 October 25.
  await loadRows(database, rows('2025-03-29T23:00Z', 92));
  await loadRows(database, rows('2025-10-25T22:00Z', 100));
  for (const [day, next, quarters] of [
    ['2025-03-30', '2025-03-31', 92],
    ['2025-10-26', '2025-10-27', 100],
  ] as const) {
    const counts = [];
    for (const minutes of [15, 60, 1440])
      counts.push((await intervals(`'SUPPORT', null, $1, $2, $3`, [day, next, minutes])).map(({ offered }) => Number(offered)));
    expect(counts.map((list) => list.length)).toEqual([quarters, quarters / 4, 1]);
    expect(counts.map((list) => list.reduce((sum, offered) => sum + offered, 0))).toEqual([quarters, quarters, quarters]);
  }
});

test('months and years end where the calendar ends them', async () => {
  const at = (moment: string, offered: number) => ({ service_id: 1, source_id: 1, interval_start_time: moment, interval_minutes: 15, offered });
  // In Berlin: 31 December 2025 23:45, 1 January 00:00, 28 February 23:45, 1 March 00:00.
  await loadRows(database, [at('2025-12-31T22:45Z', 1), at('2025-12-31T23:00Z', 10), at('2026-02-28T22:45Z', 100), at('2026-02-28T23:00Z', 1000)]);
  const months = await intervals(`'SUPPORT', null, '2025-12-01', '2026-04-01', 43200`);
  expect(months.map(({ interval_start, interval_end, offered }) => [interval_start, interval_end, offered])).toEqual([
    [new Date('2025-11-30T23:00Z'), new Date('2025-12-31T23:00Z'), 1],
    [new Date('2025-12-31T23:00Z'), new Date('2026-01-31T23:00Z'), 10],
    [new Date('2026-01-31T23:00Z'), new Date('2026-02-28T23:00Z'), 100],
    [new Date('2026-02-28T23:00Z'), new Date('2026-03-31T22:00Z'), 1000],
  ]);
  // The ISO week of new year begins on Monday 29 December.
  expect(await intervals(`'SUPPORT', null, '2025-12-29', '2026-01-05', 10080`)).toMatchObject([
    { interval_start: new Date('2025-12-28T23:00Z'), offered: 11 },
  ]);
});

test('the time zone of the session is of no matter', async () => {
  await database.inTransaction(async (tx) => {
    const ask = async () => [
      await tx.query(`select * from api.intervals('SUPPORT', null, '2025-03-03', '2025-03-05', 1440)`),
      await tx.query(`select interval_start_time, counts from api.facts('SUPPORT', null, '2025-03-03', '2025-03-05')`),
    ];
    const inUtc = await ask();
    await tx.query(`set local timezone = 'Pacific/Auckland'`);
    expect(await ask()).toEqual(inUtc);
  }, 'api');
});
