import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { periods, reportRow, writeRows } from '../../../test/fixtures/report_rows.ts';
import { exitCodeOfImports, importFiles } from './import_files.ts';

/** A batch as a whole: once, never half, and back again. */

const database = await testDatabase();
const imports = testImports(database);
const file = (name: string) => path.join(imports.dataDir, 'files', name);
const day = (start: string, offered: number, minutes = 15, count = 8) =>
  periods(start, count, minutes).map((period) => reportRow(period, { offered }));

/** The whole state that imports make, for comparison. */
async function state() {
  const tables = {
    facts: `select service_id, source_id, interval_start_time, interval_minutes, offered, handled, batch_id from statistics.contact_statistics order by 1, 2, 3`,
    figures: `select * from statistics.current_rollups order by 1, 2, 3, 4, 5`,
    services: `select service_code from org.services order by 1`,
    sources: `select service_id, kind, external_name from org.sources order by 1, 2, 3`,
  };
  return Object.fromEntries(await Promise.all(Object.entries(tables).map(async ([name, text]) => [name, await database.owner.query(text)] as const)));
}

const undo = (batchId: string) =>
  database.api.query<{ rows_deleted: number; rows_restored: number }>('select rows_deleted, rows_restored from api.undo_batch($1)', [batchId]);

test('the same file again is a new batch that changes nothing', async () => {
  const report = await writeRows(file('same-15м.xlsx'), day('2025-03-03T09:00', 5));
  const first = await imports.import(report, { service: 'SAME' });
  const before = await state();
  const second = await imports.import(report, { service: 'SAME' });
  expect(second).toMatchObject({ status: 'completed', rows_valid: 8, rows_inserted: 0, rows_updated: 0, rows_unchanged: 8, sha256: first.sha256 });
  expect(second.batch_id).not.toBe(first.batch_id);
  expect(await state()).toEqual(before);
});

test('a file that overlaps changes only what differs, and its undo gives exactly what was there', async () => {
  await imports.import(await writeRows(file('a-15м.xlsx'), day('2025-03-03T09:00', 5)), { service: 'OVER' });
  const before = await state();
  const rows = [...day('2025-03-03T09:00', 5).slice(4), ...day('2025-03-03T11:00', 6)];
  rows[0] = reportRow('03.03.2025 10:00', { offered: 9 });
  const over = await imports.import(await writeRows(file('b-15м.xlsx'), rows), { service: 'OVER' });
  expect(over).toMatchObject({ rows_inserted: 8, rows_updated: 1, rows_unchanged: 3 });
  expect(await undo(over.batch_id)).toEqual([{ rows_deleted: 9, rows_restored: 1 }]);
  expect(await state()).toEqual(before);
});

test('only a completed import can be undone, and once', async () => {
  const report = await writeRows(file('undo-15м.xlsx'), day('2025-03-03T09:00', 5));
  const done = await imports.import(report, { service: 'UNDO' });
  await undo(done.batch_id);
  const dry = await imports.import(report, { service: 'UNDO', dry_run: true });
  const failed = await imports.import(report, { service: ' bad ' });
  for (const { batch_id } of [done, dry, failed]) await expect(undo(batch_id)).rejects.toMatchObject({ code: 'QH409' });
  await expect(undo('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({ code: 'QH404' });
  expect((await imports.one('select status from api.import_batches where id = $1', [done.batch_id])).status).toBe('undone');
});

test('an undone file can be imported again', async () => {
  const report = await writeRows(file('again-15м.xlsx'), day('2025-03-03T09:00', 5));
  await undo((await imports.import(report, { service: 'AGAIN' })).batch_id);
  expect(await imports.import(report, { service: 'AGAIN' })).toMatchObject({ rows_inserted: 8 });
});

test('the imports of a merged service are those of the one that it became: seen, listed and undone there', async () => {
  const load = async (service: string, start: string) => imports.import(await writeRows(file(`${service}-15м.xlsx`), day(start, 5)), { service });
  const old = await load('MERGED_AWAY', '2025-03-03T09:00');
  const own = await load('MERGED_INTO', '2025-03-04T09:00');
  const empty = await imports.import(await writeRows(file('empty-15м.xlsx'), []), { service: 'MERGED_AWAY' });
  const [into] = await database.owner.query<{ id: number }>(`select service_id as id from org.services where service_code = 'MERGED_INTO'`);
  const narrowed = database.db.as({ 'qh.services': String(into!.id) });
  const seen = () => narrowed.query<{ id: string }>('select batch_id as id from api.batches() order by created_at');
  expect(await seen()).toEqual([{ id: own.batch_id }]);
  const before = await state();
  await database.owner.query(`select * from api.merge_services('MERGED_AWAY', 'MERGED_INTO')`);
  const all = [old, own, empty].map(({ batch_id: id }) => ({ id }));
  expect(await seen()).toEqual(all);
  for (const code of ['MERGED_INTO', 'MERGED_AWAY'])
    expect(await database.api.query('select batch_id as id, service from api.batches($1) order by created_at', [code])).toEqual(
      all.map((one) => ({ ...one, service: 'MERGED_INTO' })),
    );
  expect(await narrowed.query('select rows_deleted from api.undo_batch($1)', [old.batch_id])).toEqual([{ rows_deleted: 8 }]);
  await imports.import(path.join(imports.dataDir, 'files', 'MERGED_AWAY-15м.xlsx'), { service: 'MERGED_AWAY' });
  expect(((await state()).facts as unknown[]).length).toBe((before.facts as unknown[]).length);
});

describe('a dry run', () => {
  test('says what would happen, finds what is wrong, and leaves nothing', async () => {
    await imports.import(await writeRows(file('dry-a-15м.xlsx'), day('2025-03-03T09:00', 5)), { service: 'DRY' });
    const before = await state();
    const rows = [
      ...day('2025-03-03T09:00', 5).slice(1),
      reportRow('03.03.2025 09:00', { offered: 7 }),
      reportRow('03.03.2025 12:00', { source_name: 'New' }),
      reportRow('03.03.2025 12:15', { failed: -1 }),
    ];
    const report = await writeRows(file('dry-b-15м.xlsx'), rows);
    for (const service of ['DRY', 'NEVER SEEN']) {
      const record = await imports.import(report, { service, dry_run: true });
      const counts =
        service === 'DRY' ? { rows_inserted: 1, rows_updated: 1, rows_unchanged: 7 } : { rows_inserted: 9, rows_updated: 0, rows_unchanged: 0 };
      expect(record).toMatchObject({ ...counts, status: 'completed_with_errors', dry_run: true, rows_rejected: 1, rows_valid: 9, service });
      expect((await imports.findings(record.batch_id)).map(({ rule }) => rule)).toEqual(['NEGATIVE_VALUE']);
      expect(await state()).toEqual(before);
    }
  });

  test('makes no partition', async () => {
    const report = await writeRows(file('far-15м.xlsx'), day('2021-07-03T09:00', 5));
    expect(await imports.import(report, { service: 'FAR', dry_run: true })).toMatchObject({ rows_inserted: 8 });
    expect(await imports.one(`select to_regclass('statistics.contact_statistics_2021_07') as partition`)).toEqual({ partition: null });
    await imports.import(report, { service: 'FAR' });
    expect((await imports.one(`select to_regclass('statistics.contact_statistics_2021_07')::text as partition`)).partition).toBe(
      'statistics.contact_statistics_2021_07',
    );
  });
});

test('all or nothing: one rejected row keeps the whole file out, and every row that is wrong is told', async () => {
  const before = await state();
  const rows = [...day('2025-03-03T09:00', 5), reportRow('03.03.2025 12:00', { failed: -1 }), reportRow('03.03.2025 12:15', { failed: 'x' })];
  const record = await imports.import(await writeRows(file('all-15м.xlsx'), rows), { service: 'ALL', mode: 'all_or_nothing' });
  expect(record).toMatchObject({ status: 'failed', rows_rejected: 2, rows_inserted: 0, detail: expect.stringContaining('2 rows were rejected') });
  expect((await imports.findings(record.batch_id)).map(({ rule }) => rule)).toEqual(['NEGATIVE_VALUE', 'NOT_A_NUMBER']);
  expect(await state()).toEqual(before);
  expect(
    await imports.import(await writeRows(file('all-good-15м.xlsx'), rows.slice(0, 8)), { service: 'ALL', mode: 'all_or_nothing' }),
  ).toMatchObject({ status: 'completed', rows_inserted: 8 });
});

test('rows of another length are rejected, unless replace is asked for: then the hours are replaced whole, and undo brings them back', async () => {
  await imports.import(await writeRows(file('fine-15м.xlsx'), day('2025-03-03T09:00', 5)), { service: 'GRAIN' });
  const before = await state();
  const hours = await writeRows(file('hours-1ч.xlsx'), day('2025-03-03T08:00', 50, 60, 4));
  const refused = await imports.import(hours, { service: 'GRAIN' });
  expect(refused).toMatchObject({ status: 'completed_with_errors', rows_rejected: 2, rows_inserted: 2 });
  const findings = await imports.findings(refused.batch_id);
  expect(findings.map(({ row_number, rule, value }) => ({ row_number, rule, value }))).toEqual([
    { row_number: 3, rule: 'GRANULARITY_CONFLICT', value: '03.03.2025 09:00' },
    { row_number: 4, rule: 'GRANULARITY_CONFLICT', value: '03.03.2025 10:00' },
  ]);
  await undo(refused.batch_id);
  const replaced = await imports.import(hours, { service: 'GRAIN', replace: true });
  expect(replaced).toMatchObject({ status: 'completed', rows_rejected: 0, rows_valid: 4 });
  expect(
    await imports.one(
      `select count(*), sum(offered) as offered from statistics.contact_statistics where service_id = (select service_id from org.services where service_code = 'GRAIN')`,
    ),
  ).toEqual({ count: 4, offered: 200 });
  await undo(replaced.batch_id);
  expect(await state()).toEqual(before);
});

describe('what cannot be imported', () => {
  test.each<[string, Buffer, RegExp]>([
    ['empty.xlsx', Buffer.alloc(0), /empty/i],
    ['text.xlsx', Buffer.from('Период;CDO\n'), /xlsx|workbook/i],
    ['old.xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)]), /xls/],
    ['cut.xlsx', Buffer.from('504b0304', 'hex'), /damaged|incomplete|zip|whole/i],
  ])('%s ends as a failed batch that says what to do', async (name, content, detail) => {
    await writeFile(path.join(imports.dataDir, name), content);
    const before = await state();
    const record = await imports.import(path.join(imports.dataDir, name), { service: 'REFUSED' });
    expect(record).toMatchObject({ status: 'failed', rows_total: 0, detail: expect.stringMatching(detail) });
    expect(await state()).toEqual(before);
  });

  test('without a service code, neither given nor in the file name', async () => {
    const report = await writeRows(file('nameless.xlsx'), day('2025-03-03T09:00', 5));
    await expect(imports.import(report)).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining('service') });
  });

  test('with a time zone that does not exist', async () => {
    const report = await writeRows(file('zone-15м.xlsx'), day('2025-03-03T09:00', 5));
    await expect(imports.import(report, { service: 'ZONE', time_zone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'QH400' });
  });

  test('as another layout than it has', async () => {
    const report = await writeRows(file('layout-15м.xlsx'), day('2025-03-03T09:00', 5));
    expect(await imports.import(report, { service: 'LAYOUT', layout: 'argus_load' })).toMatchObject({
      status: 'failed',
      detail: expect.stringMatching(/\w/),
    });
  });
});

test('a folder is imported file by file, the project taken from each name; the exit code tells the worst', async () => {
  const folder = path.join(imports.dataDir, 'folder');
  await writeRows(path.join(folder, 'ОтчетВходящиеПроекты-Один-15м.xlsx'), day('2025-03-03T09:00', 5));
  await writeRows(path.join(folder, 'sub', 'ОтчетВходящиеПроекты-Два-15м(1).xlsx'), [
    ...day('2025-03-03T09:00', 5),
    reportRow('03.03.2025 12:00', { failed: -1 }),
  ]);
  const heard: string[] = [];
  const records = await importFiles([folder], {}, imports.services, (_file, { phase }) => heard.push(phase));
  expect(records.map(({ service, status }) => ({ service, status }))).toEqual([
    { service: 'Два', status: 'completed_with_errors' },
    { service: 'Один', status: 'completed' },
  ]);
  expect([...new Set(heard)]).toEqual(['reading', 'checking', 'loading', 'folding']);
  expect(exitCodeOfImports(records)).toBe(3);
  expect(exitCodeOfImports(records.slice(1))).toBe(0);
  await expect(importFiles([path.join(folder, 'none')], {}, imports.services)).rejects.toMatchObject({ code: 'not_found' });
});

test('two imports of one new service at the same time make one service and one truth', async () => {
  const [a, b] = [
    await writeRows(file('twin-a-15м.xlsx'), day('2025-03-03T09:00', 5)),
    await writeRows(file('twin-b-15м.xlsx'), day('2025-03-03T10:00', 6)),
  ];
  const records = await Promise.all([imports.import(a, { service: 'TWIN' }), imports.import(b, { service: 'TWIN' })]);
  expect(records.map(({ status }) => status)).toEqual(['completed', 'completed']);
  const rows = await imports.one(
    `select count(*) from statistics.contact_statistics where service_id = (select service_id from org.services where service_code = 'TWIN')`,
  );
  expect(rows).toEqual({ count: 12 });
});

test('an aborted import leaves the batch to be taken up again', async () => {
  const report = await writeRows(file('abort-15м.xlsx'), day('2025-03-03T09:00', 5));
  const stop = new AbortController();
  stop.abort();
  await expect(importFiles([report], { service: 'ABORT' }, { ...imports.services, signal: stop.signal })).rejects.toThrow();
  expect(
    await database.owner.query(`select status from ingest.import_batches where service_code = 'ABORT' and status not in ('queued', 'running')`),
  ).toEqual([]);
});

test('the guide’s debug queries run', async () => {
  const recent = await database.api.query('select * from api.import_batches order by created_at desc limit 10');
  expect(recent.length).toBeGreaterThan(0);
  expect(await database.api.query(`select * from api.import_errors where import_batch_id = $1`, [recent[0]!.id])).toBeInstanceOf(Array);
  for (const view of ['excel_import_staging', 'import_validation_rules'])
    expect((await database.api.query(`select * from api.${view} limit 1`)).length).toBe(1);
});
