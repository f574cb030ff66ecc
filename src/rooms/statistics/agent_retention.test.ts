import { beforeEach, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { loadQuarters, type Quarter } from '../../../test/fixtures/agents.ts';
import { applyRetention } from './retention.ts';

/** The detail of agents goes by the same announced policy as that of services; their hours, days and months stay for ever. */

let database: TestDatabase;
let batches: string[];
beforeEach(async () => {
  database = await testDatabase();
  database.setNow('2026-06-10T12:00Z');
  await database.db.transaction(async (tx) => {
    await tx.query(`select * from api.create_service('MSK', p_time_zone => 'Europe/Moscow')`);
    await tx.query(`select * from api.create_service('IND', p_time_zone => 'Asia/Kolkata')`);
    await tx.query(`select org.ensure_agents('{A-1,A-2}', '{Anna,Boris}')`);
  });
  batches = [];
  // Three quarters on the last evening (UTC) of each month: it is the next month already in Moscow and in Kolkata, not for no service.
  for (const day of ['2024-12-31', '2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30', '2026-05-01'])
    batches.push(await loadQuarters(database, evening(day)));
  await fold();
});

const evening = (day: string): Quarter[] => [
  { agent: 1, service: 1, at: `${day}T21:15Z`, talk: 600, ready: 300, handled: 4 },
  { agent: 1, service: 2, at: `${day}T21:45Z`, talk: 100, handled: 1 },
  { agent: 2, service: 0, at: `${day}T21:30Z`, not_ready: 900 },
];
const fold = () => database.db.query('select statistics.refresh()');
const rollups = (before = 'infinity') =>
  database.owner.query('select * from statistics.agent_rollups where bucket < $1 order by agent_id, service_id, group_id, grain, bucket', [before]);
const announce = () => database.api.query('select * from api.set_retention(13)');
/** The policy of 13 months, on its day. */
async function letGo(): Promise<number> {
  await announce();
  database.setNow('2026-06-17T12:00Z');
  return applyRetention(database.db);
}
const views = async () =>
  (
    await database.owner.query<Record<string, number>>(
      `select (select count(*)::int from api.agent_activity) as activity, (select count(*)::int from api.agent_status_history) as statuses,
         (select count(*)::int from api.agent_login_history) as logins`,
    )
  )[0];

describe('the preview of a policy', () => {
  test('names the partitions of agents with rows, bytes, batches, what stays and what is lost, and changes nothing', async () => {
    await database.owner.query('analyze statistics.agent_activity');
    const rows = await database.api.query<Record<string, unknown>>(
      `select to_char(month, 'YYYY-MM') as month, table_name, partition_name, row_count::int, bytes, bytes_freed, batches::int, stays, lost
       from api.preview_retention(13) order by month, table_name`,
    );
    // June 2026 less 13 whole months is May 2025; April stays for zones whose May begins in April.
    expect(rows.map(({ month, table_name: table, row_count: count, batches: loads }) => [month, table, count, loads])).toEqual([
      ['2024-12', 'agent_activity', 3, 1],
      ['2025-01', 'agent_activity', 3, 1],
      ['2025-02', 'agent_activity', 3, 1],
      ['2025-03', 'agent_activity', 3, 1],
    ]);
    expect(rows[0]).toMatchObject({
      partition_name: 'statistics.agent_activity_2024_12',
      stays: expect.stringContaining('agents and teams by hour'),
      lost: expect.stringContaining('status and login history'),
    });
    expect(rows[3]!.bytes_freed).toBe(rows.reduce((sum, { bytes }) => sum + Number(bytes), 0));
    expect(await views()).toEqual({ activity: 18, statuses: 24, logins: 18 });
  });
});

describe('when detail of agents is gone', () => {
  test('partitions, status and login history end with it; every hour, day and month is what it was', async () => {
    const before = await rollups();
    expect(await letGo()).toBe(4);
    expect(await rollups()).toEqual(before);
    expect(await views()).toEqual({ activity: 6, statuses: 8, logins: 6 });
    expect(
      await database.api.query(`select partition_name, row_count::int, kept from api.partitions() where not kept order by partition_name`),
    ).toEqual(
      ['2024_12', '2025_01', '2025_02', '2025_03'].map((month) => ({ partition_name: `agent_activity_${month}`, row_count: 3, kept: false })),
    );
    const month = await database.db.query<Record<string, unknown>>(
      `select scope_code, handled, occupancy_pct from api.agent_intervals(p_start_time => '2025-01-01T00:00+03', p_end_time => '2025-02-01T00:00+03',
         p_interval_minutes => 43200, p_service => 'MSK', p_time_zone => 'Europe/Moscow')`,
    );
    // 31 December, 21:15 UTC, is January in Moscow: 600 of 900 seconds.
    expect(month).toEqual([{ scope_code: 'A-1', handled: 4, occupancy_pct: expect.closeTo(200 / 3, 8) }]);
    expect(await applyRetention(database.db)).toBe(0);
    expect(await database.owner.query(`select statistics.ensure_partitions('{2025-02-01,2025-06-01}', 'agent_activity') as made`)).toEqual([
      { made: 1 },
    ]);
  });

  test('what was touched and not folded yet is folded before it goes', async () => {
    await loadQuarters(database, [{ agent: 2, service: 1, at: '2025-01-15T10:00Z', talk: 60, handled: 7 }]);
    await letGo();
    expect((await rollups()).filter(({ handled }) => handled === 7)).toHaveLength(3);
  });

  test('late rows are refused with the reason, the good ones of a post go in', async () => {
    await letGo();
    await expect(loadQuarters(database, [{ agent: 1, at: '2025-02-01T10:00Z', ready: 900 }])).rejects.toMatchObject({
      code: 'QH409',
      message: expect.stringContaining('let go of by the retention policy'),
    });
    const quarter = (at: string, service: string) => ({
      agent_code: 'A-1',
      service,
      interval_start_time: at,
      login_seconds: 900,
      ready_seconds: 900,
    });
    const [posted] = await database.api.query<{ inserted_count: number; errors: Record<string, unknown>[] }>(
      'select inserted_count, errors from api.post_agent_activity($1)',
      // May in Moscow begins on 30 April, 21:00 UTC; in Kolkata at 18:30, in the hour that ends at 19:00.
      [
        JSON.stringify([
          quarter('2025-04-30T20:45:00Z', 'MSK'),
          quarter('2025-04-30T21:00:00Z', 'MSK'),
          quarter('2025-04-30T18:45:00Z', 'IND'),
          quarter('2025-04-30T19:00:00Z', 'IND'),
        ]),
      ],
    );
    expect(posted!.inserted_count).toBe(2);
    expect(posted!.errors.map(({ row_number: row, error_code: code }) => [row, code])).toEqual([
      [1, 'DETAIL_DROPPED'],
      [3, 'DETAIL_DROPPED'],
    ]);
    expect(posted!.errors[0]).toMatchObject({
      error:
        'interval_start_time 2025-04-30 20:45:00+00 lies before 2025-04-30 21:00 UTC; the detail of that time was let go of by the retention policy',
      hint: 'Leave the row out: hours, days and months of that time are kept as they are.',
    });
  });

  test('an undo of a batch with rows of a month that is gone is refused; others are undone', async () => {
    await letGo();
    const undo = (batch: string) => database.db.query<{ rows_deleted: number }>('select rows_deleted::int from statistics.undo_batch($1)', [batch]);
    await expect(undo(batches[0]!)).rejects.toMatchObject({ code: 'QH409', message: expect.stringContaining('let go of by the retention policy') });
    const before = await rollups('2025-05-01T00:00Z');
    expect(await undo(batches[5]!)).toEqual([{ rows_deleted: 3 }]);
    await fold();
    expect(await rollups('2025-05-01T00:00Z')).toEqual(before);
    // Nobody ceases to exist whose hours are kept.
    expect(await database.owner.query('select agent_id from statistics.agents_seen order by 1')).toEqual([{ agent_id: 1 }, { agent_id: 2 }]);
  });

  test('a service with such hours keeps its zone and is not merged', async () => {
    await letGo();
    await expect(database.db.query(`update org.services set time_zone = 'UTC' where service_id = 1`)).rejects.toMatchObject({ code: 'QH409' });
    await expect(database.db.query('select statistics.merge_services(1, 2)')).rejects.toMatchObject({ code: 'QH409' });
  });
});
