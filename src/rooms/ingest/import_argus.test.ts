import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { sharedPath } from '../../../test/shared.ts';

const database = await testDatabase();
const imports = testImports(database);

test('smoke', async () => {
  for (const f of ['ОтчетВходящиеПроекты-ВТМ-15м.xlsx', 'сводные/ОтчетВходящиеПроекты-ВТМ-15м.xlsx', 'ОтчетВходящиеПроекты-ВТМ-15м-дефекты.xlsx', 'A-E/ОтчетВходящиеПроекты-Бизнес-15м.xlsx','A-E/ОтчетВходящиеПроекты-Бизнес-15м-ошибки.xlsx']) {
    const t = performance.now();
    const record = await imports.import(sharedPath('data/argus', f));
    console.log(f, performance.now() - t, JSON.stringify(record, (k, v) => k === 'names' ? v?.length : v, 1));
    console.log((await imports.findings(record.batch_id)).map((x) => JSON.stringify(x)).join('\n'));
  }
  expect(1).toBe(1);
});
