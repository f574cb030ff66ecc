import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { loadSmall } from '../../../test/fixtures/small.ts';
import type { TableColumn, TableValue } from '../../platform/sheets/table.ts';
import { writeXlsx } from '../../platform/sheets/write_xlsx.ts';

/** Agent activity by xlsx, through the one pipeline. Agents A-1002 (1), A-1003 (2), A-1004 (3); SUPPORT is in Berlin. */
const database = await testDatabase();
await loadSmall(database);
const imports = testImports(database);

type Cells = Record<string, TableValue>;
const headers = [
  'Period',
  'Agent code',
  'Agent name',
  'Service',
  'Queue',
  'Login time',
  'Ready time',
  'Not ready time',
  'Talk time',
  'Hold time',
  'Wrap time',
  'Calls handled',
  'Calls transferred',
];
const texts = new Set(headers.slice(0, 5));
let count = 0;
const row = (period: string, agent: string, more: Cells = {}): Cells => ({
  Period: period,
  'Agent code': agent,
  Service: 'SUPPORT',
  Queue: 'LINE_1',
  'Login time': 900,
  'Ready time': 300,
  'Not ready time': 0,
  'Talk time': 450,
  'Hold time': 0,
  'Wrap time': 150,
  'Calls handled': 2,
  'Calls transferred': 1,
  ...more,
});
async function load(rows: Cells[], options: Parameters<typeof imports.import>[1] = {}) {
  const columns: TableColumn[] = headers.map((header) => ({ header, type: texts.has(header) ? 'text' : 'integer' }));
  const file = path.join(imports.dataDir, `agents-${++count}.xlsx`);
  await writeFile(file, await buffer(writeXlsx([{ name: 'Activity', columns, rows: rows.map((cells) => headers.map((header) => cells[header])) }])));
  return imports.import(file, options);
}
const findings = async (batchId: string) =>
  (await imports.findings(batchId)).map(({ row_number, rule, value }) => [row_number, rule, value].filter((part) => part !== null).join(' '));
const stored = (day: string) =>
  database.owner.query(
    `select a.agent_code, f.interval_start_time, f.service_id, f.group_id, f.login_seconds, f.handled from statistics.agent_activity f join org.agents a using (agent_id)
     where f.interval_start_time >= $1::date and f.interval_start_time < $1::date + 2 order by 1, 2, 3, 4`,
    [day],
  );

describe('an import of agent activity', () => {
  test('is recognised, takes its rows, and the same again changes nothing', async () => {
    const rows = [
      row('05.05.2025 09:00', 'A-1002'),
      row('05.05.2025 09:15', 'A-1002', { Queue: null }),
      row('05.05.2025 09:00', 'A-1003', { Service: null, Queue: null }),
    ];
    const first = await load(rows);
    expect(first).toMatchObject({ layout: 'agent_activity', status: 'completed', rows_total: 3, rows_inserted: 3, rows_rejected: 0 });
    // 09:00 in Berlin in summer; time for no service is in the zone of the agent's site, which is Berlin too.
    expect(await stored('2025-05-05')).toEqual([
      { agent_code: 'A-1002', interval_start_time: new Date('2025-05-05T07:00Z'), service_id: 1, group_id: 1, login_seconds: 900, handled: 2 },
      { agent_code: 'A-1002', interval_start_time: new Date('2025-05-05T07:15Z'), service_id: 1, group_id: 0, login_seconds: 900, handled: 2 },
      { agent_code: 'A-1003', interval_start_time: new Date('2025-05-05T07:00Z'), service_id: 0, group_id: 0, login_seconds: 900, handled: 2 },
    ]);
    expect(await load(rows)).toMatchObject({ status: 'completed', rows_inserted: 0, rows_updated: 0, rows_unchanged: 3 });
  });

  test('explains what cannot be, and takes the rest', async () => {
    const batch = await load([
      row('06.05.2025 09:00', 'A-1002', { 'Login time': 899 }),
      row('06.05.2025 09:15', 'A-1002', { 'Login time': 901, 'Ready time': 0 }),
      row('06.05.2025 09:20', 'A-1002'),
      row('31.02.2025 09:00', 'A-1002'),
      row('06.05.2035 09:00', 'A-1002'),
      row('30.03.2025 02:15', 'A-1002'),
      row('06.05.2025 09:30', 'A-1002', { Service: 'NOWHERE' }),
      row('06.05.2025 09:30', 'A-1002', { Queue: 'LINE_9' }),
      row('06.05.2025 09:30', 'A-1002', { Service: null }),
      row('06.05.2025 09:30', 'A-1002', { 'Talk time': -1 }),
      row('06.05.2025 09:30', 'A-1002', { 'Wrap time': null }),
      row('', 'A-1002'),
      row('06.05.2025 09:45', 'A-1002', { 'Login time': 900 }),
    ]);
    expect(batch).toMatchObject({ status: 'completed_with_errors', rows_total: 13, rows_rejected: 12, rows_inserted: 1 });
    expect(await findings(batch.batch_id)).toEqual([
      '2 AGENT_STATES_GT_LOGIN 899',
      '3 AGENT_LOGIN_GT_INTERVAL 901',
      '4 OFF_GRID 06.05.2025 09:20:00',
      '5 PERIOD_NOT_A_DATE 31.02.2025 09:00',
      '6 OUTSIDE_YEARS 06.05.2035 09:00:00',
      '7 SKIPPED_HOUR 30.03.2025 02:15:00',
      '8 SERVICE_UNKNOWN NOWHERE',
      '9 QUEUE_UNKNOWN LINE_9',
      '10 QUEUE_WITHOUT_SERVICE LINE_1',
      '11 NEGATIVE_VALUE -1',
      '12 VALUE_BLANK',
      '13 VALUE_BLANK',
    ]);
    const [first] = await imports.findings(batch.batch_id);
    expect(first).toMatchObject({
      cell: 'F2',
      column_name: 'Login time',
      message: 'Login time is 899 s, but the states together take 900 = ready 300 + not ready 0 + talk 450 + hold 0 + wrap 150 s.',
    });
  });

  test('does not let the queues of an agent add up to more than the quarter, with what is stored', async () => {
    expect(await load([row('07.05.2025 09:00', 'A-1002', { 'Login time': 600, 'Ready time': 0 })])).toMatchObject({ rows_inserted: 1 });
    const more = await load([
      row('07.05.2025 09:00', 'A-1002', { Queue: 'LINE_2', 'Login time': 600, 'Ready time': 0 }),
      row('07.05.2025 09:00', 'A-1003', { Queue: 'LINE_2', 'Login time': 600, 'Ready time': 0 }),
    ]);
    expect(more).toMatchObject({ rows_inserted: 1, rows_rejected: 1 });
    expect(await findings(more.batch_id)).toEqual(['2 AGENT_QUARTER_OVERFULL 1200']);
    // The row itself may become longer: it takes the place of the one before it.
    expect(await load([row('07.05.2025 09:00', 'A-1002', { 'Ready time': 300 })])).toMatchObject({ rows_updated: 1, rows_rejected: 0 });
  });

  test('keeps the last of rows that contradict each other, and reads the repeated hour as two', async () => {
    const batch = await load([
      row('08.05.2025 09:00', 'A-1002'),
      row('08.05.2025 09:00', 'A-1002', { 'Calls handled': 5 }),
      row('08.05.2025 09:15', 'A-1002'),
      row('08.05.2025 09:15', 'A-1002'),
      row('26.10.2025 02:15', 'A-1002'),
      row('26.10.2025 02:15', 'A-1002'),
    ]);
    expect(batch).toMatchObject({ rows_total: 6, rows_inserted: 4, rows_rejected: 1, rows_valid: 5 });
    expect(await findings(batch.batch_id)).toEqual(['2 DUPLICATE_CONFLICT 08.05.2025 09:00:00', '4 DUPLICATE_EQUAL 08.05.2025 09:15:00']);
    expect((await stored('2025-05-08')).map((one) => one.handled)).toEqual([5, 2]);
    expect((await stored('2025-10-26')).map((one) => (one.interval_start_time as Date).toISOString())).toEqual([
      '2025-10-26T00:15:00.000Z',
      '2025-10-26T01:15:00.000Z',
    ]);
  });

  test('makes agents whom nobody knew, says so, and takes them away when it is undone', async () => {
    const batch = await load([row('09.05.2025 09:00', 'T-77', { 'Agent name': 'New One' }), row('09.05.2025 09:15', 'T-77')]);
    expect(batch).toMatchObject({ status: 'completed', rows_inserted: 2 });
    expect(await findings(batch.batch_id)).toEqual(['2 AGENT_NEW T-77']);
    const known = () => database.owner.query(`select agent_name from org.agents where agent_code = 'T-77'`);
    expect(await known()).toEqual([{ agent_name: 'New One' }]);
    expect(await database.owner.query('select rows_deleted, rows_restored from api.undo_batch($1)', [batch.batch_id])).toEqual([
      { rows_deleted: 2, rows_restored: 0 },
    ]);
    expect(await stored('2025-05-09')).toEqual([]);
    expect(await known()).toEqual([]);
  });

  test('tried as a dry run keeps nothing, and all or nothing refuses the file for one bad row', async () => {
    expect(await load([row('10.05.2025 09:00', 'T-88')], { dry_run: true })).toMatchObject({ status: 'completed', rows_inserted: 1 });
    const refused = await load([row('10.05.2025 09:00', 'T-88'), row('10.05.2025 09:01', 'T-88')], { mode: 'all_or_nothing' });
    expect(refused).toMatchObject({ status: 'failed' });
    expect(await stored('2025-05-10')).toEqual([]);
    expect(await database.owner.query(`select from org.agents where agent_code = 'T-88'`)).toEqual([]);
  });
});
