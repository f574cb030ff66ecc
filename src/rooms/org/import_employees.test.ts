import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { loadPeople } from '../../../test/fixtures/small.ts';
import type { Context, FileAnswer } from '../../platform/contract/implement.ts';
import { writeXlsx } from '../../platform/sheets/write_xlsx.ts';
import type { TableColumn, TableValue } from '../../platform/sheets/table.ts';
import { exportEmployeesVerb } from './export_employees.ts';
import { orgEmployees } from './imports.ts';

const database = await testDatabase();
await loadPeople(database);
const imports = testImports(database);
const services = { ...imports.services, kinds: [...imports.services.kinds, orgEmployees] };
imports.services.kinds = services.kinds;
beforeAll(() => database.setNow('2025-03-10T12:00:00Z'));
afterAll(() => database.setNow(null));

type Cells = Record<string, TableValue>;
let count = 0;
/** A workbook with these headers and rows. */
async function workbook(rows: Cells[]): Promise<string> {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns: TableColumn[] = headers.map((header) => ({ header, type: /date/i.test(header) ? 'date' : 'text' }));
  const file = path.join(imports.dataDir, `people-${++count}.xlsx`);
  await writeFile(file, await buffer(writeXlsx([{ name: 'People', columns, rows: rows.map((row) => headers.map((header) => row[header])) }])));
  return file;
}
const person = (number: string, more: Cells = {}): Cells => ({
  'Personnel number': number,
  'Last name': `Last ${number}`,
  'First name': `First ${number}`,
  Department: 'Company / Contact centre',
  'Hire date': '2024-05-01',
  ...more,
});
const load = async (rows: Cells[], options: Parameters<typeof imports.import>[1] = {}) => imports.import(await workbook(rows), options);
const rules = async (batchId: string) =>
  (await imports.findings(batchId)).map(({ row_number, cell, rule, value }) => [row_number, cell?.replace(/\d+$/, ''), rule, value].join(' '));
/** Everything that an import may touch, without ids and times. */
const state = () =>
  database.owner.query(`
    select e.personnel_number, e.last_name, e.first_name, e.middle_name, e.email, e.phone, e.hire_date::text, e.leave_date::text, e.custom,
      (select agent_code from org.agents a where a.employee_id = e.employee_id) as agent,
      (select json_agg(json_build_array(h.valid_from, h.valid_to, h.department_id, h.position_id, h.site_id, h.supervisor_id) order by h.valid_from, h.history_id)
       from org.employee_org_history h where h.employee_id = e.employee_id) as history
    from org.employees e order by 1`);
const undo = (batchId: string) => database.owner.query(`select rows_deleted, rows_restored from api.undo_batch($1)`, [batchId]);
const one = async (number: string) =>
  (await database.owner.query(`select * from api.list_employees(p_search => $1)`, [number]))[0] as Record<string, unknown>;

describe('an import of employees', () => {
  test('makes who is new, by code or path, and says so', async () => {
    const before = await state();
    const record = await load([
      person('2001', {
        Department: 'company/contact centre',
        Team: 'Line two',
        Position: 'operator',
        Site: 'HQ',
        'E-mail': 'a@example.com',
        Phone: '+7 916 123-45-67',
        'Agent code': 'X-1',
        'Supervisor number': '2002',
        Пропуск: 'B-1',
      }),
      person('2002', { Department: 'LINE-2', 'Supervisor number': '1001' }),
    ]);
    expect(record).toMatchObject({
      status: 'completed',
      layout: 'org_employees',
      service: null,
      time_zone: null,
      rows_total: 2,
      rows_valid: 2,
      rows_inserted: 2,
      warnings: [],
    });
    expect(await one('2001')).toMatchObject({
      department_code: 'LINE-2',
      team_code: 'LINE-2',
      position_code: 'OPERATOR',
      site_code: 'HQ',
      email: 'a@example.com',
      phone: '+7 916 123-45-67',
      agent_code: 'X-1',
      supervisor_number: '2002',
      custom: { badge: 'B-1' },
      is_active: true,
    });
    expect(await undo(record.batch_id)).toEqual([{ rows_deleted: 2, rows_restored: 0 }]);
    expect(await state()).toEqual(before);
  });

  test('the same file again changes nothing; a changed one writes only what differs; undo gives each state back', async () => {
    const empty = await state();
    const rows = [
      person('2001', { Team: 'LINE-1', 'E-mail': 'a@example.com', badge: 'B-1' }),
      person('2002', { Team: 'LINE-1', 'E-mail': 'b@example.com', badge: 'B-2' }),
    ];
    const first = await load(rows);
    const made = await state();
    const same = await load(rows);
    expect(same).toMatchObject({ rows_inserted: 0, rows_updated: 0, rows_unchanged: 2, rows_valid: 2 });
    expect(await state()).toEqual(made);
    const changed = await load([{ ...rows[0]!, Team: 'LINE-2', 'E-mail': null, badge: 'B-9', 'Last name': 'Other' }, rows[1]!]);
    expect(changed).toMatchObject({ rows_updated: 1, rows_unchanged: 1 });
    expect(await one('2001')).toMatchObject({ last_name: 'Other', email: null, team_code: 'LINE-2', custom: { badge: 'B-9' } });
    expect(
      await database.owner.query(`select to_char(valid_from, 'DD.MM.') as day, change_type from api.employee_history($1)`, [
        (await one('2001')).employee_id,
      ]),
    ).toEqual([
      { day: '10.03.', change_type: 'import' },
      { day: '01.05.', change_type: 'hire' },
    ]);
    await undo(changed.batch_id);
    expect(await state()).toEqual(made);
    // The second import said the same as the first: without the first it would have made them.
    await undo(first.batch_id);
    expect(await state()).toEqual(made);
    await undo(same.batch_id);
    expect(await state()).toEqual(empty);
  });

  test('an import in the middle is cut out, what later ones and people wrote stands', async () => {
    const a = await load([person('2001', { Phone: '111 11 11', 'E-mail': 'a@example.com', 'Agent code': 'X-1' })]);
    const b = await load([person('2001', { Phone: '222 22 22', 'E-mail': 'b@example.com', 'Agent code': 'X-2', Team: 'LINE-1' })]);
    const c = await load([person('2001', { Phone: '333 33 33', Team: 'LINE-2' })]);
    const id = (await one('2001')).employee_id;
    await database.owner.query(`select api.update_employee($1, p_first_name => 'Byhand')`, [id]);
    await undo(b.batch_id);
    expect(await one('2001')).toMatchObject({
      phone: '333 33 33',
      email: 'a@example.com',
      agent_code: 'X-1',
      first_name: 'Byhand',
      team_code: 'LINE-2',
    });
    await undo(c.batch_id);
    expect(await one('2001')).toMatchObject({ phone: '111 11 11', email: 'a@example.com', department_code: 'CC' });
    await undo(a.batch_id);
    expect(await one('2001')).toBeUndefined();
  });

  test('a column that the file lacks leaves what is there, an empty cell removes it', async () => {
    const before = await state();
    const petrova = { 'Personnel number': '1002', 'Last name': 'Petrova', 'First name': 'Anna', Department: 'LINE-1', 'Hire date': '2022-03-01' };
    expect(await load([petrova])).toMatchObject({ rows_unchanged: 1 });
    const record = await load([{ ...petrova, Phone: null, Position: null, badge: null }]);
    expect(record).toMatchObject({ rows_updated: 1 });
    expect(await one('1002')).toMatchObject({ phone: null, email: 'anna@example.com', position_code: null, agent_code: 'A-1002', custom: {} });
    await undo(record.batch_id);
    expect(await state()).toEqual(before);
  });

  test('agent codes are exchanged, people leave and come again; undo puts all of it back', async () => {
    const before = await state();
    const base = (number: string, last: string, first: string, hired: string, code: string | null, left: string | null) => ({
      'Personnel number': number,
      'Last name': last,
      'First name': first,
      Department: 'LINE-1',
      'Hire date': hired,
      'Agent code': code,
      'Leave date': left,
    });
    const record = await load([
      base('1002', 'Petrova', 'Anna', '2022-03-01', 'A-1004', null),
      base('1004', 'Keller', 'Jonas', '2024-02-01', 'A-1002', '2025-03-31'),
      base('1005', 'Orlova', 'Vera', '2025-03-05', null, null),
    ]);
    expect(record).toMatchObject({ status: 'completed', rows_updated: 3 });
    expect(await one('1002')).toMatchObject({ agent_code: 'A-1004' });
    expect(await one('1004')).toMatchObject({ agent_code: 'A-1002' });
    expect(
      await database.owner.query(
        `select to_char(valid_from, 'YYYY-MM-DD') as a, to_char(valid_to, 'YYYY-MM-DD') as b, change_type as t from api.employee_history(5)`,
      ),
    ).toEqual([
      { a: '2025-03-05', b: null, t: 'rehire' },
      { a: '2021-05-10', b: '2025-03-01', t: 'hire' },
    ]);
    await undo(record.batch_id);
    expect(await state()).toEqual(before);
  });

  test('an undo is refused while others need whom the import made', async () => {
    const record = await load([person('2001')]);
    await database.owner.query(`select api.update_department(4, p_manager => '2001')`);
    await expect(undo(record.batch_id)).rejects.toMatchObject({ code: 'QH409', message: expect.stringContaining('2001') });
    await database.owner.query(`select api.update_department(4, p_manager => '')`);
    await undo(record.batch_id);
  });
});

describe('every wrong cell is explained where it is', () => {
  const columns = {
    Team: null,
    Position: null,
    Site: null,
    'Leave date': null,
    'E-mail': null,
    Phone: null,
    'Agent code': null,
    'Supervisor number': null,
    badge: null,
  };
  test('and the good rows go in', async () => {
    const record = await load([
      person('3001', { ...columns, Department: 'Company / Contact center' }),
      person('3002', { ...columns, Team: 'LINE-9', Position: 'PILOT', Site: 'MOON' }),
      person('3003', { ...columns, Department: 'BACK', Team: 'LINE-1' }),
      person('3004', { ...columns, 'E-mail': 'anna(at)example.com', Phone: 'call me' }),
      person('3005', { ...columns, 'Leave date': '2024-04-30' }),
      person('3006', { ...columns, 'Hire date': '31.02.2024' }),
      person('3007', { ...columns, 'Last name': null }),
      person('3008', { ...columns, 'Agent code': 'A-1002', 'Supervisor number': '9999' }),
      person('3009', { ...columns, 'Supervisor number': '3010' }),
      person('3010', { ...columns, 'Supervisor number': '3009' }),
      person('3011', { ...columns, 'Supervisor number': '3007' }),
      person('3012', columns),
      person('3012', columns),
      person('3013', columns),
      person('3013', { ...columns, 'First name': 'Last word' }),
    ]);
    expect(await rules(record.batch_id)).toEqual([
      '2 D DEPARTMENT_UNKNOWN Company / Contact center',
      '3 G POSITION_UNKNOWN PILOT',
      '3 H SITE_UNKNOWN MOON',
      '3 F TEAM_UNKNOWN LINE-9',
      '4 F TEAM_ELSEWHERE LINE-1',
      '5 J EMAIL_INVALID a***@…',
      '5 K PHONE_INVALID ***',
      '6 I LEAVE_BEFORE_HIRE 2024-04-30',
      '7 E NOT_A_DATE 31.02.2024',
      '8 B VALUE_BLANK ',
      '9 L AGENT_CODE_TAKEN A-1002',
      '9 M SUPERVISOR_UNKNOWN 9999',
      '10 M SUPERVISOR_LOOP 3010',
      '11 M SUPERVISOR_LOOP 3009',
      '12 M SUPERVISOR_UNKNOWN 3007',
      '14 A DUPLICATE_EQUAL 3012',
      '15 A DUPLICATE_CONFLICT 3013',
    ]);
    expect(record).toMatchObject({
      status: 'completed_with_errors',
      rows_total: 15,
      rows_rejected: 12,
      rows_valid: 3,
      rows_inserted: 2,
      rows_duplicates: 1,
    });
    expect(await one('3013')).toMatchObject({ first_name: 'Last word' });
    const [unknown] = await imports.findings(record.batch_id);
    expect(unknown!.message).toContain('Did you mean: Company / Contact centre');
    await undo(record.batch_id);
  });

  test('all or nothing keeps all out, a dry run keeps nothing', async () => {
    const before = await state();
    expect(await load([person('3001'), person('3002', { Department: 'NONE' })], { mode: 'all_or_nothing' })).toMatchObject({
      status: 'failed',
      rows_rejected: 1,
    });
    expect(await load([person('3001')], { dry_run: true })).toMatchObject({ status: 'completed', rows_inserted: 1, dry_run: true });
    expect(await state()).toEqual(before);
  });

  test('custom fields are read as what they are declared', async () => {
    await database.owner
      .query(`select api.set_custom_field('employee', 'size', 'number', 'Size'), api.set_custom_field('employee', 'since_day', 'date', 'Since date'),
      api.set_custom_field('employee', 'remote', 'boolean', 'Remote', 'Удалённо'), api.set_custom_field('employee', 'shift', 'choice', 'Shift', p_choices => '{day,night}'),
      api.set_custom_field('employee', 'contract', 'text', 'Contract', p_is_required => true)`);
    const own = { Size: '1,5', 'Since date': '2024-02-29', Удалённо: 'да', Shift: 'night', Contract: 'K-1' };
    const record = await load([
      person('3001', own),
      person('3002', { ...own, Size: 'big', 'Since date': '30.02.2024', Удалённо: 'maybe', Shift: 'evening' }),
      person('3003', { ...own, Contract: null }),
    ]);
    expect((await one('3001')).custom).toEqual({ size: 1.5, since_day: '2024-02-29', remote: true, shift: 'night', contract: 'K-1' });
    expect((await rules(record.batch_id)).map((text) => text.replace(/ [A-Z]{1,2} /, ' ').replace(/^(\d+) +/, '$1 ')).toSorted()).toEqual([
      '3 CUSTOM_INVALID evening',
      '3 CUSTOM_INVALID maybe',
      '3 NOT_A_DATE 30.02.2024',
      '3 NOT_A_NUMBER big',
      '4 VALUE_BLANK ',
    ]);
    await undo(record.batch_id);
    for (const name of ['size', 'since_day', 'remote', 'shift', 'contract'])
      await database.owner.query(`select api.remove_custom_field('employee', $1)`, [name]);
  });
});

test('an export is an import that changes nothing', async () => {
  const before = await state();
  const context = { db: database.owner } as Pick<Context, 'db'> as Context;
  const answer = (await exportEmployeesVerb.run({}, context)) as FileAnswer;
  const file = path.join(imports.dataDir, 'export.xlsx');
  await writeFile(file, await buffer(answer.stream));
  expect(await imports.import(file)).toMatchObject({ status: 'completed', rows_total: 5, rows_unchanged: 5, warnings: [] });
  expect(await state()).toEqual(before);
  await rm(file);
});

test('5,000 employees go in, and a page of them comes out', async () => {
  const rows = Array.from({ length: 5000 }, (_, n) =>
    person(`N${n}`, {
      Team: n % 2 === 0 ? 'LINE-1' : 'LINE-2',
      'Agent code': `N-${n}`,
      'Supervisor number': n % 10 === 0 ? '1001' : `N${n - (n % 10)}`,
    }),
  );
  const started = performance.now();
  expect(await load(rows)).toMatchObject({ status: 'completed', rows_inserted: 5000 });
  const loaded = performance.now();
  expect(await load(rows)).toMatchObject({ status: 'completed', rows_unchanged: 5000 });
  const again = performance.now();
  expect(await database.api.query(`select * from api.list_employees('CC') order by last_name, first_name, employee_id limit 101`)).toHaveLength(101);
  if (process.env.QH_LOG_LEVEL === 'info')
    process.stdout.write(
      `load ${(loaded - started).toFixed(0)} ms, again ${(again - loaded).toFixed(0)} ms, page ${(performance.now() - again).toFixed(0)} ms\n`,
    );
});
