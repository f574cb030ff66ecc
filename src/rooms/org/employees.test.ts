import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { loadPeople } from '../../../test/fixtures/small.ts';
import type { Tx } from '../../platform/db/pool.ts';

const database = await testDatabase();
await loadPeople(database);
beforeAll(() => database.setNow('2025-03-03T12:00:00Z'));
afterAll(() => database.setNow(null));

type Runner = Pick<Tx, 'query'>;
const numbers = async (filter: string, runner: Runner = database.api) =>
  (await runner.query<{ n: string }>(`select personnel_number as n from api.list_employees(${filter})`)).map(({ n }) => n);
const led = async (id: number, day: string | null, runner: Runner = database.db) =>
  (await runner.query<{ id: number }>('select m as id from org.my_employees($1, $2) m order by 1', [id, day])).map(({ id: found }) => found);
const history = async (id: number, runner: Runner) =>
  (
    await runner.query(
      `select to_char(valid_from, 'DD.MM.YYYY') as a, to_char(valid_to, 'DD.MM.YYYY') as b, department_code as d, position_code as p, change_type as t
       from api.employee_history($1)`,
      [id],
    )
  ).map((row) => Object.values(row as object).join(' '));

describe('the list', () => {
  test('a department takes all below it; a team only itself; by name', async () => {
    expect(await numbers('')).toEqual(['1001', '1004', '1005', '1002', '1003']);
    expect(await numbers(`'CC'`)).toEqual(['1001', '1004', '1005', '1002', '1003']);
    expect(await numbers(`'LINE-1'`)).toEqual(['1004', '1002']);
    expect(await numbers(`p_team => 'LINE-2'`)).toEqual(['1005', '1003']);
    expect(await numbers(`'BACK', p_team => 'LINE-2'`)).toEqual([]);
    expect(await numbers(`'BACK'`)).toEqual([]);
    await expect(numbers(`p_team => 'CC'`)).rejects.toMatchObject({ code: 'QH400' });
    await expect(numbers(`'CD'`)).rejects.toMatchObject({ code: 'QH404', hint: expect.stringContaining('CC') });
  });

  test('by site (own, else that of the department), position, words of the name, beginning of the number', async () => {
    expect(await numbers(`p_site => 'HQ'`)).toEqual(['1001', '1004', '1002', '1003']);
    expect(await numbers(`p_position => 'LEAD'`)).toEqual(['1002']);
    expect(await numbers(`p_search => 'anna PET'`)).toEqual(['1002']);
    expect(await numbers(`p_search => '100'`)).toHaveLength(5);
    expect(await numbers(`p_search => 'ov'`)).toEqual(['1001', '1005', '1002', '1003']);
  });

  test('on a day: who was employed then, and where they belonged then', async () => {
    expect(await numbers(`p_active_on => '2025-02-28', p_team => 'LINE-1'`)).toEqual(['1004', '1002', '1003']);
    expect(await numbers(`p_active_on => '2025-02-28', p_team => 'LINE-2'`)).toEqual(['1005']);
    expect(await numbers(`p_active_on => '2025-03-01', p_team => 'LINE-2'`)).toEqual(['1003']);
    expect(await numbers(`p_active_on => '2023-05-31'`)).toEqual(['1001', '1005', '1002']);
    expect(await numbers(`p_active => false`)).toEqual(['1005']);
  });
});

describe('my team', () => {
  test('a manager leads the department and all below it; reports follow their supervisor', async () => {
    expect(await led(1, null)).toEqual([2, 3, 4]);
    expect(await led(4, null)).toEqual([]);
    expect(await numbers(`p_led_by => '1001'`)).toEqual(['1004', '1002', '1003']);
  });

  test('a deputy leads from the first to the last day, both included', async () => {
    expect(await led(2, '2025-02-28')).toEqual([3, 4]);
    expect(await led(2, '2025-03-01')).toEqual([3, 4]);
    expect(await led(2, '2025-03-07')).toEqual([3, 4]);
    expect(await led(2, '2025-03-08')).toEqual([4]);
  });

  test('the last day ends at midnight in the zone of the organisation', async () => {
    const activeAt = async (moment: string) => {
      database.setNow(moment);
      const [row] = await database.owner.query<{ is_active: boolean }>('select is_active from api.list_deputies()');
      return row!.is_active;
    };
    await database.owner.query(
      `insert into platform.settings (name, value, updated_at) values ('org.time_zone', '"Asia/Yekaterinburg"', platform.now())`,
    );
    expect(await activeAt('2025-02-28T18:59:59Z')).toBe(false);
    expect(await activeAt('2025-02-28T19:00:00Z')).toBe(true);
    expect(await activeAt('2025-03-07T18:59:59Z')).toBe(true);
    expect(await activeAt('2025-03-07T19:00:00Z')).toBe(false);
    await database.owner.query(`delete from platform.settings where name = 'org.time_zone'`);
    database.setNow('2025-03-03T12:00:00Z');
  });

  test('the caller’s own team is asked for by who is signed in', async () => {
    await database.inTransaction(async (tx) => {
      await tx.query(`insert into platform.users (user_id, login, display_name, role, status, created_by, created_at)
        values ('olga', 'olga', 'Olga', 'supervisor', 'active', 'test', platform.now())`);
      await tx.query(`update org.employees set user_id = 'olga' where employee_id = 1`);
      expect(await numbers('p_my_team => true', tx)).toEqual([]);
      await tx.query(`select set_config('qh.user', 'olga', true)`);
      expect(await numbers('p_my_team => true', tx)).toEqual(['1004', '1002', '1003']);
    });
  });

  test('a supervisor is the one named, else the manager of the nearest department that somebody else manages', async () => {
    const of = async (id: number) => (await database.db.query<{ id: number }>('select org.supervisor_of($1) as id', [id]))[0]!.id;
    expect([await of(4), await of(2), await of(3), await of(1)]).toEqual([2, 1, 1, null]);
  });
});

describe('deputies', () => {
  test('at most 365 days, nobody twice at a time, not the manager, not after the last day', async () => {
    const refused = (days: string, code: string, who = `'CC', '1003'`) =>
      expect(database.api.query(`select api.add_deputy(${who}, ${days})`), days).rejects.toMatchObject({ code });
    await refused(`'2025-01-01', '2026-01-01'`, 'QH400');
    await refused(`'2025-01-02', '2025-01-01'`, 'QH400');
    await refused(`'2025-03-07', '2025-03-20'`, 'QH409', `'LINE-2', '1002'`);
    await refused(`'2025-03-07', '2025-03-20'`, 'QH400', `'LINE-1', '1002'`);
    await refused(`'2025-03-07', '2025-03-20'`, 'QH400', `'CC', '1005'`);
    await database.inTransaction(async (tx) => {
      expect(await tx.query(`select start_date from api.add_deputy('CC', '1003', '2025-01-01', '2025-12-31')`)).toHaveLength(1);
      expect(await tx.query(`select start_date from api.add_deputy('LINE-2', '1002', '2025-03-08', '2025-03-20')`)).toHaveLength(1);
    });
  });

  test('a deputyship ends earlier, never later; before it began it is called off', async () => {
    await database.inTransaction(async (tx) => {
      await tx.query(`select api.end_deputy(1, '2025-03-04')`);
      expect(await led(2, '2025-03-05', tx)).toEqual([4]);
      const [planned] = await tx.query<{ id: number }>(`select deputy_id as id from api.add_deputy('LINE-2', '1002', '2025-05-01', '2025-05-31')`);
      expect(await tx.query('select is_active, cancelled_at is not null as is_off from api.end_deputy($1)', [planned!.id])).toEqual([
        { is_active: false, is_off: true },
      ]);
      expect(await led(2, '2025-05-10', tx)).toEqual([4]);
      await expect(tx.query(`select api.end_deputy(1, '2025-03-06')`)).rejects.toMatchObject({ code: 'QH409' });
    });
  });
});

describe('the history', () => {
  test('a move ends the place before it on its day', async () => {
    expect(await history(3, database.api)).toEqual(['01.03.2025  LINE-2 OPERATOR move', '01.06.2023 01.03.2025 LINE-1 OPERATOR hire']);
  });

  test('a move in between splits; what it does not say stays, and planned changes stand', async () => {
    await database.inTransaction(async (tx) => {
      await tx.query(`select api.move_employee(3, '2025-06-01', p_position => 'LEAD')`);
      await tx.query(`select api.move_employee(3, '2025-04-01', p_department => 'LINE-1')`);
      expect(await history(3, tx)).toEqual([
        '01.06.2025  LINE-1 LEAD move',
        '01.04.2025 01.06.2025 LINE-1 OPERATOR move',
        '01.03.2025 01.04.2025 LINE-2 OPERATOR move',
        '01.06.2023 01.03.2025 LINE-1 OPERATOR hire',
      ]);
      // Today the planned ones do not hold yet.
      expect(await tx.query('select department_code, position_code from api.employee(3)')).toEqual([
        { department_code: 'LINE-2', position_code: 'OPERATOR' },
      ]);
      // On the same day the last word counts.
      await tx.query(`select api.move_employee(3, '2025-04-01', p_department => 'BACK')`);
      expect((await history(3, tx)).slice(0, 2)).toEqual(['01.06.2025  BACK LEAD move', '01.04.2025 01.06.2025 BACK OPERATOR move']);
      const [last] = await tx.query<{ id: number }>('select max(history_id) as id from org.employee_org_history');
      await tx.query('select org.remove_placement($1)', [last!.id]);
      expect((await history(3, tx)).slice(0, 2)).toEqual(['01.06.2025  LINE-1 LEAD move', '01.04.2025 01.06.2025 LINE-1 OPERATOR move']);
    });
  });

  test('nobody belongs anywhere before the first day', async () => {
    await expect(database.api.query(`select api.move_employee(3, '2023-05-31', 'LINE-2')`)).rejects.toMatchObject({ code: 'QH400' });
    await expect(database.api.query(`select api.move_employee(3)`)).rejects.toMatchObject({ code: 'QH400' });
    await expect(database.api.query(`select api.move_employee(3, p_department => '')`)).rejects.toMatchObject({ code: 'QH400' });
  });

  test('nobody supervises those above them', async () => {
    await database.inTransaction(async (tx) => {
      for (const supervisor of ['1004', '1002']) {
        await tx.query('savepoint loop');
        await expect(tx.query('select api.move_employee(2, p_supervisor => $1)', [supervisor])).rejects.toMatchObject({ code: 'QH400' });
        await tx.query('rollback to loop');
      }
    });
  });

  test('the last day counts; employed again, the former time stays in the history', async () => {
    await database.inTransaction(async (tx) => {
      await tx.query(`select api.dismiss_employee(4, '2025-03-10', 'Moved away')`);
      expect(await numbers(`p_active_on => '2025-03-10', p_team => 'LINE-1'`, tx)).toEqual(['1004', '1002']);
      expect(await numbers(`p_active_on => '2025-03-11', p_team => 'LINE-1'`, tx)).toEqual(['1002']);
      await tx.query(`select api.move_employee(4, '2025-09-01', 'LINE-2')`);
      expect(await history(4, tx)).toEqual(['01.09.2025  LINE-2 OPERATOR rehire', '01.02.2024 11.03.2025 LINE-1 OPERATOR hire']);
      expect(await numbers(`p_active_on => '2025-05-01', p_search => '1004'`, tx)).toEqual([]);
      expect(await numbers(`p_active_on => '2025-09-01', p_search => '1004'`, tx)).toEqual(['1004']);
      expect(await tx.query(`select hire_date = '2025-09-01' as again, leave_date from api.employee(4)`)).toEqual([
        { again: true, leave_date: null },
      ]);
    });
    await expect(database.api.query(`select api.dismiss_employee(5)`)).rejects.toMatchObject({ code: 'QH409' });
    await expect(database.api.query(`select api.dismiss_employee(4, '2024-01-31')`)).rejects.toMatchObject({ code: 'QH400' });
  });

  test('a corrected hire date moves the beginning of the history, never over a later change', async () => {
    await database.inTransaction(async (tx) => {
      await tx.query(`select api.update_employee(3, p_hire_date => '2023-05-01')`);
      expect((await history(3, tx)).at(-1)).toBe('01.05.2023 01.03.2025 LINE-1 OPERATOR hire');
      await expect(tx.query(`select api.update_employee(3, p_hire_date => '2025-03-01')`)).rejects.toMatchObject({ code: 'QH409' });
    });
  });
});

describe('a person', () => {
  test('addresses and phones are masked for those who may not see them, and never repeated in errors', async () => {
    const masked = [{ email: 'a***@…', phone: '***02', custom: { badge: 'A-17' } }];
    expect(await database.api.query('select email, phone, custom from api.employee(2)')).toEqual(masked);
    await database.inTransaction(async (tx) => {
      await tx.query(`set local qh.personal = 'on'`);
      expect(await tx.query('select email, phone from api.employee(2)')).toEqual([{ email: 'anna@example.com', phone: '+49 30 5550102' }]);
    });
    const error = await database.api.query(`select api.update_employee(2, p_email => 'anna@nowhere')`).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'QH400' });
    expect(JSON.stringify(error)).not.toContain('nowhere');
    await expect(database.api.query(`select api.update_employee(2, p_email => 'a***@…')`)).rejects.toMatchObject({ code: 'QH400' });
  });

  test('a number, an agent code and a user are one person’s', async () => {
    const refused = (call: string) =>
      expect(database.api.query(`select api.update_employee(${call})`), call).rejects.toMatchObject({ code: 'QH409' });
    await refused(`3, p_personnel_number => '1002'`);
    await refused(`3, p_agent_code => 'A-1002'`);
    await database.inTransaction(async (tx) => {
      await tx.query(`select api.update_employee(2, p_agent_code => ''), api.update_employee(3, p_agent_code => 'A-1002')`);
      expect(await tx.query('select agent_code, employee_id from api.agents order by 1')).toEqual([
        { agent_code: 'A-1002', employee_id: '1003' },
        { agent_code: 'A-1004', employee_id: '1004' },
      ]);
    });
  });
});

describe('taking back', () => {
  const lastMove = async (id: number, runner: Runner) =>
    (await runner.query<{ history_id: string }>('select history_id from api.employee_history($1) limit 1', [id]))[0]!.history_id;

  test('a move that is taken back was never made; what was planned for later stands', async () => {
    await database.inTransaction(async (tx) => {
      const before = await history(4, tx);
      await tx.query(`select api.move_employee(4, '2025-04-01', 'LINE-2')`);
      const later = await lastMove(4, tx);
      await tx.query(`select api.move_employee(4, '2025-03-10', p_position => 'LEAD')`);
      expect(await history(4, tx)).toHaveLength(3);
      const [{ id }] = (await tx.query(`select history_id as id from api.employee_history(4) where valid_from = '2025-03-10'`)) as [{ id: string }];
      await tx.query('select api.undo_move(4, $1)', [id]);
      expect(await history(4, tx)).toEqual(['01.04.2025  LINE-2 OPERATOR move', '01.02.2024 01.04.2025 LINE-1 OPERATOR hire']);
      await tx.query('select api.undo_move(4, $1)', [later]);
      expect(await history(4, tx)).toEqual(before);
    });
  });

  test('hiring is no move, and another employee’s history is not reached', async () => {
    const hired = await lastMove(4, database.db);
    await expect(database.api.query('select api.undo_move(4, $1)', [hired])).rejects.toMatchObject({ code: 'QH409' });
    await expect(database.api.query('select api.undo_move(1, $1)', [hired])).rejects.toMatchObject({ code: 'QH404' });
  });

  test('a last day that is taken back was never said', async () => {
    await database.inTransaction(async (tx) => {
      await tx.query(`select api.dismiss_employee(4, '2025-03-02', 'Moved away')`);
      expect(await numbers('p_active => false', tx)).toEqual(['1004', '1005']);
      await tx.query('select api.undo_dismissal(4)');
      expect(await numbers('p_active => false', tx)).toEqual(['1005']);
      expect(await tx.query('select leave_date, leave_reason from org.employees where employee_id = 4')).toEqual([
        { leave_date: null, leave_reason: null },
      ]);
    });
    await expect(database.api.query('select api.undo_dismissal(4)')).rejects.toMatchObject({ code: 'QH409' });
  });
});

test('a page of 100 among 5,000 employees', async () => {
  await database.inTransaction(async (tx) => {
    await tx.query(`insert into org.employees (personnel_number, last_name, first_name, hire_date, created_at, updated_at)
      select 'N' || n, 'Name ' || n % 997, 'First ' || n, '2024-01-01', platform.now(), platform.now() from generate_series(1, 5000) n`);
    await tx.query(`insert into org.employee_org_history (employee_id, valid_from, department_id, stated, change_type, changed_by, created_at)
      select employee_id, hire_date, 3 + employee_id % 2, '{}', 'hire', 'test', platform.now() from org.employees where personnel_number like 'N%'`);
    await tx.query('analyze org.employees; analyze org.employee_org_history');
    const started = performance.now();
    const rows = await tx.query(`select * from api.list_employees('LINE-1') order by last_name, first_name, employee_id limit 101`);
    const took = performance.now() - started;
    expect(rows).toHaveLength(101);
    if (process.env.QH_LOG_LEVEL === 'info') process.stdout.write(`page of 5,000: ${took.toFixed(0)} ms\n`);
  });
});
