import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';

const database = await testDatabase();
test('x', async () => {
  expect(await database.db.query('select * from org.employee_rows')).toEqual([]);
});
