import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import type { Tx } from '../../platform/db/pool.ts';
import { loadPeople } from '../../../test/fixtures/small.ts';

const database = await testDatabase();
await loadPeople(database);

const tree = (tx: Pick<Tx, 'query'>) =>
  tx.query<{ code: string; path: string; level: number }>(
    `select department_code as code, hierarchy_path as path, hierarchy_level as level from api.list_departments()`,
  );

test('a department knows its ids and names from the root, and how many people are in it and below', async () => {
  database.setNow('2025-03-03T12:00:00Z');
  await database.inTransaction(async (tx) => {
    const rows = await tx.query(`select department_code, department_path, hierarchy_path, hierarchy_level, employee_count, total_employee_count,
      child_count, manager_number, deputies -> 0 ->> 'personnel_number' as deputy from api.list_departments()`);
    expect(rows.map((row) => Object.values(row as object))).toEqual([
      ['COMPANY', 'Company', '/1/', 1, 0, 4, 2, null, null],
      ['BACK', 'Company / Back office', '/1/5/', 2, 0, 0, 0, null, null],
      ['CC', 'Company / Contact centre', '/1/2/', 2, 1, 4, 2, '1001', null],
      ['LINE-1', 'Company / Contact centre / Line one', '/1/2/3/', 3, 2, 2, 0, '1002', null],
      ['LINE-2', 'Company / Contact centre / Line two', '/1/2/4/', 3, 1, 1, 0, null, '1002'],
    ]);
  });
  database.setNow(null);
});

test('a department moves with all below it, and back', async () => {
  await database.inTransaction(async (tx) => {
    const before = await tree(tx);
    await tx.query(`select api.move_department(2, 'BACK')`);
    expect((await tree(tx)).map(({ code, path, level }) => `${code} ${path} ${level}`)).toEqual([
      'COMPANY /1/ 1',
      'BACK /1/5/ 2',
      'CC /1/5/2/ 3',
      'LINE-1 /1/5/2/3/ 4',
      'LINE-2 /1/5/2/4/ 4',
    ]);
    await tx.query(`select api.move_department(4)`);
    expect((await tree(tx)).at(-1)).toEqual({ code: 'LINE-2', path: '/4/', level: 1 });
    await tx.query(`select api.move_department(4, 'CC')`);
    await tx.query(`select api.move_department(2, 'COMPANY')`);
    expect(await tree(tx)).toEqual(before);
  });
});

test('a department goes neither into itself nor below itself', async () => {
  for (const parent of ['CC', 'LINE-1'])
    await expect(database.api.query('select api.move_department(2, $1)', [parent])).rejects.toMatchObject({ code: 'QH400' });
});

test('ten levels are the end, for new ones and for moves', async () => {
  await database.inTransaction(async (tx) => {
    let parent = 'LINE-1';
    for (let level = 4; level <= 10; level++) {
      await tx.query('select api.create_department($1, $1, p_parent => $2)', [`L${level}`, parent]);
      parent = `L${level}`;
    }
    await tx.query('savepoint ten');
    await expect(tx.query(`select api.create_department('L11', 'L11', p_parent => 'L10')`)).rejects.toMatchObject({ code: 'QH400' });
    await tx.query('rollback to ten');
    await expect(tx.query(`select api.move_department(3, 'LINE-2')`)).rejects.toMatchObject({
      code: 'QH400',
      message: expect.stringContaining('level 11'),
    });
    await tx.query('rollback to ten');
    await tx.query(`select api.move_department(3, 'COMPANY')`);
    expect((await tree(tx)).find(({ code }) => code === 'L10')!.level).toBe(9);
  });
});

test('a code is taken once, a name once at its place', async () => {
  const refused = (call: string) => expect(database.api.query(`select ${call}`), call).rejects.toMatchObject({ code: 'QH409' });
  await refused(`api.create_department('CC', 'Other')`);
  await refused(`api.create_department('NEW', 'line ONE', p_parent => 'CC')`);
  await refused(`api.update_department(3, p_department_name => 'Line two')`);
  await database.inTransaction(async (tx) => {
    await tx.query(`select api.create_department('NEW', 'Line one', p_parent => 'BACK')`);
    await expect(tx.query(`select api.move_department(3, 'BACK')`)).rejects.toMatchObject({ code: 'QH409' });
  });
});

test('only an empty department is deleted; with move_to its people and departments go there, and the history keeps its name', async () => {
  database.setNow('2025-03-03T12:00:00Z');
  await expect(database.api.query('select api.delete_department(3)')).rejects.toMatchObject({ code: 'QH409' });
  await expect(database.api.query('select api.delete_department(2)')).rejects.toMatchObject({ code: 'QH409' });
  await expect(database.api.query(`select api.delete_department(2, 'LINE-1')`)).rejects.toMatchObject({ code: 'QH400' });
  await database.inTransaction(async (tx) => {
    expect(await tx.query('select * from api.delete_department(5)')).toEqual([{ department_id: 5, employees_moved: 0, departments_moved: 0 }]);
    expect(await tx.query('select from org.departments where department_id = 5')).toEqual([]);
    expect(await tx.query(`select * from api.delete_department(3, 'LINE-2')`)).toEqual([
      { department_id: 3, employees_moved: 2, departments_moved: 0 },
    ]);
    expect((await tree(tx)).map(({ code }) => code)).toEqual(['COMPANY', 'CC', 'LINE-2']);
    expect(
      await tx.query(`select to_char(valid_from, 'YYYY-MM-DD') as since, to_char(valid_to, 'YYYY-MM-DD') as until, department_code, change_type
        from api.employee_history(2)`),
    ).toEqual([
      { since: '2025-03-03', until: null, department_code: 'LINE-2', change_type: 'reorganisation' },
      { since: '2022-03-01', until: '2025-03-03', department_code: 'LINE-1', change_type: 'hire' },
    ]);
    // Its code and name are free again.
    await tx.query(`select api.create_department('LINE-1', 'Line one', p_parent => 'CC')`);
  });
  await database.inTransaction(async (tx) => {
    expect(await tx.query(`select * from api.delete_department(2, 'BACK')`)).toEqual([
      { department_id: 2, employees_moved: 1, departments_moved: 2 },
    ]);
    expect((await tree(tx)).map(({ code, path }) => `${code} ${path}`)).toEqual(['COMPANY /1/', 'BACK /1/5/', 'LINE-1 /1/5/3/', 'LINE-2 /1/5/4/']);
  });
  database.setNow(null);
});

test('random moves keep every path equal to the chain of parents', async () => {
  await database.inTransaction(async (tx) => {
    let state = 7;
    const next = (below: number) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    for (let n = 0; n < 30; n++) await tx.query('select org.create_department($1, $1, null, $2)', [`R${n}`, 1 + next(5)]);
    const ids = (await tx.query<{ id: number }>('select department_id as id from org.departments order by 1')).map(({ id }) => id);
    for (let n = 0; n < 120; n++) {
      await tx.query('savepoint move');
      await tx.query('select org.place_department($1, $2)', [ids[next(ids.length)], ids[next(ids.length)]]).catch(() => tx.query('rollback to move'));
    }
    expect(
      await tx.query(`with recursive t as (
          select department_id, '/' || department_id || '/' as path, 1 as level from org.departments where parent_id is null
          union all
          select d.department_id, t.path || d.department_id || '/', t.level + 1 from t join org.departments d on d.parent_id = t.department_id)
        select count(*)::int as right, (select count(*)::int from org.departments) as all, max(level) <= 10 as is_flat
        from t join org.departments d using (department_id) where d.hierarchy_path = t.path and d.hierarchy_level = t.level`),
    ).toEqual([{ right: ids.length, all: ids.length, is_flat: true }]);
  });
});
