import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { loadQuarters, stretch } from '../../../test/fixtures/agents.ts';
import { loadSmall } from '../../../test/fixtures/small.ts';

/** Agents 1 (Petrova), 2 (Sidorov), 3 (Keller) of the fixture; service 1 in Berlin, service 2 in Kolkata (half an hour off UTC). */
const database = await testDatabase();

interface Figures {
  bucket_start: Date;
  bucket_end: Date;
  scope_id: number;
  [name: string]: unknown;
}
const figures = (from: string, to: string, minutes: number | null, zone: string, agents = [1, 2, 3], scopes = agents) =>
  database.db.query<Figures>('select * from statistics.agent_figures($1, $2, $3, $4, $5, $6)', [from, to, minutes, zone, agents, scopes]);
const quarter = { ready: 300, talk: 450, wrap: 150, handled: 2 };

beforeAll(async () => {
  await loadSmall(database);
  await loadQuarters(database, [
    // Berlin: 23 hours on 30 March, 25 on 26 October.
    ...stretch(92, { agent: 1, at: '2025-03-29T23:00Z', ...quarter }),
    ...stretch(100, { agent: 1, at: '2025-10-25T22:00Z', ...quarter }),
    // The last quarter of the year in Berlin, and the first.
    { agent: 3, at: '2024-12-31T22:45Z', ...quarter },
    { agent: 3, at: '2024-12-31T23:00Z', ...quarter },
    // Half past midnight UTC is six in Kolkata; 18:30 UTC is its midnight.
    { agent: 3, at: '2025-06-10T18:15Z', service: 2, ...quarter },
    { agent: 3, at: '2025-06-10T18:30Z', service: 2, ...quarter },
  ]);
});

describe.each([
  ['before the fold', false],
  ['after it', true],
])('figures of agents %s', (_name, folded) => {
  beforeAll(async () => {
    if (folded) await database.db.query('select statistics.refresh()');
  });

  test('are sums of the rows, and ratios of the sums', async () => {
    const [one, two, ...rest] = await figures('2025-03-03T08:00Z', '2025-03-03T09:00Z', 60, 'Europe/Berlin', [1, 2]);
    expect(rest).toEqual([]);
    expect(one).toMatchObject({
      scope_id: 1,
      agent_count: 1,
      interval_count: 2,
      login_seconds: 1500,
      ready_seconds: 300,
      not_ready_seconds: 100,
      talk_seconds: 700,
      hold_seconds: 50,
      wrap_seconds: 200,
      handled: 4,
      transferred: 1,
      handle_seconds: 950,
      unaccounted_seconds: 150,
    });
    // 950 of 1250, 700 of 1500, 950 of 1500, 1250 of 1500; 4 calls in 1500 s are 9.6 in an hour.
    expect(one!.occupancy_pct).toBeCloseTo(76, 10);
    expect(one!.utilization_pct).toBeCloseTo(46.6666666667, 8);
    expect(one!.handle_share_pct).toBeCloseTo(63.3333333333, 8);
    expect(one!.availability_pct).toBeCloseTo(83.3333333333, 8);
    expect(one!.calls_per_hour).toBeCloseTo(9.6, 10);
    expect([one!.talk_avg_seconds, one!.aht_seconds, one!.wrap_avg_seconds, one!.transfer_pct]).toEqual([175, 237.5, 50, 25]);
    // Who handled nothing has no averages, and an occupancy of 0.
    expect(two).toMatchObject({ scope_id: 2, occupancy_pct: 0, calls_per_hour: 0, aht_seconds: null, talk_avg_seconds: null, transfer_pct: null });
  });

  test('of a team are those of its agents added up, not averaged', async () => {
    const [team] = await figures('2025-03-03T08:00Z', '2025-03-03T09:00Z', null, 'Europe/Berlin', [1, 2], [7, 7]);
    expect(team).toMatchObject({ scope_id: 7, agent_count: 2, interval_count: 3, login_seconds: 2400, handled: 4, handle_seconds: 950 });
    // 950 of 950 + 1200: the mean of 76 and 0 would be 38.
    expect(team!.occupancy_pct).toBeCloseTo((100 * 950) / 2150, 10);
  });

  test('of a day in which the clock is changed hold 92 and 100 quarters', async () => {
    const days = await figures('2025-03-29T23:00Z', '2025-03-30T22:00Z', 1440, 'Europe/Berlin', [1]);
    expect(days).toMatchObject([{ interval_count: 92, login_seconds: 92 * 900, handled: 184 }]);
    expect([days[0]!.bucket_start, days[0]!.bucket_end]).toEqual([new Date('2025-03-29T23:00Z'), new Date('2025-03-30T22:00Z')]);
    expect(await figures('2025-10-25T22:00Z', '2025-10-26T23:00Z', 1440, 'Europe/Berlin', [1])).toMatchObject([
      { interval_count: 100, login_seconds: 100 * 900, handled: 200 },
    ]);
    // The same seconds in another zone fall into two days.
    expect((await figures('2025-10-25T00:00Z', '2025-10-27T00:00Z', 1440, 'UTC', [1])).map((day) => day.interval_count)).toEqual([8, 92]);
    expect(await figures('2025-10-25T22:00Z', '2025-10-26T23:00Z', 15, 'Europe/Berlin', [1])).toHaveLength(100);
  });

  test('end with the month and the year of the zone that is asked', async () => {
    const months = await figures('2024-11-30T23:00Z', '2025-01-31T23:00Z', 43200, 'Europe/Berlin', [3]);
    expect(months.map((month) => [month.bucket_start.toISOString(), month.interval_count])).toEqual([
      ['2024-11-30T23:00:00.000Z', 1],
      ['2024-12-31T23:00:00.000Z', 1],
    ]);
    expect(await figures('2024-12-01T00:00Z', '2025-01-01T00:00Z', 43200, 'UTC', [3])).toMatchObject([{ interval_count: 2 }]);
  });

  test('of a service whose midnight is at half past are exact by its days, by those of others, and by hours', async () => {
    const span = ['2025-06-09T18:30Z', '2025-06-11T18:30Z'] as const;
    expect((await figures(...span, 1440, 'Asia/Kolkata', [3])).map((day) => day.bucket_start.toISOString())).toEqual([
      '2025-06-09T18:30:00.000Z',
      '2025-06-10T18:30:00.000Z',
    ]);
    expect(await figures('2025-06-10T00:00Z', '2025-06-11T00:00Z', 1440, 'UTC', [3])).toMatchObject([{ interval_count: 2 }]);
    expect((await figures(...span, 60, 'Asia/Kolkata', [3])).map((hour) => hour.interval_count)).toEqual([1, 1]);
    expect((await figures(...span, 60, 'UTC', [3])).map((hour) => hour.interval_count)).toEqual([2]);
  });

  test('of an empty stretch are none, and of one quarter just that', async () => {
    expect(await figures('2025-03-03T08:00Z', '2025-03-03T08:00Z', 15, 'UTC')).toEqual([]);
    expect(await figures('2019-01-01T00:00Z', '2020-01-01T00:00Z', null, 'UTC')).toEqual([]);
    expect(await figures('2025-03-03T08:15Z', '2025-03-03T08:30Z', null, 'UTC', [1])).toMatchObject([
      { scope_id: 1, interval_count: 1, login_seconds: 600 },
    ]);
  });
});

test('a batch that is undone leaves what would be there without it, whatever came before and after', async () => {
  const state = () =>
    database.db.query(
      'select agent_id, interval_start_time, login_seconds, handled from statistics.agent_activity where interval_start_time < $1 order by 1, 2',
      ['2024-06-01'],
    );
  const at = '2024-05-05T10:00Z';
  const first = await loadQuarters(database, [{ agent: 1, at, ready: 100, handled: 1 }]);
  const one = await state();
  const second = await loadQuarters(database, [
    { agent: 1, at, ready: 200, handled: 2 },
    { agent: 2, at, ready: 5 },
  ]);
  const two = await state();
  // The third says what the second said, and something of its own.
  const third = await loadQuarters(database, [
    { agent: 1, at, ready: 200, handled: 2 },
    { agent: 3, at, ready: 7 },
  ]);
  const undo = (batch: string) => database.db.query('select * from statistics.undo_batch($1)', [batch]);
  expect(await undo(second)).toEqual([{ rows_deleted: 1, rows_restored: 0 }]);
  expect(await state()).toEqual([two[0], { ...two[0], agent_id: 3, login_seconds: 7, handled: 0 }]);
  expect(await undo(third)).toEqual([{ rows_deleted: 1, rows_restored: 1 }]);
  expect(await state()).toEqual(one);
  expect(await undo(first)).toEqual([{ rows_deleted: 1, rows_restored: 0 }]);
  expect(await state()).toEqual([]);
  expect(await undo(first)).toEqual([{ rows_deleted: 0, rows_restored: 0 }]);
  expect(await database.db.query('select from statistics.agent_versions')).toEqual([]);
});

test('days and months follow when the service moves to another zone', async () => {
  await database.db.query('select statistics.refresh()');
  await database.owner.query(`update org.services set time_zone = 'Asia/Tokyo' where service_id = 1`);
  const asked = () => figures('2024-12-30T15:00Z', '2025-01-01T15:00Z', 1440, 'Asia/Tokyo', [3]);
  const before = await asked();
  expect(before).toMatchObject([{ interval_count: 2, bucket_start: new Date('2024-12-31T15:00Z') }]);
  await database.db.query('select statistics.refresh()');
  expect(await asked()).toEqual(before);
  await database.owner.query(`update org.services set time_zone = 'Europe/Berlin' where service_id = 1`);
});
