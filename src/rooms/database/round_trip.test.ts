import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importKinds } from '../../app/catalogue.ts';
import { rowsOf } from '../../platform/db/cursor.ts';
import { readCsv, readJsonLines, type FileRecord } from '../../platform/sheets/read_csv.ts';
import { writeCsv } from '../../platform/sheets/write_csv.ts';
import { id, loadMarketplace } from '../../../test/fixtures/marketplace.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { sheetColumns, tableStatement } from './export_rows.ts';
import { importedBy, notImported } from './importable.ts';
import type { Relation } from './relation.ts';
import { selectionOf } from './select.ts';

/** What the fixtures leave null in every row of a table that an import writes. */
const leftNull = [
  `update org.employees set leave_date = '2025-02-28', leave_reason = E'"moved"; 1,5\n', middle_name = 'Óla', email = 'a@example.com', phone = '+49 30 1',
     custom = '{"headset": "mono", "grade": 1.5}', user_id = (select user_id from platform.users where login = 'petrova')
   where personnel_number = (select max(personnel_number) from org.employees)`,
  `update statistics.contact_statistics set ready_seconds = 60, abandoned_in_threshold = abandoned, unique_offered = offered, reported_handled_pct = 78.95,
     reported_handled_less_short_abandons_pct = 80.5, reported_service_level_pct = 50, reported_service_level_of_handled_pct = 63.333333,
     reported_abandonment_pct = 21.05, reported_handle_seconds = 31500, reported_handle_and_wrap_seconds = 34500, reported_aht_seconds = 210.25,
     reported_aht_with_wrap_seconds = 230, reported_wait_handled_avg_seconds = 30.5, reported_wait_abandoned_avg_seconds = 30
   where source_id = 1 and interval_start_time = '2025-03-03T08:15Z'`,
  `insert into marketplace.municipios (codigo_dane, municipio, municipio_norm, departamento, area_metropolitana, hub_logistico, poblacion, clasificacion)
   values ('99999', 'Núñez, "Alto"', 'NUNEZ', 'D', 'A', 'H', 1200, 'PRINCIPALES')`,
  `update marketplace.usuarios set telefono = '+573001234567' where nombre = 'Cliente 1'`,
  `update marketplace.clientes set municipio_id = (select id from marketplace.municipios where codigo_dane = '99999'), departamento = 'Valle'
   where id = '${id('c', 1)}'`,
  `update marketplace.asesores set municipio_id = (select id from marketplace.municipios where codigo_dane = '99999') where id = '${id('a', 1)}'`,
  `update marketplace.solicitudes set municipio_id = (select id from marketplace.municipios where codigo_dane = '99999'), departamento_origen = 'Valle'
   where id = '${id('d', 1)}'`,
  `update marketplace.repuestos_solicitados set codigo = '007', linea_vehiculo = 'Corolla' where id = '${id('e', 1)}'`,
  `update marketplace.ofertas_detalle set origen = 'EXCEL' where oferta_id = '${id('f', 1)}'`,
  `insert into marketplace.evaluaciones (solicitud_id, duracion_ms, created_at) values ('${id('d', 6)}', 180, '2025-02-05 10:01:00.5-05')`,
  `insert into marketplace.adjudicaciones_repuesto (solicitud_id, oferta_id, repuesto_solicitado_id, puntaje_obtenido, created_at)
   values ('${id('d', 1)}', '${id('f', 1)}', '${id('e', 1)}', 90.5, '2024-12-31 23:31-05')`,
  `update marketplace.historial_respuestas_ofertas set fecha_vista = fecha_envio + interval '1 minute' where respondio`,
  `update marketplace.auditoria_tiendas set auditor_id = '${id('b', 2)}', observaciones = E'a;b\n"c"' where estado = 'RECHAZADA'`,
  `insert into marketplace.notificaciones (usuario_id, tipo, titulo, mensaje, leida, fecha_leida, url_accion, datos_adicionales, created_at)
   values ('${id('b', 5)}', 'oferta', 'Tiene dos', E'Señor,\n"dos"', true, '2025-02-02', '/ofertas', '{"ofertas": 2}', '2025-02-01')`,
];

/** Every table that is there now, from the catalog: a new one cannot be forgotten. */

let qh: TestSystem;
let tables: Relation[];
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  await qh.test.owner.query(`update org.groups set group_name = e'=1+1, "a"\n;б' where group_code = 'LINE_1'`);
  await loadMarketplace(qh.test.db);
  await qh.send('POST', '/api/v1/admin/users', { login: 'petrova', role: 'viewer', display_name: 'Petrova' });
  for (const text of leftNull) await qh.test.owner.query(text);
  tables = (await qh.test.db.query<Relation>('select * from database.relations()')).filter(({ table_type: type }) => type === 'table');
});
afterAll(() => qh.close());

describe('a table', () => {
  test('is written by kinds of import, or says why by none', () => {
    const names = tables.map(({ table_name: name }) => name).toSorted();
    const said = [...Object.keys(importedBy), ...Object.keys(notImported)].toSorted();
    expect(said).toEqual(names);
    const kinds = new Set(Object.values(importedBy).flat());
    expect([...kinds].toSorted()).toEqual(importKinds.map(({ name }) => name).toSorted());
  });

  test('of the marketplace is written by the kinds that the imports name', async () => {
    const rows = await qh.test.owner.query<{ table_name: string; kinds: string[] }>(
      `select 'marketplace.' || t.table_name as table_name, array_agg(distinct 'marketplace_' || t.kind order by 'marketplace_' || t.kind) as kinds
       from marketplace.import_targets t group by t.table_name`,
    );
    const declared = Object.entries(importedBy).filter(([name]) => name.startsWith('marketplace.'));
    expect(Object.fromEntries(rows.map(({ table_name: name, kinds }) => [name, kinds]))).toEqual(Object.fromEntries(declared));
  });

  test.each(['csv', 'jsonl'] as const)('comes back from its %s with every value that it had', async (format) => {
    for (const relation of tables) {
      const selection = selectionOf(relation, {}, { serviceIds: null, seesPersonal: true });
      const { before, after } = await qh.test.db.transaction(async (tx) => {
        const rows: (string | null)[][] = [];
        for await (const batch of rowsOf(tx, tableStatement(selection, 'csv'))) rows.push(...batch);
        const records: FileRecord[] = [];
        const text = format === 'csv' ? await csvOf(selection, rows) : '';
        if (format === 'csv') for await (const some of readCsv(once(text))) records.push(...some);
        else for await (const some of readJsonLines(linesOf(rowsOf(tx, tableStatement(selection, 'jsonl'))))) records.push(...some);
        return { before: rows, after: records };
      });
      const empty = selection.columns.flatMap(({ name }, at) => (before.every((row) => row[at] === null) ? [name] : []));
      if (relation.table_name in importedBy) expect(empty, `columns of ${relation.table_name} that are null in every row`).toEqual([]);
      if (before.length === 0) continue;
      expect(after[0]!.fields, relation.table_name).toEqual(selection.columns.map(({ name }) => name));
      const plain = (fields: readonly (string | null)[]) => fields.map((field, at) => comparable(field, selection.columns[at]!.type));
      expect(
        after.slice(1).map(({ fields }) => plain(fields)),
        relation.table_name,
      ).toEqual(before.map(plain));
    }
  });
});

async function csvOf(selection: Parameters<typeof sheetColumns>[0], rows: (string | null)[][]): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of writeCsv({ columns: sheetColumns(selection, 'csv'), rows })) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

async function* linesOf(batches: AsyncIterable<(string | null)[][]>): AsyncGenerator<string> {
  for await (const batch of batches) for (const [json] of batch) yield `${json}\n`;
}

/** The same value in both: JSON spells truth, lists and documents in its own way, and CSV has no empty text beside null. */
function comparable(field: string | null, type: string): unknown {
  if (field === null || field === '') return null;
  if (type === 'boolean') return field[0];
  if (/^jsonb?$/.test(type) || type.endsWith('[]')) return documentOf(field);
  if (/^(numeric|real|double|smallint|integer|bigint)/.test(type)) return Number(field);
  return field;
}

/** JSON Lines give a document that is a mere text without its quotes. */
function documentOf(field: string): unknown {
  try {
    return JSON.parse(field) as unknown;
  } catch {
    return field;
  }
}
