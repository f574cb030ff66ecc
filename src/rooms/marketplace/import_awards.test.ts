import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { id, loadMarketplace } from '../../../test/fixtures/marketplace.ts';
import { importKinds } from './imports.ts';

const database = await testDatabase();
database.setNow('2025-02-10T12:00:00Z');
const imports = testImports(database);
imports.services.kinds = importKinds;
beforeAll(() => loadMarketplace(database.db));

let count = 0;
async function load(content: string) {
  const file = path.join(imports.dataDir, `${++count}.csv`);
  await writeFile(file, content);
  return imports.import(file);
}
const lines = (...rows: unknown[][]) => rows.map((row) => row.join(',')).join('\n');
const found = async (batchId: string) =>
  (await imports.findings(batchId)).map(({ row_number, column_name, rule, value }) => [row_number, column_name, rule, value].join(' '));
const undo = (batchId: string) => database.owner.query(`select rows_deleted::int, rows_restored::int from api.undo_batch($1)`, [batchId]);
const requestHead = ['solicitud_id', 'cliente_id', 'ciudad_origen', 'created_at', 'repuesto_id', 'nombre', 'marca_vehiculo', 'anio_vehiculo'];
const offerHead =
  'oferta_id solicitud_id asesor_id created_at tiempo_entrega_dias estado repuesto_id precio_unitario cantidad garantia_meses puntaje_adjudicado'.split(
    ' ',
  );

describe('an award', () => {
  const line = (n: number, part: number, score: number | '') => [
    id('f', n + 6),
    id('d', 7),
    id('a', n),
    '2025-02-05',
    1,
    'ENVIADA',
    id('e', part),
    1000,
    1,
    1,
    score,
  ];
  const awards = () =>
    database.owner.query(
      `select repuesto_solicitado_id as part, oferta_id as offer, puntaje_obtenido::int as score from marketplace.adjudicaciones_repuesto where solicitud_id = $1 order by 1`,
      [id('d', 7)],
    );
  const award = (part: number, offer: number, score: number) => ({ part: id('e', part), offer: id('f', offer + 6), score });

  test('goes when the line of its offer comes again without a score, stays when it does not come, moves in one file, and comes back with an undo', async () => {
    await load(lines(requestHead, ...[6, 7].map((part) => [id('d', 7), id('c', 1), 'Cali', '2025-02-04', id('e', part), 'Faro', 'Kia', 2015])));
    const made = await load(lines(offerHead, line(1, 6, 90), line(1, 7, 80), line(2, 6, '')));
    expect(await awards()).toEqual([award(6, 1, 90), award(7, 1, 80)]);
    // The other part's line is not in the file: nothing is said of its award.
    const taken = await load(lines(offerHead, line(1, 6, '')));
    expect(taken).toMatchObject({ rows_updated: 1, rows_unchanged: 0 });
    expect(await awards()).toEqual([award(7, 1, 80)]);
    expect(await load(lines(offerHead, line(1, 6, '')))).toMatchObject({ rows_updated: 0, rows_unchanged: 1 });
    expect(await undo(taken.batch_id)).toEqual([{ rows_deleted: 0, rows_restored: 1 }]);
    expect(await awards()).toEqual([award(6, 1, 90), award(7, 1, 80)]);
    // Only who gives it up in the same file makes room for another.
    const refused = await load(lines(offerHead, line(2, 6, 95)));
    expect(await found(refused.batch_id)).toEqual([`2 puntaje_adjudicado AWARDED_TWICE ${id('e', 6)}`]);
    const moved = await load(lines(offerHead, line(2, 6, 95), line(1, 6, '')));
    expect(moved).toMatchObject({ rows_rejected: 0 });
    expect(await awards()).toEqual([award(6, 2, 95), award(7, 1, 80)]);
    await undo(moved.batch_id);
    expect(await awards()).toEqual([award(6, 1, 90), award(7, 1, 80)]);
    // What was taken away by a later file does not come back when the file is undone that had brought it.
    const gone = await load(lines(offerHead, line(1, 7, '')));
    await undo(made.batch_id);
    expect(await awards()).not.toContainEqual(award(7, 1, 80));
    await undo(gone.batch_id);
    expect(await awards()).not.toContainEqual(award(7, 1, 80));
  });
});

test('an offer before its request is told, and so is a request that moves behind its offers', async () => {
  const asked = (at: string) => lines(requestHead, [id('d', 8), id('c', 1), 'Cali', at, id('e', 9), 'Faro', 'Kia', 2015]);
  const offered = (n: number, at: string) => [id('f', n), id('d', 8), id('a', 1), at, 1, 'ENVIADA', id('e', 9), 1000, 1, 1, ''];
  expect(await load(asked('2025-02-05 10:00'))).toMatchObject({ rows_inserted: 1 });
  const record = await load(lines(offerHead, offered(5, '2025-02-05 09:59:59'), offered(6, '2025-02-05 10:00')));
  expect(record).toMatchObject({ rows_inserted: 1, rows_rejected: 1 });
  expect(await found(record.batch_id)).toEqual(['2 created_at ROW_CONTRADICTS 2025-02-05T14:59:59.000000Z']);
  const [finding] = await imports.findings(record.batch_id);
  expect(finding!.message).toContain(`created_at = 2025-02-05T15:00:00.000000Z (solicitud ${id('d', 8)})`);
  expect(await found((await load(asked('2025-02-05 10:01'))).batch_id)).toEqual(['2 created_at ROW_CONTRADICTS 2025-02-05T15:01:00.000000Z']);
  expect(await load(asked('2025-02-05 09:00'))).toMatchObject({ rows_updated: 1, rows_rejected: 0 });
});
