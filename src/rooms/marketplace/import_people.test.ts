import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { id, loadMarketplace } from '../../../test/fixtures/marketplace.ts';
import { importKinds } from './imports.ts';

const database = await testDatabase();
await loadMarketplace(database.db);
const imports = testImports(database);
imports.services.kinds = [...imports.services.kinds, ...importKinds];

test('what is found about people tells nothing personal: addresses and phones are masked, names left out', async () => {
  const rows = [
    ['cliente_id', 'nombre', 'ciudad', 'email', 'telefono'],
    [id('f', 1), 'Ana', 'Cali', 'ana@example.com', ''],
    [id('f', 2), 'B', 'Cali', 'ana@example.com', ''],
    [id('f', 3), 'C', 'Cali', '', '123'],
    [id('f', 4), 'N'.repeat(256), 'Cali', '', ''],
    [id('f', 5), 'D', 'C'.repeat(256), '', ''],
  ];
  const file = path.join(imports.dataDir, 'clients.csv');
  await writeFile(file, rows.map((row) => row.join(',')).join('\n'));
  const record = await imports.import(file);
  expect(record).toMatchObject({ rows_inserted: 0, rows_rejected: 5 });
  const told = (await imports.findings(record.batch_id)).map(({ row_number, column_name, rule, value }) => [row_number, column_name, rule, value]);
  expect(told).toEqual([
    [2, 'email', 'EMAIL_TAKEN', 'a***@…'],
    [3, 'email', 'EMAIL_TAKEN', 'a***@…'],
    [4, 'telefono', 'PHONE_INVALID', expect.stringMatching(/^\*+23$/)],
    [5, 'nombre', 'TEXT_TOO_LONG', null],
    [6, 'ciudad', 'TEXT_TOO_LONG', 'C'.repeat(256)],
  ]);
});
