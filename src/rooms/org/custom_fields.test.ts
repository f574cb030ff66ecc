import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { loadPeople } from '../../../test/fixtures/small.ts';

const database = await testDatabase();
await loadPeople(database);

const declare = (name: string, type: string, more = '') => `select api.set_custom_field('employee', '${name}', '${type}', 'Title'${more})`;

test.each([
  ['text', '"A-17"', '17'],
  ['number', '1.5', '"1.5"'],
  ['boolean', 'true', '"yes"'],
  ['date', '"2024-02-29"', '"2023-02-29"'],
  ['date', '"2025-12-31"', '"31.12.2025"'],
  ['choice', '"night"', '"evening"'],
])('a field of type %s takes %s and refuses %s, naming the field', async (type, good, bad) => {
  await database.inTransaction(async (tx) => {
    await tx.query(declare('own', type, type === 'choice' ? `, p_choices => '{day,night}'` : ''));
    await tx.query('select api.update_employee(1, p_custom => $1)', [`{"own": ${good}}`]);
    await expect(tx.query('select api.update_employee(1, p_custom => $1)', [`{"own": ${bad}}`])).rejects.toMatchObject({
      code: 'QH400',
      detail: expect.stringContaining('custom.own'),
    });
  });
});

test('what is given is changed, null removes, the rest stays; unknown fields are refused', async () => {
  await database.inTransaction(async (tx) => {
    await tx.query(declare('headset', 'text'));
    const custom = async (change: string) =>
      (await tx.query<{ custom: object }>('select custom from api.update_employee(2, p_custom => $1)', [change]))[0]!.custom;
    expect(await custom('{"headset": "mono"}')).toEqual({ badge: 'A-17', headset: 'mono' });
    expect(await custom('{"badge": null}')).toEqual({ headset: 'mono' });
    await expect(custom('{"bagde": "A-18"}')).rejects.toMatchObject({ code: 'QH400', detail: expect.stringContaining('badge') });
  });
});

test('a required field is asked for when somebody new is made, and cannot be removed', async () => {
  await database.inTransaction(async (tx) => {
    await tx.query(declare('contract', 'text', ', p_is_required => true'));
    const attempt = async (call: string) => {
      await tx.query('savepoint attempt');
      return tx.query(`select ${call}`).catch(async (error: unknown) => {
        await tx.query('rollback to attempt');
        throw error;
      });
    };
    await expect(attempt(`api.create_employee('1010', 'A', 'B', '2025-01-01', 'CC')`)).rejects.toMatchObject({ code: 'QH400' });
    await attempt(`api.create_employee('1010', 'A', 'B', '2025-01-01', 'CC', p_custom => '{"contract": "K-1"}')`);
    await expect(attempt(`api.update_employee(org.employee_of('1010'), p_custom => '{"contract": null}')`)).rejects.toMatchObject({ code: 'QH400' });
    // Those who were there before are asked when the field itself is changed.
    await attempt(`api.update_employee(1, p_phone => '+49 30 1')`);
  });
});

test('a declaration changes only while the values fit; a field with values goes only with them', async () => {
  await expect(database.api.query(declare('badge', 'number'))).rejects.toMatchObject({ code: 'QH409' });
  await expect(database.api.query(declare('badge', 'choice', `, p_choices => '{A-18}'`))).rejects.toMatchObject({ code: 'QH409' });
  await expect(database.api.query(`select api.remove_custom_field('employee', 'badge')`)).rejects.toMatchObject({ code: 'QH409' });
  await database.inTransaction(async (tx) => {
    await tx.query(declare('badge', 'choice', `, p_choices => '{A-17,A-18}'`));
    expect(await tx.query(`select values_removed from api.remove_custom_field('employee', 'badge', true)`)).toEqual([{ values_removed: 1 }]);
    expect(await tx.query('select custom from api.employee(2)')).toEqual([{ custom: {} }]);
  });
});

test('a personal field is hidden from those who may not see it', async () => {
  await database.inTransaction(async (tx) => {
    await tx.query(declare('badge', 'text', ', p_is_personal => true'));
    expect(await tx.query('select custom from api.employee(2)')).toEqual([{ custom: {} }]);
    await tx.query(`set local qh.personal = 'on'`);
    expect(await tx.query('select custom from api.employee(2)')).toEqual([{ custom: { badge: 'A-17' } }]);
  });
});

test('departments, sites and positions have fields of their own', async () => {
  await database.inTransaction(async (tx) => {
    await tx.query(`select api.set_custom_field('department', 'floor', 'number', 'Floor'), api.set_custom_field('site', 'gate', 'text', 'Gate'),
      api.set_custom_field('position', 'union_code', 'text', 'Union code')`);
    expect(await tx.query(`select custom from api.update_department(2, p_custom => '{"floor": 3}')`)).toEqual([{ custom: { floor: 3 } }]);
    expect(await tx.query(`select custom from api.update_site(1, p_custom => '{"gate": "B"}')`)).toEqual([{ custom: { gate: 'B' } }]);
    expect(await tx.query(`select custom from api.update_position(1, p_custom => '{"union_code": "U"}')`)).toEqual([{ custom: { union_code: 'U' } }]);
  });
});
