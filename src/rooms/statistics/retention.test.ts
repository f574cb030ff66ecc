import { beforeEach, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { loadRows } from '../../../test/fixtures/small.ts';
import { applyRetention } from './retention.ts';

/** Detail goes only by an announced policy; hours, days and months stay exact for ever. */

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
  database.setNow('2026-06-10T12:00Z');
  await database.db.transaction(async (tx) => {
    // Moscow's months begin three hours before those of UTC, Kolkata's five and a half.
    for (const [code, zone] of [
      ['MSK', 'Europe/Moscow'],
      ['IND', 'Asia/Kolkata'],
    ])
      await tx.query(`select * from api.create_service($1, p_time_zone => $2)`, [code, zone]);
    await tx.query(`insert into org.sources (service_id, kind, external_name, created_at) select service_id, 'report', '', now() from org.services`);
  });
});

const row = (service: number, at: string, offered: number) => ({
  service_id: service,
  source_id: service,
  interval_start_time: at,
  interval_minutes: 15,
  offered,
});
const fold = () => database.db.query('select statistics.refresh()');
const rollups = (before = 'infinity') =>
  database.db.query('select * from statistics.current_rollups where bucket < $1 order by service_id, group_id, grain, bucket, known', [before]);
const announce = (months: number | null, effective: string | null = null) =>
  database.api.query<{ months_due: number; effective_on: Date }>('select * from api.set_retention($1, $2)', [months, effective]);
const calls = async (from: string, to: string, minutes: number | null, service = 1) =>
  (
    await database.db.query<{ offered: number }>('select offered from statistics.figures($1, $2, $3, null, array[$4::int])', [
      from,
      to,
      minutes,
      service,
    ])
  ).map(({ offered }) => offered);

/** One call per hour in the first day of January, February and March 2025, and in May 2026, for both services. */
async function history(): Promise<string[]> {
  const batches: string[] = [];
  for (const day of ['2025-01-01', '2025-02-01', '2025-03-01', '2025-04-01', '2026-05-01']) {
    const hours = Array.from({ length: 24 }, (_, hour) => `${day}T${String(hour).padStart(2, '0')}:15Z`);
    batches.push(
      await loadRows(
        database,
        hours.flatMap((at, n) => [row(1, at, n + 1), row(2, at, 1)]),
      ),
    );
  }
  await fold();
  return batches;
}

describe('the policy', () => {
  test('without one nothing is due; less than 13 months, or sooner than the notice, is refused', async () => {
    await history();
    expect(await database.api.query('select keep_months, months_due from api.retention()')).toEqual([{ keep_months: null, months_due: 0 }]);
    expect(await applyRetention(database.db)).toBe(0);
    await expect(announce(12)).rejects.toMatchObject({ code: 'QH400' });
    await expect(announce(13, '2026-06-12')).rejects.toMatchObject({ code: 'QH400' });
    await expect(database.db.query(`select statistics.drop_month('2025-01-01')`)).rejects.toMatchObject({ code: 'QH409' });
  });

  test('previews exactly the months older than it keeps and one more, and nothing else', async () => {
    await history();
    const months = (keep: number) =>
      database.api.query<{ month: string; batches: number }>(
        `select to_char(month, 'YYYY-MM') as month, batches::int from api.preview_retention($1) order by 1`,
        [keep],
      );
    // June 2026 less 13 whole months is May 2025; April stays for zones whose May begins in April.
    expect(await months(13)).toEqual([
      { month: '2025-01', batches: 1 },
      { month: '2025-02', batches: 1 },
      { month: '2025-03', batches: 1 },
    ]);
    expect(await months(15)).toMatchObject([{ month: '2025-01' }]);
    expect(await months(16)).toEqual([]);
    expect(await calls('2025-01-01T00:00Z', '2025-02-01T00:00Z', null)).toEqual([300]);
  });

  test('is announced first and applied from its day on, by the job and by qh maintain', async () => {
    await history();
    expect(await announce(13)).toMatchObject([{ months_due: 3 }]);
    expect(await applyRetention(database.db)).toBe(0);
    database.setNow('2026-06-17T00:00Z');
    expect(await applyRetention(database.db)).toBe(3);
    expect(await applyRetention(database.db)).toBe(0);
    const gone = await database.api.query(`select partition_name, row_count::int, kept from api.partitions() where not kept order by partition_name`);
    expect(gone).toEqual(['01', '02', '03'].map((month) => ({ partition_name: `contact_statistics_2025_${month}`, row_count: 48, kept: false })));
    // Making partitions does not make those again.
    expect(await database.owner.query(`select statistics.ensure_partitions('{2025-02-01,2025-05-01}') as made`)).toEqual([{ made: 1 }]);
  });

  test('changed or withdrawn before its day lets go of nothing, and its history stays', async () => {
    await history();
    await announce(13);
    await announce(null);
    database.setNow('2026-07-17T00:00Z');
    expect(await applyRetention(database.db)).toBe(0);
    expect(await database.db.query(`select keep_months from statistics.retention_policies order by announced_at`)).toEqual([
      { keep_months: 13 },
      { keep_months: null },
    ]);
  });
});

describe('when detail is gone', () => {
  async function dropped(): Promise<string[]> {
    const batches = await history();
    await announce(13);
    database.setNow('2026-06-17T00:00Z');
    return batches;
  }

  test('every hour, day and month is what it was, and quarters are not there any more', async () => {
    await dropped();
    const before = await rollups();
    const day = await calls('2025-01-01T00:00+03', '2025-01-02T00:00+03', 1440);
    await applyRetention(database.db);
    expect(await rollups()).toEqual(before);
    // Moscow's 1 January ends at 21:00 UTC: hours 0 to 20 with 1 to 21 calls.
    expect(day).toEqual([231]);
    expect(await calls('2025-01-01T00:00+03', '2025-01-02T00:00+03', 1440)).toEqual([231]);
    expect(await calls('2025-01-01T00:00+03', '2025-02-01T00:00+03', 43200)).toEqual([300]);
    expect(await calls('2025-01-01T09:00Z', '2025-01-01T11:00Z', 60)).toEqual([10, 11]);
    expect(await calls('2025-01-01T09:00Z', '2025-01-01T10:00Z', 15)).toEqual([]);
  });

  test('what was touched and not folded yet is folded before it goes', async () => {
    await dropped();
    await loadRows(database, [row(1, '2025-01-05T10:00Z', 7)]);
    await applyRetention(database.db);
    expect(await calls('2025-01-05T10:00Z', '2025-01-05T11:00Z', 60)).toEqual([7]);
    expect(await calls('2025-01-01T00:00+03', '2025-02-01T00:00+03', 43200)).toEqual([307]);
  });

  test('a late row is refused with the reason, the others of a post go in', async () => {
    await dropped();
    await applyRetention(database.db);
    await expect(loadRows(database, [row(1, '2025-02-03T10:00Z', 1)])).rejects.toMatchObject({
      code: 'QH409',
      message: expect.stringContaining('let go of by the retention policy'),
    });
    const post = await database.api.query<{ inserted_count: number; errors: { error: string }[] }>(
      `select inserted_count, errors from api.api_batch_insert_calls('[
        {"interval_start_time":"2025-02-03T10:00:00Z","service_id":1,"received_calls":1},
        {"interval_start_time":"2026-05-02T10:00:00Z","service_id":1,"received_calls":1}]')`,
    );
    expect(post).toMatchObject([{ inserted_count: 1, errors: [{ error: expect.stringContaining('lies before') }] }]);
  });

  test('an undo of a batch with rows of a month that is gone is refused; others are undone', async () => {
    const batches = await dropped();
    await applyRetention(database.db);
    await expect(database.db.query('select * from statistics.undo_batch($1)', [batches[0]])).rejects.toMatchObject({ code: 'QH409' });
    const [undone] = await database.db.query<{ rows_deleted: number }>('select * from statistics.undo_batch($1)', [batches[4]]);
    expect(undone).toMatchObject({ rows_deleted: 48 });
  });

  test('rows right after the boundary, in zones ahead of UTC, leave what is before it as it was', async () => {
    await dropped();
    await applyRetention(database.db);
    const [kept] = await database.db.query<{ moscow: Date; kolkata: Date }>(
      'select statistics.kept_from(1) as moscow, statistics.kept_from(2) as kolkata',
    );
    // The first whole month after March (UTC): May in Moscow begins on 30 April, 21:00 UTC; in Kolkata at 18:30, so its hour ends at 19:00.
    expect([kept!.moscow.toISOString(), kept!.kolkata.toISOString()]).toEqual(['2025-04-30T21:00:00.000Z', '2025-04-30T19:00:00.000Z']);
    const before = await rollups('2025-04-30T18:00Z');
    await loadRows(database, [row(1, '2025-04-30T21:00Z', 5), row(2, '2025-04-30T19:00Z', 6)]);
    expect(await rollups('2025-04-30T18:00Z')).toEqual(before);
    await fold();
    expect(await rollups('2025-04-30T18:00Z')).toEqual(before);
    expect(await calls('2025-05-01T00:00+03', '2025-06-01T00:00+03', 43200)).toEqual([5]);
    await expect(loadRows(database, [row(2, '2025-04-30T18:45Z', 1)])).rejects.toMatchObject({ code: 'QH409' });
  });

  test('another order of kinds or another queue changes what is kept, and never what is gone', async () => {
    await dropped();
    await applyRetention(database.db);
    const before = await rollups('2025-04-01T00:00Z');
    await database.db.query(`update org.services set kind_precedence = '{load,report,live,api}' where service_id = 1`);
    await database.db.query(`select * from api.create_queue('MSK', 'Q1')`);
    await database.db.query(
      `insert into org.source_mappings (service_id, source_id, group_id) select 1, 1, group_id from org.groups where service_id = 1`,
    );
    await fold();
    expect(await rollups('2025-04-01T00:00Z')).toEqual(before);
    await expect(database.db.query(`update org.services set time_zone = 'UTC' where service_id = 1`)).rejects.toMatchObject({ code: 'QH409' });
  });
});

test('planner statistics follow a large import, and only where much is new', async () => {
  await history();
  await database.db.query('select pg_stat_force_next_flush()');
  const analyzed = async (rows: number) => (await database.db.query<{ n: number }>('select statistics.analyze_changed($1) as n', [rows]))[0]!.n;
  await expect.poll(() => analyzed(20), { timeout: 20_000 }).toBeGreaterThan(0);
  await database.db.query('select pg_stat_force_next_flush()');
  expect(await analyzed(50_000)).toBe(0);
});
