import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { loadRow, periods, reportRow, writeRows } from '../../../test/fixtures/report_rows.ts';
import { argusLoad } from '../statistics/imports.ts';
import type { ReportRow, ReportSpec } from './workbook/write_report.ts';

/** When a row is: its date, its interval, its zone. */

const database = await testDatabase();
const imports = testImports(database);
let count = 0;

/** Imports rows into a service of their own. */
async function importRows(rows: ReportRow[], options: Parameters<typeof imports.import>[1] & { name?: string; spec?: Partial<ReportSpec> } = {}) {
  const { name = 'report.xlsx', spec, ...rest } = options;
  const service = rest.service ?? `S${++count}`;
  const file = await writeRows(path.join(imports.dataDir, String(count), name), rows, spec);
  const record = await imports.import(file, { service, ...rest });
  const findings = await imports.findings(record.batch_id);
  const starts = await database.owner.query<{ start: string }>(
    `select to_char(interval_start_time at time zone 'UTC', 'DD.MM HH24:MI') as start from statistics.contact_statistics where batch_id = $1 order by 1`,
    [record.batch_id],
  );
  const codes = (record.warnings as unknown as { code: string }[]).map(({ code }) => code).filter((code) => code !== 'SERVICE_CREATED');
  return {
    record,
    service,
    codes,
    starts: starts.map(({ start }) => start),
    told: findings.map(({ row_number, rule }) => `${row_number} ${rule}`),
    findings,
  };
}
const quarter = (start: string, n: number) => periods(start, n).map((period) => reportRow(period));

describe('the date', () => {
  test('text that is no date is ignored, text that looks like one and is none is rejected', async () => {
    const rows = [
      ...quarter('2025-03-03T09:00', 4),
      reportRow('Итого'),
      reportRow(null),
      reportRow('32.03.2025 10:00'),
      reportRow('03.03.2025 24:15'),
      reportRow('29.02.2025 10:00'),
      reportRow('2025-03-03 10:00'),
      reportRow('45719.375'),
    ];
    const { record, told } = await importRows(rows);
    expect(record).toMatchObject({ rows_total: 11, rows_valid: 4, rows_rejected: 5, rows_ignored: 2, status: 'completed_with_errors' });
    expect(told).toEqual([
      '6 NOT_A_DATA_ROW',
      '8 PERIOD_NOT_A_DATE',
      '9 PERIOD_NOT_A_DATE',
      '10 PERIOD_NOT_A_DATE',
      '11 PERIOD_NOT_A_DATE',
      '12 PERIOD_NOT_A_DATE',
    ]);
  });

  test('white space of any kind around or inside a date does not matter in a report', async () => {
    const { starts } = await importRows([...quarter('2025-03-03T09:00', 4), reportRow(' 03.03.2025\u00a010:00 ')]);
    expect(starts).toContain('03.03 10:00');
  });

  test('years outside the setting are rejected', async () => {
    const { told } = await importRows([...quarter('2025-03-03T09:00', 4), reportRow('03.03.1925 10:00'), reportRow('03.03.2031 10:00')]);
    expect(told).toEqual(['6 OUTSIDE_YEARS', '7 OUTSIDE_YEARS']);
  });

  test('a period may lie a day outside the dates of the title, not more', async () => {
    const title = 'Входящие проекты [ c 03.03.2025 по 04.03.2025(+5) ]';
    const rows = ['02.03.2025 00:00', '01.03.2025 23:45', '05.03.2025 23:45', '06.03.2025 00:00', '03.03.2025 10:00', '03.03.2025 10:15'].map(
      (period) => reportRow(period),
    );
    const { told } = await importRows(rows, { spec: { title } });
    expect(told).toEqual(['5 OUTSIDE_TITLE', '7 OUTSIDE_TITLE']);
  });

  test('days before months are believed when a day above 12 proves it', async () => {
    const { starts, record } = await importRows(
      ['12/03/2025 10:00', '13/03/2025 10:00', '13/03/2025 10:15', '01/04/2025 0:00'].map((period) => reportRow(period)),
    );
    expect(starts).toEqual(['01.04 00:00', '12.03 10:00', '13.03 10:00', '13.03 10:15']);
    expect(record.rows_rejected).toBe(0);
  });

  test('a file that leaves the order of day and month open is refused, also one with months first', async () => {
    for (const day of ['12/03/2025 10:00', '03/13/2025 10:00']) {
      const { record } = await importRows([reportRow('01/02/2025 10:00'), reportRow(day)]);
      expect(record).toMatchObject({ status: 'failed', rows_inserted: 0, detail: expect.stringContaining('do not tell day from month') });
    }
  });

  test('true date cells are rounded to the nearest second', async () => {
    const time = Date.parse('2025-03-03T09:15:00Z');
    const { starts } = await importRows([reportRow(time - 0.3), reportRow(time + 15 * 60_000 + 0.4)], {
      name: 'Отчет-15м.xlsx',
      spec: { trueDates: true },
    });
    expect(starts).toEqual(['03.03 09:15', '03.03 09:30']);
  });
});

describe('the interval', () => {
  test('a report’s stamp off the grid is rejected, a load’s is taken at the start of its interval with a warning', async () => {
    const { told } = await importRows([...quarter('2025-03-03T09:00', 8), reportRow('03.03.2025 11:07')]);
    expect(told).toEqual(['10 OFF_GRID']);
    const load = await importRows([...periods('2025-03-03T09:00', 8).map((start) => loadRow(`${start}:00`)), loadRow('03.03.2025 11:07:30')], {
      spec: { kind: argusLoad },
    });
    expect(load.told).toEqual(['10 OFF_GRID_START']);
    expect(load.starts.at(-1)).toBe('03.03 11:00');
  });

  test.each([
    ['Отчет-1ч.xlsx', 15, '15m', ['INTERVAL_NAME_DIFFERS']],
    ['Отчет-15м.xlsx', 60, '1h', ['INTERVAL_NAME_DIFFERS']],
    ['Отчет-30м.xlsx', 30, '30m', []],
    ['Отчет.xlsx', 30, '30m', []],
  ])('%s with rows %d minutes apart is %s', async (name, minutes, interval, warnings) => {
    const { record, codes } = await importRows(
      periods('2025-03-03T09:00', 8, minutes).map((period) => reportRow(period)),
      { name },
    );
    expect({ interval: record.interval_type, codes }).toEqual({ interval, codes: warnings });
  });

  test('one row: the name tells, else quarter-hours are assumed, with a warning', async () => {
    const named = await importRows(quarter('2025-03-03T09:00', 1), { name: 'Отчет-1ч.xlsx' });
    expect(named).toMatchObject({ record: { interval_type: '1h' }, codes: [] });
    expect(await importRows(quarter('2025-03-03T09:00', 1))).toMatchObject({ record: { interval_type: '15m' }, codes: ['INTERVAL_ASSUMED'] });
  });

  test('what is asked for stands against the data, with a warning', async () => {
    const { record, codes, told } = await importRows(quarter('2025-03-03T09:00', 4), { interval_type: '30m' });
    expect({ type: record.interval_type, codes, told }).toEqual({ type: '30m', codes: ['INTERVAL_DIFFERS'], told: ['3 OFF_GRID', '5 OFF_GRID'] });
  });
});

describe('the zone', () => {
  const title = 'Входящие проекты [ c 03.03.2025 по 03.03.2025(+5) ]';

  test('given, else the service’s, else the title’s offset, else UTC', async () => {
    const rows = quarter('2025-03-03T09:00', 2);
    const first = await importRows(rows, { spec: { title }, time_zone: 'Asia/Tokyo' });
    expect(first.starts).toEqual(['03.03 00:00', '03.03 00:15']);
    const again = await importRows(rows, { spec: { title }, service: first.service });
    expect(again).toMatchObject({ record: { time_zone: 'Asia/Tokyo', rows_unchanged: 2 }, codes: ['TITLE_OFFSET_DIFFERS'] });
    expect((await importRows(rows, { spec: { title } })).starts).toEqual(['03.03 04:00', '03.03 04:15']);
    expect((await importRows(rows)).starts).toEqual(['03.03 09:00', '03.03 09:15']);
  });

  test('in the repeated hour the first stamp is the earlier moment, a second equal stamp the later, and no duplicate', async () => {
    const hour = periods('2025-10-26T02:00', 4);
    const rows = [...periods('2025-10-26T01:00', 4), ...hour, ...hour, '26.10.2025 03:00'].map((period) => reportRow(period));
    const { starts, record, told } = await importRows(rows, { time_zone: 'Europe/Berlin' });
    expect(told).toEqual([]);
    expect(record).toMatchObject({ rows_inserted: 13, rows_duplicates: 0 });
    expect([starts[0], starts.at(-1)]).toEqual(['25.10 23:00', '26.10 02:00']);
  });

  test('a stamp in the skipped hour is rejected', async () => {
    const { told } = await importRows(
      ['30.03.2025 01:45', '30.03.2025 02:00', '30.03.2025 02:45', '30.03.2025 03:00'].map((period) => reportRow(period)),
      { time_zone: 'Europe/Berlin', name: 'x-15м.xlsx' },
    );
    expect(told).toEqual(['3 SKIPPED_HOUR', '4 SKIPPED_HOUR']);
  });

  test('a source whose stamps are ends starts an interval earlier, across clock changes too', async () => {
    const { service } = await importRows(quarter('2025-03-03T09:00', 4), { time_zone: 'Europe/Berlin' });
    await database.owner.query(
      `update org.sources set stamp_meaning = 'end' where service_id = (select service_id from org.services where service_code = $1)`,
      [service],
    );
    const ends = ['30.03.2025 01:45', '30.03.2025 02:00', '30.03.2025 03:15', '26.10.2025 02:00', '26.10.2025 02:15', '26.10.2025 02:00'];
    const { starts, told } = await importRows(
      ends.map((period) => reportRow(period)),
      { service, name: 'x-15м.xlsx' },
    );
    expect(told).toEqual([]);
    expect(starts).toEqual(['25.10 23:45', '26.10 00:00', '26.10 00:45', '30.03 00:30', '30.03 00:45', '30.03 01:00']);
  });
});
