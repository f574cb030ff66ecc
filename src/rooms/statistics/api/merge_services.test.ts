import { expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../test/database.ts';
import { loadQuarters } from '../../../../test/fixtures/agents.ts';
import { loadRows, loadSmall } from '../../../../test/fixtures/small.ts';

/** VTM was imported under two spellings; both have the source “Line” and a queue LINE. */
async function twoSpellings(): Promise<TestDatabase> {
  const database = await testDatabase();
  await database.db.query(`select org.create_service('VTM', null, 'Europe/Moscow'), org.create_service('vtm', null, 'Europe/Moscow')`);
  await database.db.query(`select org.create_queue(1, 'LINE'), org.create_queue(2, 'LINE'), org.create_queue(2, 'OTHER')`);
  await database.db.query(`select org.ensure_sources(1, 'report', '{Line}'), org.ensure_sources(2, 'report', '{Line,Other}')`);
  await database.db.query('select org.map_source(1, 1)');
  await database.db.query('select org.map_source(2, 2)');
  await database.db.query('select org.map_source(3, 3)');
  await loadRows(database, [at(1, 1, '10:00', 5), at(1, 1, '10:15', 6)]);
  await loadRows(database, [at(2, 2, '10:30', 7), at(2, 3, '10:00', 100)]);
  await database.db.query('select statistics.refresh()');
  return database;
}
const at = (service_id: number, source_id: number, time: string, offered: number, interval_minutes = 15) => ({
  service_id,
  source_id,
  interval_start_time: `2025-03-03T${time}Z`,
  interval_minutes,
  offered,
});
const offered = async (database: TestDatabase, queue: string | null) => {
  const [item] = await database.api.query<{ offered: number }>(`select offered from api.intervals('VTM', $1, '2025-03-01', '2025-04-01', 0)`, [
    queue,
  ]);
  return item?.offered;
};

test('queues of one code become one, facts and mappings move, the old code leads on', async () => {
  const database = await twoSpellings();
  expect(await database.api.query(`select * from api.merge_services('vtm', 'VTM')`)).toEqual([
    { service_id: 1, service_code: 'VTM', sources_moved: 2, queues_moved: 2, rows_moved: 2, rows_dropped: 0 },
  ]);
  const check = async () =>
    expect([await offered(database, 'LINE'), await offered(database, 'OTHER'), await offered(database, null)]).toEqual([18, 100, 118]);
  await check();
  await database.db.query('select statistics.refresh()');
  await check();
  expect(await database.api.query('select service_code from api.list_services()')).toEqual([{ service_code: 'VTM' }]);
  expect(await database.api.query(`select offered from api.intervals('vtm', null, '2025-03-01', '2025-04-01', 0)`)).toEqual([{ offered: 118 }]);
  expect(
    await database.db.query(
      'select from statistics.rollups where service_id = 2 union all select from statistics.contact_statistics where service_id = 2',
    ),
  ).toEqual([]);
});

test('an undo reaches rows that were moved', async () => {
  const database = await twoSpellings();
  const batch = await loadRows(database, [at(2, 2, '10:30', 8)]);
  await database.db.query(`select api.merge_services('vtm', 'VTM')`);
  expect(await offered(database, 'LINE')).toBe(19);
  await database.db.query('select statistics.undo_batch($1)', [batch]);
  expect(await offered(database, 'LINE')).toBe(18);
});

test('an undo is exact, or refused where what it would have to bring back was dropped', async () => {
  const database = await twoSpellings();
  const undo = (batch: string) => database.db.query('select statistics.undo_batch($1)', [batch]);
  const refused = { code: 'QH409', hint: expect.stringContaining('import corrected figures') };
  // Of 10:45 both services know something: 20 and then 21 here, 30 there. The last batch was posted to both, at other times.
  const bottom = await loadRows(database, [at(1, 1, '10:45', 20)]);
  const top = await loadRows(database, [at(1, 1, '10:45', 21), at(1, 1, '11:00', 1)]);
  const there = await loadRows(database, [at(2, 2, '10:45', 30), at(2, 2, '11:15', 2)]);
  const both = await loadRows(database, [at(1, 1, '12:00', 3), at(2, 2, '13:00', 4)]);
  await database.db.query(`select api.merge_services('vtm', 'VTM', 'keep_into')`);
  expect(await offered(database, 'LINE')).toBe(18 + 21 + 1 + 2 + 3 + 4);
  await expect(undo(bottom)).rejects.toMatchObject(refused);
  await undo(both);
  expect(await offered(database, 'LINE')).toBe(18 + 21 + 1 + 2);
  await undo(top);
  expect(await offered(database, 'LINE')).toBe(18 + 20 + 2);
  await undo(there);
  expect(await offered(database, 'LINE')).toBe(18 + 20);
  await expect(undo(bottom)).rejects.toMatchObject(refused);

  const other = await twoSpellings();
  const dropped = await loadRows(other, [at(1, 1, '10:45', 20)]);
  const kept = await loadRows(other, [at(2, 2, '10:45', 30)]);
  await other.db.query(`select api.merge_services('vtm', 'VTM', 'keep_from')`);
  await expect(other.db.query('select statistics.undo_batch($1)', [kept])).rejects.toMatchObject(refused);
  await other.db.query('select statistics.undo_batch($1)', [dropped]);
  expect(await offered(other, 'LINE')).toBe(18 + 30);
});

test('an undo of agents’ times that were added up is refused, of others exact', async () => {
  const database = await testDatabase();
  await loadSmall(database);
  await database.db.query(`select org.create_service('TWIN', null, 'Europe/Berlin'), org.create_queue(3, 'LINE_1')`);
  const quarter = { agent: 1, at: '2025-03-05T08:00Z', talk: 60 };
  const meets = await loadQuarters(database, [{ ...quarter, group: 1 }]);
  const [queue] = await database.db.query<{ id: number }>('select group_id as id from org.queues where service_id = 3');
  const met = await loadQuarters(database, [{ ...quarter, service: 3, group: queue!.id }]);
  const alone = await loadQuarters(database, [{ ...quarter, at: '2025-03-05T09:00Z', service: 3, group: queue!.id }]);
  await database.db.query(`select api.merge_services('TWIN', 'SUPPORT')`);
  const talk = async () =>
    (
      await database.db.query<{ talk: number }>(
        `select sum(talk_seconds)::int as talk from statistics.agent_activity where interval_start_time >= '2025-03-05'`,
      )
    )[0]!.talk;
  expect(await talk()).toBe(180);
  for (const batch of [meets, met])
    await expect(database.db.query('select statistics.undo_batch($1)', [batch])).rejects.toMatchObject({ code: 'QH409' });
  await database.db.query('select statistics.undo_batch($1)', [alone]);
  expect(await talk()).toBe(120);
});

test('rows that say the same become one', async () => {
  const database = await twoSpellings();
  await loadRows(database, [at(2, 2, '10:00', 5)]);
  expect(await database.api.query(`select rows_moved, rows_dropped from api.merge_services('vtm', 'VTM')`)).toEqual([
    { rows_moved: 2, rows_dropped: 1 },
  ]);
  expect(await offered(database, 'LINE')).toBe(18);
});

test('rows that differ, or overlap with another length, stop the merge unless it is said whose stay', async () => {
  for (const conflict of [at(2, 2, '10:00', 50), at(2, 2, '10:00', 50, 30)]) {
    const database = await twoSpellings();
    await loadRows(database, [conflict]).catch(() => loadRows(database, [conflict]));
    await expect(database.api.query(`select * from api.merge_services('vtm', 'VTM')`)).rejects.toMatchObject({
      code: 'QH409',
      hint: expect.stringContaining('keep_into'),
    });
    await expect(database.api.query(`select * from api.merge_services('vtm', 'VTM', 'add')`)).rejects.toMatchObject({ code: 'QH400' });
    const both = conflict.interval_minutes === 30;
    await database.inTransaction(async (tx) => {
      await tx.query(`select api.merge_services('vtm', 'VTM', 'keep_into')`);
      expect(await tx.query(`select offered from api.intervals('VTM', 'LINE', '2025-03-01', '2025-04-01', 0)`)).toEqual([{ offered: 18 }]);
    });
    await database.inTransaction(async (tx) => {
      await tx.query(`select api.merge_services('vtm', 'VTM', 'keep_from')`);
      expect(await tx.query(`select offered from api.intervals('VTM', 'LINE', '2025-03-01', '2025-04-01', 0)`)).toEqual([
        { offered: both ? 57 : 63 },
      ]);
    });
  }
});

test('a service cannot be merged into itself, nor into one that does not exist', async () => {
  const database = await twoSpellings();
  await expect(database.api.query(`select api.merge_services('VTM', 'VTM')`)).rejects.toMatchObject({ code: 'QH400' });
  await expect(database.api.query(`select api.merge_services('VTM', 'NOPE')`)).rejects.toMatchObject({ code: 'QH404' });
});

test('a deleted service takes all that it has along, and nothing of others; its code must be repeated', async () => {
  const database = await testDatabase();
  await loadSmall(database);
  const [before] = await database.api.query(`select offered from api.intervals('SUPPORT', null, '2025-03-01', '2025-04-01', 0)`);
  await expect(database.api.query(`select api.delete_service(2, 'SUPPORT')`)).rejects.toMatchObject({ code: 'QH400' });
  await expect(database.api.query(`select api.delete_service(99, 'X')`)).rejects.toMatchObject({ code: 'QH404' });
  expect(await database.api.query(`select * from api.delete_service(2, 'SALES')`)).toEqual([
    { service_id: 2, service_code: 'SALES', rows_deleted: 3, sources_deleted: 2, queues_deleted: 1 },
  ]);
  for (const table of [
    'statistics.contact_statistics',
    'statistics.rollups',
    'statistics.touched_log',
    'statistics.loads',
    'statistics.overwritten_rows',
    'statistics.off_hour_services',
    'org.services',
    'org.groups',
    'org.sources',
    'org.source_mappings',
  ])
    expect(await database.db.query(`select from ${table} where service_id = 2`), table).toEqual([]);
  await database.db.query('select statistics.refresh()');
  expect(await database.api.query(`select offered from api.intervals('SUPPORT', null, '2025-03-01', '2025-04-01', 0)`)).toEqual([before]);
});
