import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { loadHeader, rawRow, writeRawWorkbook } from '../../../test/fixtures/workbooks.ts';
import { writeXlsx } from '../../platform/sheets/write_xlsx.ts';
import { applyRetention } from '../statistics/retention.ts';

/** Files with rows of months whose detail was let go of: those rows are refused one by one, the others go in. */

const database = await testDatabase();
const imports = testImports(database);
const file = (name: string) => path.join(imports.dataDir, name);

/** Detail up to March 2025 is gone; the first month that Moscow has whole is May, from 30 April, 21:00 UTC, on. */
beforeAll(async () => {
  database.setNow('2026-06-10T12:00Z');
  await database.api.query(`select * from api.create_service('MSK', p_time_zone => 'Europe/Moscow')`);
  await database.owner.query(`select statistics.ensure_partitions('{2025-01-01,2025-03-01}')`);
  await database.owner.query(`select org.ensure_agents('{A-1}', '{Anna}')`);
  await database.api.query('select * from api.set_retention(13)');
  database.setNow('2026-06-17T12:00Z');
  expect(await applyRetention(database.db)).toBe(2);
});

const refusal = (value: string) => ({
  rule: 'DETAIL_DROPPED',
  severity: 'error',
  value,
  message: `“${value}”: the detail of the time before 2025-04-30 21:00 UTC was let go of by the retention policy.`,
  hint: 'Leave the row out: hours, days and months of that time are kept as they are.',
});

describe('a load file', () => {
  const write = async (name: string, periods: string[]) => {
    const rows = periods.map((period, n) => rawRow(n + 2, [period, 10, 15, 300, 30]));
    await writeRawWorkbook(file(name), { sheets: [rawRow(1, loadHeader) + rows.join('')] });
    return file(name);
  };

  test('takes the rows that can be taken and says of each other one why', async () => {
    const batch = await imports.import(await write('some.xlsx', ['03.02.2025 09:00:00', '30.04.2025 23:45:00', '01.05.2025 00:00:00']), {
      service: 'MSK',
    });
    expect(batch).toMatchObject({ status: 'completed_with_errors', rows_total: 3, rows_rejected: 2, rows_inserted: 1 });
    expect(await imports.findings(batch.batch_id)).toMatchObject([
      { row_number: 2, cell: 'A2', ...refusal('03.02.2025 09:00:00') },
      { row_number: 3, cell: 'A3', ...refusal('30.04.2025 23:45:00') },
    ]);
    expect(await imports.one('select sum(offered)::int as offered, min(interval_start_time) as first from statistics.contact_statistics')).toEqual({
      offered: 15,
      first: new Date('2025-04-30T21:00Z'),
    });
  });

  test('of nothing but such rows changes nothing, and all or nothing refuses the file', async () => {
    const before = await imports.one('select count(*)::int as n from statistics.contact_statistics');
    expect(await imports.import(await write('old.xlsx', ['03.02.2025 09:00:00']), { service: 'MSK' })).toMatchObject({
      rows_rejected: 1,
      rows_inserted: 0,
    });
    const mixed = await write('mixed.xlsx', ['03.02.2025 09:00:00', '02.05.2025 00:00:00']);
    expect(await imports.import(mixed, { service: 'MSK', mode: 'all_or_nothing' })).toMatchObject({ status: 'failed' });
    expect(await imports.one('select count(*)::int as n from statistics.contact_statistics')).toEqual(before);
  });
});

test('a file of agent activity', async () => {
  const columns = [
    'Period',
    'Agent code',
    'Service',
    'Queue',
    'Login time',
    'Ready time',
    'Not ready time',
    'Talk time',
    'Hold time',
    'Wrap time',
    'Calls handled',
  ];
  const texts = new Set(columns.slice(0, 4));
  const rows = ['30.04.2025 23:45', '01.05.2025 00:00'].map((period) => [period, 'A-1', 'MSK', null, 900, 900, 0, 0, 0, 0, 0]);
  await writeFile(
    file('agents.xlsx'),
    await buffer(
      writeXlsx([{ name: 'Activity', columns: columns.map((header) => ({ header, type: texts.has(header) ? 'text' : 'integer' })), rows }]),
    ),
  );
  const batch = await imports.import(file('agents.xlsx'));
  expect(batch).toMatchObject({ layout: 'agent_activity', status: 'completed_with_errors', rows_rejected: 1, rows_inserted: 1 });
  expect(await imports.findings(batch.batch_id)).toMatchObject([{ row_number: 2, cell: 'A2', ...refusal('30.04.2025 23:45:00') }]);
  expect(await imports.one('select interval_start_time from statistics.agent_activity')).toEqual({
    interval_start_time: new Date('2025-04-30T21:00Z'),
  });
});

describe('posted rows', () => {
  test('of a service', async () => {
    const [posted] = await database.api.query<{ inserted_count: number; errors: object[] }>(
      `select inserted_count::int, errors from api.api_batch_insert_calls('[
        {"interval_start_time":"2025-04-30T20:45:00Z","service_id":1,"received_calls":1},
        {"interval_start_time":"2025-05-03T21:00:00Z","service_id":1,"received_calls":1}]')`,
    );
    expect(posted).toMatchObject({
      inserted_count: 1,
      errors: [{ record: { interval_start_time: '2025-04-30T20:45:00Z' }, error: expect.stringContaining('let go of by the retention policy') }],
    });
  });

  test('of loads as JSON', async () => {
    const [answer] = await database.api.query<Record<string, unknown>>(
      `select status, rows_imported, rows_rejected, validation_errors from api.import_argus_format_data('[
        {"A":"03.02.2025 09:00:00","B":1,"C":2,"D":10,"E":1},{"A":"04.05.2025 09:00:00","B":1,"C":2,"D":10,"E":1}]', 1)`,
    );
    expect(answer).toMatchObject({ rows_imported: 1, rows_rejected: 1 });
    expect(JSON.stringify(answer!.validation_errors)).toContain(
      'the detail of the time before 2025-04-30 21:00 UTC was let go of by the retention policy',
    );
  });
});
