import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { id, loadMarketplace } from '../../../test/fixtures/marketplace.ts';
import { importKinds } from './imports.ts';

/** What was written to the people of the marketplace. Now is 10 February 2025. */

const database = await testDatabase();
database.setNow('2025-02-10T12:00:00Z');
await loadMarketplace(database.db);
const imports = testImports(database);
imports.services.kinds = [...imports.services.kinds, ...importKinds];

let count = 0;
const head = 'notificacion_id;usuario_id;tipo;titulo;mensaje;created_at;leida;fecha_leida;url_accion;datos_adicionales';
async function load(...rows: unknown[][]) {
  const file = path.join(imports.dataDir, `${++count}-messages.csv`);
  await writeFile(file, [head, ...rows.map((row) => row.join(';'))].join('\n'));
  return imports.import(file);
}
const found = async (batchId: string) =>
  (await imports.findings(batchId)).map(({ row_number, column_name, rule, value }) => [row_number, column_name, rule, value].join(' '));
const row = (n: number, more: Record<number, unknown> = {}) =>
  Object.assign([id('e', n), id('b', 5), 'oferta', 'Oferta', 'Tiene dos ofertas', '2025-02-01 10:00', '', '', '', ''], more);

describe('messages', () => {
  test('go in with what an empty cell means, again they change nothing, and an undo takes them away', async () => {
    const rows = [
      row(1, { 7: '2025-02-01 10:05', 9: '"{""ofertas"": [2, null]}"' }),
      row(2, { 6: 'sí', 8: '/solicitudes/1' }),
      row(3, { 1: id('b', 1) }),
    ];
    const record = await load(...rows);
    expect(record, JSON.stringify(await found(record.batch_id))).toMatchObject({
      layout: 'marketplace_messages',
      rows_inserted: 3,
      rows_rejected: 0,
    });
    const stored = () =>
      database.owner.query(
        `select usuario_id, leida, fecha_leida::text, url_accion, datos_adicionales, created_at at time zone 'America/Bogota' = '2025-02-01 10:00' as is_there
         from marketplace.notificaciones order by id`,
      );
    const expected = [
      {
        usuario_id: id('b', 5),
        leida: true,
        fecha_leida: '2025-02-01 15:05:00+00',
        url_accion: null,
        datos_adicionales: { ofertas: [2, null] },
        is_there: true,
      },
      { usuario_id: id('b', 5), leida: true, fecha_leida: null, url_accion: '/solicitudes/1', datos_adicionales: null, is_there: true },
      { usuario_id: id('b', 1), leida: false, fecha_leida: null, url_accion: null, datos_adicionales: null, is_there: true },
    ];
    expect(await stored()).toEqual(expected);
    const again = await load(...rows);
    expect(again).toMatchObject({ rows_unchanged: 3, rows_rejected: 0 });
    const other = await load(row(2, { 4: 'Otra' }));
    expect(other).toMatchObject({ rows_updated: 1 });
    for (const { batch_id } of [other, again]) await database.owner.query('select api.undo_batch($1)', [batch_id]);
    expect(await stored()).toEqual(expected);
    await database.owner.query('select api.undo_batch($1)', [record.batch_id]);
    expect(await stored()).toEqual([]);
  });

  test('that cannot be are told, each with its reason', async () => {
    const record = await load(
      row(1),
      row(2, { 1: id('b', 9) }),
      row(3, { 6: 'no', 7: '2025-02-02' }),
      row(4, { 7: '2025-01-31' }),
      row(5, { 9: '[1]' }),
      row(6, { 9: '{ofertas}' }),
      row(7, { 2: 'x'.repeat(51) }),
      row(8, { 4: ' ' }),
    );
    expect(await found(record.batch_id)).toEqual([
      `3 usuario_id REFERENCE_UNKNOWN ${id('b', 9)}`,
      '4 fecha_leida ROW_CONTRADICTS 2025-02-02T05:00:00.000000Z',
      '5 fecha_leida ROW_CONTRADICTS 2025-01-31T05:00:00.000000Z',
      '6 datos_adicionales OBJECT_INVALID [1]',
      '7 datos_adicionales OBJECT_INVALID {ofertas}',
      `8 tipo TEXT_TOO_LONG ${'x'.repeat(51)}`,
      expect.stringMatching(/^9 mensaje VALUE_BLANK/),
    ]);
    expect(record).toMatchObject({ rows_inserted: 1, rows_rejected: 7 });
  });

  test('are refused by the table itself where they cannot be', async () => {
    const fails = async (change: string, constraint: string) => {
      const error = await database.owner.query(`update marketplace.notificaciones set ${change}`).then(
        () => null,
        (reason: pg.DatabaseError) => reason,
      );
      expect(error?.constraint, change).toBe(constraint);
    };
    await fails(`leida = false, fecha_leida = created_at`, 'notificaciones_leida');
    await fails(`leida = true, fecha_leida = created_at - interval '1 s'`, 'notificaciones_orden');
    await fails(`titulo = ' '`, 'notificaciones_titulo_check');
    await fails(`mensaje = ''`, 'notificaciones_mensaje_check');
    await fails(`datos_adicionales = '[]'`, 'notificaciones_datos_adicionales_check');
    await fails(`usuario_id = '${id('b', 9)}'`, 'notificaciones_usuario_id_fkey');
  });
});
