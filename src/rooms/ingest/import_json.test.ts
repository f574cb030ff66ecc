import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';

const database = await testDatabase();

test('smoke', async () => {
  const rows = await database.api.query(`select * from api.validate_argus_format($1)`, [JSON.stringify([{ A: '01.01.2024 09:00:00', B: '10', C: '9', D: '300', E: '30' }, 5, {A:'31.02.2024 09:15:00',B:'x',C:1.5,D:-1,E:''}])]);
  console.log(JSON.stringify(rows, null, 1));
  expect(rows).toHaveLength(1);
});
