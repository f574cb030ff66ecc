import { expect, test } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';

const database = await testDatabase();
await database.db.query(`select org.create_service('VTM'), org.create_service('BUSINESS')`);

const find = (code: string) => database.db.query('select (org.find_service($1)).service_id', [code]);

test('a service is found by its code and nothing else', async () => {
  expect(await find('VTM')).toEqual([{ service_id: 1 }]);
  await expect(find('vtm')).rejects.toMatchObject({ code: 'QH404', message: "there is no service 'vtm'", hint: 'Did you mean: VTM?' });
});

test('what looks like nothing gets the way to the list', async () => {
  await expect(find('ЖЖЖ')).rejects.toMatchObject({ code: 'QH404', hint: expect.stringContaining('qh org services') });
});

test('the code of a merged service leads to the service that took it over, and is not listed', async () => {
  await database.inTransaction(async (tx) => {
    await tx.query('select org.close_service(2, 1)');
    expect(await tx.query(`select (org.find_service('BUSINESS')).service_code`)).toEqual([{ service_code: 'VTM' }]);
    expect(await tx.query('select service_code from api.list_services()')).toEqual([{ service_code: 'VTM' }]);
    await expect(tx.query('select org.find_service_by_id(2)')).rejects.toMatchObject({ code: 'QH404' });
  });
});
