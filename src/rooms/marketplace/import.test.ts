import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { id } from '../../../test/fixtures/marketplace.ts';
import { writeXlsx } from '../../platform/sheets/write_xlsx.ts';
import { importKinds } from './imports.ts';

/** The files of a marketplace that fits on paper, from the file to the key figures. Now is 10 February 2025. */

const database = await testDatabase();
database.setNow('2025-02-10T12:00:00Z');
const imports = testImports(database);
imports.services.kinds = [...imports.services.kinds, ...importKinds];

let count = 0;
type Options = Parameters<typeof imports.import>[1] & { name?: string };
async function load(content: string | Buffer, { name = 'file.csv', ...options }: Options = {}) {
  const file = path.join(imports.dataDir, `${++count}-${name}`);
  await writeFile(file, content);
  return imports.import(file, options);
}
const lines = (...rows: unknown[][]) => rows.map((row) => row.join(',')).join('\n');
const found = async (batchId: string) =>
  (await imports.findings(batchId)).map(({ row_number, column_name, rule, value }) => [row_number, column_name, rule, value].join(' '));
const undo = (batchId: string) => database.owner.query(`select rows_deleted::int, rows_restored::int from api.undo_batch($1)`, [batchId]);
const refresh = () => database.owner.query('select * from api.refresh_all_mv()');

const advisors = lines(
  ['asesor_id', 'nombre', 'apellido', 'email', 'ciudad', 'punto_venta', 'confianza'],
  [id('a', 1), 'Ana', 'Ruiz', 'ana@example.com', 'Medellín', '"Centro, local 2"', '4.5'],
  [id('a', 2), 'Beto', '', '', 'Medellín', '', ''],
);
const clients = lines(['cliente_id', 'nombre', 'ciudad', 'telefono'], [id('c', 1), 'Sofía', 'Cali', '+57 300 123 4567']);
const requestHead = [
  'solicitud_id',
  'cliente_id',
  'ciudad_origen',
  'created_at',
  'estado',
  'fecha_evaluacion',
  'fecha_cierre',
  'repuesto_id',
  'nombre',
  'marca_vehiculo',
  'anio_vehiculo',
];
// 23:30 on 31 December in Bogotá is 1 January in Greenwich; closed an hour later.
const december = [id('d', 1), id('c', 1), 'Cali', '2024-12-31 23:30:00', 'OFERTAS_ACEPTADAS', '2025-01-01T04:31:00Z', '2025-01-01 00:30:00-05:00'];
const requests = lines(
  requestHead,
  [...december, id('e', 1), 'Freno', 'Toyota', 2010],
  [...december, id('e', 2), 'Filtro', 'toyota', 2011],
  [...december, id('e', 3), 'Faro', 'Mazda', 2012],
);
const offerHead = [
  'oferta_id',
  'solicitud_id',
  'asesor_id',
  'created_at',
  'tiempo_entrega_dias',
  'estado',
  'repuesto_id',
  'precio_unitario',
  'cantidad',
  'garantia_meses',
  'puntaje_adjudicado',
];
const offer = (n: number, advisor: number, days: number, state: string) => [id('f', n), id('d', 1), id('a', advisor), '2025-01-01', days, state];
const offers = lines(
  offerHead,
  [...offer(1, 1, 2, 'ACEPTADA'), id('e', 1), 100000, 2, 6, 90],
  [...offer(1, 1, 2, 'ACEPTADA'), id('e', 2), 50000, 1, 12, ''],
  [...offer(2, 2, 5, 'NO_SELECCIONADA'), id('e', 1), 120000, 2, 3, ''],
);
const history = lines(
  ['asesor_id', 'solicitud_id', 'fecha', 'monto_total', 'adjudicada', 'aceptada_cliente', 'entrega_exitosa'],
  [id('a', 1), id('d', 1), '2025-02-01 10:00', 250000, 'sí', 'true', 1],
);
const told = lines(
  ['asesor_id', 'solicitud_id', 'fecha_envio', 'tiempo_respuesta_seg'],
  [id('a', 1), id('d', 1), '2025-02-01', 60],
  [id('a', 1), id('d', 1), '2025-02-02', ''],
);
const messages = lines(
  ['notificacion_id', 'usuario_id', 'tipo', 'titulo', 'mensaje', 'created_at', 'leida', 'datos_adicionales'],
  [id('b', 1), id('c', 1), 'oferta', 'Oferta', 'Tiene dos', '2025-02-01', 'sí', '{}'],
);
const audits = lines(['asesor_id', 'fecha_revision', 'estado', 'puntaje_confianza'], [id('a', 1), '2025-02-01', 'APROBADA', 5]);
const ratings = lines(['solicitud_id', 'asesor_id', 'created_at', 'puntaje_total', 'nivel_entrega'], [id('d', 1), id('a', 1), '2025-01-01', 80.5, 2]);
const evaluations = lines(
  ['solicitud_id', 'created_at', 'duracion_ms'],
  [id('d', 1), '2024-12-31 23:31:00', 180],
  [id('d', 1), '2024-12-31 23:40', ''],
);
const all = {
  advisors,
  clients,
  requests,
  offers,
  offer_history: history,
  notifications: told,
  messages,
  audits,
  evaluations: ratings,
  request_evaluations: evaluations,
};

const tables = [
  'usuarios',
  'clientes',
  'asesores',
  'solicitudes',
  'repuestos_solicitados',
  'ofertas',
  'ofertas_detalle',
  'adjudicaciones_repuesto',
  'ofertas_historicas',
  'historial_respuestas_ofertas',
  'notificaciones',
  'auditoria_tiendas',
  'evaluaciones_asesores_temp',
  'evaluaciones',
];
/** Everything that the files write, without ids that are made and times of writing. */
async function state(): Promise<unknown[]> {
  return Promise.all(
    tables.map(async (table) => [
      table,
      await database.owner.query(`select to_jsonb(t) - 'updated_at' as row from marketplace.${table} t order by t.id`),
    ]),
  );
}
const batches: Record<string, string> = {};

describe('files of the marketplace', () => {
  test('are recognised by their headers, and the key figures are those on paper', async () => {
    for (const [name, content] of Object.entries(all)) {
      const record = await load(content);
      expect(record, `${name}: ${JSON.stringify(await found(record.batch_id))}`).toMatchObject({
        status: 'completed',
        layout: `marketplace_${name}`,
        service: null,
        rows_total: content.split('\n').length - 1,
        rows_inserted: content.split('\n').length - 1,
      });
      batches[name] = record.batch_id;
    }
    await refresh();
    const [month] = await database.owner.query('select * from api.mv_metricas_mensuales where mes = $1', ['2024-12-01']);
    expect(month).toMatchObject({
      solicitudes_creadas: 1,
      solicitudes_aceptadas: 1,
      tiempo_promedio_cierre_seg: 3600,
      ofertas_totales: 2,
      ofertas_ganadoras: 1,
      ofertas_aceptadas: 1,
      precio_promedio_ofertas: 90000,
      precio_minimo_ofertas: 50000,
      precio_maximo_ofertas: 120000,
      tiempo_entrega_promedio: 3.5,
      garantia_promedio_meses: 7,
      clientes_activos: 1,
      asesores_activos: 2,
      marcas_vehiculos_solicitadas: 2,
      volumen_transaccional_total: 490000,
    });
    const [first] = await database.owner.query('select * from api.mv_ranking_asesores where asesor_id = $1', [id('a', 1)]);
    expect(first).toMatchObject({
      asesor_nombre: 'Ana Ruiz',
      punto_venta: 'Centro, local 2',
      confianza: 4.5,
      nivel_actual: 2,
      ofertas_historicas_total: 1,
      ofertas_ganadoras: 1,
      entregas_exitosas: 1,
      volumen_total_ofertas: 250000,
      confianza_auditada: 5,
      auditorias_realizadas: 1,
      notificaciones_recibidas: 2,
      notificaciones_respondidas: 1,
      tiempo_promedio_respuesta_notif_seg: 60,
      ranking_ciudad: 1,
    });
    expect(await database.owner.query('select oferta_id, puntaje_obtenido::float8 as score from marketplace.adjudicaciones_repuesto')).toEqual([
      { oferta_id: id('f', 1), score: 90 },
    ]);
  });

  test('again change nothing: with semicolons and a byte order mark, and as a workbook', async () => {
    const before = await state();
    for (const [name, content] of Object.entries(all)) {
      const size = content.split('\n').length - 1;
      const semicolons = `\ufeff${content.replaceAll(/"([^"]*)"|,/g, (match, quoted: string | undefined) => (quoted === undefined ? ';' : match))}\r\n`;
      const [head, ...rows] = content
        .split('\n')
        .map((line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((cell) => cell[1] ?? cell[2]!));
      const workbook = await buffer(writeXlsx([{ name: 'Hoja', columns: head!.map((header) => ({ header, type: 'text' as const })), rows }]));
      for (const [form, file] of [
        ['semicolons.csv', semicolons],
        ['again.xlsx', workbook],
      ] as const) {
        const record = await load(file, { name: form });
        expect(record, `${name} ${form} ${JSON.stringify(await found(record.batch_id))}`).toMatchObject({
          status: 'completed',
          rows_unchanged: size,
          rows_rejected: 0,
        });
        await undo(record.batch_id);
      }
    }
    expect(await state()).toEqual(before);
  });

  test('of a dry run write nothing and say what they would do', async () => {
    const before = await state();
    expect(await load(offers.replace('100000', '110000'), { dry_run: true })).toMatchObject({ rows_updated: 1, rows_unchanged: 2 });
    expect(await state()).toEqual(before);
  });

  test('that say something else are written over, and an undo brings back what was there, also below a later import', async () => {
    const before = await state();
    const dearer = await load(offers.replace('100000', '110000'));
    expect(dearer).toMatchObject({ rows_updated: 1, rows_unchanged: 2 });
    const dearest = await load(offers.replace('100000', '130000'));
    await undo(dearer.batch_id);
    const [price] = await database.owner.query('select max(precio_unitario)::int as price from marketplace.ofertas_detalle');
    expect(price).toEqual({ price: 130000 });
    expect(await undo(dearest.batch_id)).toEqual([{ rows_deleted: 0, rows_restored: 1 }]);
    expect(await state()).toEqual(before);
  });

  test('whose rows others refer to are undone behind those', async () => {
    await expect(undo(batches.requests!)).rejects.toMatchObject({ code: 'QH409' });
    await expect(undo(batches.advisors!)).rejects.toMatchObject({ code: 'QH409' });
    for (const name of Object.keys(all).toReversed()) await undo(batches[name]!);
    expect((await state()).map((entry) => (entry as [string, unknown[]])[1].length)).toEqual(tables.map(() => 0));
    await refresh();
    expect(await database.owner.query('select * from api.mv_ranking_asesores')).toEqual([]);
  });
});

describe('rows that cannot be', () => {
  test('are told, each with its reason, and the others are taken', async () => {
    await load(advisors);
    await load(clients);
    const open = (n: number, part: number, more: Record<number, unknown> = {}) =>
      Object.assign([id('d', n), id('c', 1), 'Cali', '2025-02-01 10:00', 'ABIERTA', '', '', id('e', part), 'Faro', 'Kia', 2015], more);
    const record = await load(
      lines(
        requestHead,
        open(2, 4),
        open(3, 5, { 0: 'x' }),
        open(3, 5, { 1: id('c', 9) }),
        open(3, 5, { 3: '2025-02-30 10:00' }),
        open(3, 5, { 4: 'OPEN' }),
        open(3, 5, { 4: 'EXPIRADA' }),
        open(3, 5, { 6: '2025-02-02' }),
        open(3, 5, { 10: 1979 }),
        open(3, 5, { 10: 'old' }),
        open(3, 5, { 8: '' }),
        open(4, 6, { 2: 'Bogotá' }),
        open(4, 7),
        open(5, 8, { 4: 'CERRADA_SIN_OFERTAS', 6: '2025-02-02' }),
        open(5, 8, { 4: 'CERRADA_SIN_OFERTAS', 6: '2025-02-02' }),
      ),
    );
    expect(await found(record.batch_id)).toEqual([
      '3 solicitud_id ID_INVALID x',
      `4 cliente_id REFERENCE_UNKNOWN ${id('c', 9)}`,
      '5 created_at MOMENT_INVALID 2025-02-30 10:00',
      '6 estado CHOICE_UNKNOWN OPEN',
      '7 estado ROW_CONTRADICTS EXPIRADA',
      '8 fecha_cierre ROW_CONTRADICTS 2025-02-02T05:00:00.000000Z',
      '9 anio_vehiculo NUMBER_OUT_OF_RANGE 1979',
      '10 anio_vehiculo NOT_A_NUMBER old',
      '11 nombre VALUE_BLANK ',
      `12  ROWS_DIFFER solicitudes ${id('d', 4)}`,
      `15  DUPLICATE_EQUAL ${id('e', 8)}`,
    ]);
    expect(record).toMatchObject({ status: 'completed_with_errors', rows_total: 14, rows_rejected: 10, rows_inserted: 3, rows_duplicates: 1 });
    const offered = await load(
      lines(
        offerHead,
        [id('f', 1), id('d', 5), id('a', 1), '2025-02-01 11:00', 1, 'ENVIADA', id('e', 8), 1000, 1, 1, ''],
        [id('f', 2), id('d', 2), id('a', 1), '2025-02-01 11:00', 1, 'ENVIADA', id('e', 7), 1000, 1, 1, ''],
        [id('f', 3), id('d', 2), id('a', 1), '2025-02-01 11:00', 1, 'ENVIADA', id('e', 4), 999, 1, 1, ''],
        [id('f', 4), id('d', 2), id('a', 1), '2025-02-01 11:00', 1, 'ENVIADA', id('e', 4), 1000, 1, 1, 50],
        [id('f', 5), id('d', 2), id('a', 2), '2025-02-01 11:00', 1, 'ENVIADA', id('e', 4), 1000, 1, 1, 60],
      ),
    );
    expect(await found(offered.batch_id)).toEqual([
      `2 solicitud_id OFFER_OF_NONE ${id('d', 5)}`,
      `3 repuesto_id PART_ELSEWHERE ${id('e', 7)}`,
      '4 precio_unitario NUMBER_OUT_OF_RANGE 999',
      `6 puntaje_adjudicado AWARDED_TWICE ${id('e', 4)}`,
    ]);
    expect(offered).toMatchObject({ rows_rejected: 4, rows_inserted: 1 });
    // The client has not answered yet.
    const answered = await load(
      lines(offerHead, [id('f', 4), id('d', 2), id('a', 1), '2025-02-01 11:00', 1, 'ACEPTADA', id('e', 4), 1000, 1, 1, 50]),
    );
    expect(await found(answered.batch_id)).toEqual(['2 estado ROW_CONTRADICTS ACEPTADA']);
    const closed = await load(lines(requestHead, open(2, 4, { 4: 'CERRADA_SIN_OFERTAS', 6: '2025-02-02' })));
    expect(await found(closed.batch_id)).toEqual([`2 estado REQUEST_HAS_OFFERS ${id('d', 2)}`]);
  });

  test('that PostgreSQL would take are told all the same, alike in a file that is cast and in one that is read with care', async () => {
    const row = (n: number, request: string, at: string) => [request, id('c', 1), 'Cali', at, 'ABIERTA', '', '', id('b', n), 'Faro', 'Kia', 2015];
    const bare = id('d', 9).replaceAll('-', '');
    const rows = [
      row(1, `{${id('d', 9)}}`, '2025-02-01 10:00'),
      row(1, bare, '2025-02-01 10:00'),
      ...['2025-02-01 24:00', 'now', 'infinity', '2025-2-1 10:00', '2025-02-01 10:00:60', '20250201', 'tomorrow', '2025-02-01 10:00+15'].map((at) =>
        row(1, id('d', 9), at),
      ),
      ...['2025-02-01 10:00', '2025-02-01T15:00:00Z', '2025-02-01 10:00:00-05', '01.02.2025 10:00'].map((at, n) => row(6 + n, id('d', 8), at)),
    ];
    const expected = rows
      .slice(0, 10)
      .map((cells, n) => (n < 2 ? `${n + 2} solicitud_id ID_INVALID ${cells[0]}` : `${n + 2} created_at MOMENT_INVALID ${cells[3]}`));
    const cast = await load(lines(requestHead, ...rows), { dry_run: true });
    expect(await found(cast.batch_id)).toEqual(expected);
    const read = await load(lines(requestHead, ...rows, row(5, 'x', '2025-02-01 10:00')), { dry_run: true });
    expect(await found(read.batch_id)).toEqual([...expected, '16 solicitud_id ID_INVALID x']);
    for (const { rows_inserted, rows_rejected } of [cast, { ...read, rows_rejected: read.rows_rejected - 1 }])
      expect({ rows_inserted, rows_rejected }).toEqual({ rows_inserted: 4, rows_rejected: 10 });
  });

  test('of evaluations: none of a request that is open, before it was made, or after it was closed', async () => {
    const at = (n: number, moment: string) => [id('d', n), moment, 20];
    const record = await load(
      lines(['solicitud_id', 'created_at', 'duracion_ms'], at(2, '2025-02-01 11:00'), at(5, '2025-01-31 10:00'), at(5, '2025-02-03 00:00'), [
        id('d', 5),
        '2025-02-01 10:30',
        -1,
      ]),
    );
    expect(await found(record.batch_id)).toEqual([
      `2 solicitud_id ROW_CONTRADICTS ${id('d', 2)}`,
      '3 created_at ROW_CONTRADICTS 2025-01-31T15:00:00.000000Z',
      '4 created_at ROW_CONTRADICTS 2025-02-03T05:00:00.000000Z',
      expect.stringMatching(/^5 duracion_ms /),
    ]);
    expect(record).toMatchObject({ layout: 'marketplace_request_evaluations', rows_rejected: 4, rows_inserted: 0 });
  });

  test('of a file in another code page or with an open quote keep the whole file out, with advice', async () => {
    const latin = await load(Buffer.from('asesor_id,nombre,ciudad\nx,Ana,Medell\xedn\n', 'latin1'), { layout: 'marketplace_advisors' });
    expect(latin).toMatchObject({ status: 'failed', detail: expect.stringMatching(/not in UTF-8.*CSV UTF-8/) });
    const quote = await load('asesor_id,nombre,ciudad\nx,"Ana,Cali\n', { layout: 'marketplace_advisors' });
    expect(quote).toMatchObject({ status: 'failed', detail: expect.stringContaining('line 2 is never closed') });
  });
});

describe('municipalities', () => {
  const own =
    'codigo_dane,municipio,departamento,tipo,area_metropolitana,hub_logistico,poblacion,clasificacion\n05001,MEDELLÍN,ANTIOQUIA,Municipio,SI,MEDELLÍN,2359801,PRINCIPALES\n11001,"BOGOTÁ, D.C.","BOGOTÁ, D.C.",Municipio,NO,BOGOTÁ,7181469,PRINCIPALES\n';

  test('keep their leading zeros and are looked up without accents; other tables refer to them by code', async () => {
    const record = await load(own);
    expect(record).toMatchObject({ layout: 'marketplace_municipalities', rows_inserted: 2, warnings: [{ code: 'UNKNOWN_COLUMN' }] });
    expect(await database.owner.query('select codigo_dane, municipio, municipio_norm, poblacion from marketplace.municipios order by 1')).toEqual([
      { codigo_dane: '05001', municipio: 'MEDELLÍN', municipio_norm: 'MEDELLIN', poblacion: 2359801 },
      { codigo_dane: '11001', municipio: 'BOGOTÁ, D.C.', municipio_norm: 'BOGOTA, D.C.', poblacion: 7181469 },
    ]);
    const head = ['cliente_id', 'nombre', 'ciudad', 'codigo_dane'];
    const client = await load(lines(head, [id('c', 7), 'D', 'Medellín', '05001'], [id('c', 8), 'E', 'Nowhere', '99999']));
    expect(await found(client.batch_id)).toEqual(['3 codigo_dane REFERENCE_UNKNOWN 99999']);
    await expect(undo(record.batch_id)).rejects.toMatchObject({ code: 'QH409' });
    await undo(client.batch_id);
    expect(await undo(record.batch_id)).toEqual([{ rows_deleted: 2, rows_restored: 0 }]);
  });

  const official = path.resolve(import.meta.dirname, '../../../../shared/data/municipios.csv');
  test.runIf(process.env.CI === 'true' || existsSync(official))('of the whole country go in as they are published', async () => {
    const record = await imports.import(official);
    expect(record).toMatchObject({ status: 'completed', layout: 'marketplace_municipalities', rows_rejected: 0 });
    const [row] = await database.owner.query('select count(*)::int as n, count(distinct codigo_dane)::int as codes from marketplace.municipios');
    expect(row).toEqual({ n: record.rows_inserted, codes: record.rows_total });
    await undo(record.batch_id);
  });
});
