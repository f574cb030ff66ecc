import { expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import { loadSmall } from '../../../../test/fixtures/small.ts';

const database = await testDatabase();
await loadSmall(database);
const facts = (named: string) => database.api.query<{ source_id: number; counts: boolean; offered: number }>(`select * from api.facts(${named})`);

test('every row of the time is shown; only those that make up the figure count', async () => {
  const rows = await facts(`'SUPPORT', null, '2025-03-03T09:00', '2025-03-03T09:15'`);
  expect(rows.map(({ source_id, counts, offered }) => [source_id, counts, offered])).toEqual([
    [1, true, 10],
    [2, false, 6],
    [3, false, 4],
    // The hour of the load is covered by the report.
    [5, false, 220],
  ]);
});

test('rows that count add up to the figure', async () => {
  for (const [from, to] of [
    ['2025-03-03', '2025-03-05'],
    ['2025-03-03T09:30', '2025-03-03T10:00'],
  ]) {
    const rows = await facts(`'SUPPORT', null, '${from}', '${to}'`);
    const [figure] = await database.api.query<{ offered: number }>(`select offered from api.intervals('SUPPORT', null, '${from}', '${to}', 0)`);
    expect(rows.filter(({ counts }) => counts).reduce((sum, { offered }) => sum + offered, 0)).toBe(figure!.offered);
  }
});

test('of a queue: its sources, with where they come from and what they reported', async () => {
  const [row, ...more] = await facts(`'SUPPORT', 'LINE_1', '2025-03-03T09:30', '2025-03-03T10:00'`);
  expect(more).toEqual([]);
  expect(row).toMatchObject({
    service_code: 'SUPPORT',
    queue: 'LINE_1',
    group_id: 1,
    kind: 'report',
    external_name: 'Line one',
    interval_minutes: 15,
    counts: true,
    interval_start_time: new Date('2025-03-03T08:30Z'),
    interval_end_time: new Date('2025-03-03T08:45Z'),
    batch_id: expect.any(String),
    reported_aht_seconds: null,
  });
  const [load] = await facts(`'SUPPORT', null, '2025-03-03T10:00', '2025-03-03T11:00'`);
  expect(load).toMatchObject({ kind: 'load', reported_talk_avg_seconds: 150, reported_wrap_avg_seconds: 30, counts: true });
});

test('all services; names without a queue are −1', async () => {
  const rows = await database.api.query(
    `select distinct service_code, group_id from api.facts(p_start_time => '2025-03-03T00:00Z', p_end_time => '2025-03-04T00:00Z') order by 1, 2`,
  );
  expect(rows).toEqual([
    { service_code: 'SALES', group_id: 3 },
    { service_code: 'SALES', group_id: null },
    { service_code: 'SUPPORT', group_id: -1 },
    { service_code: 'SUPPORT', group_id: 1 },
    { service_code: 'SUPPORT', group_id: 2 },
    { service_code: 'SUPPORT', group_id: null },
  ]);
});

test('another precedence makes other rows count', async () => {
  await database.inTransaction(async (tx) => {
    await tx.query(`select api.update_service(1, p_kind_precedence => '{load,report,live,api}')`);
    const rows = await tx.query(`select source_id, counts from api.facts('SUPPORT', null, '2025-03-03T09:00', '2025-03-03T09:15') where counts`);
    expect(rows).toEqual([{ source_id: 5, counts: true }]);
    expect(await tx.query(`select offered from api.intervals('SUPPORT', null, '2025-03-03', '2025-03-04', 0)`)).toEqual([{ offered: 232 }]);
  });
});

test('a re-pointed source takes its history along', async () => {
  await database.inTransaction(async (tx) => {
    const queue = (code: string) => tx.query(`select offered from api.intervals('SUPPORT', $1, '2025-03-03', '2025-03-04', 0)`, [code]);
    await tx.query(`select api.map_source(4, 'LINE_2')`);
    expect(await queue('LINE_2')).toEqual([{ offered: 101 }]);
    await tx.query(`select api.map_source(4, null)`);
    expect(await queue('LINE_2')).toEqual([{ offered: 91 }]);
  });
});
