import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importKinds } from '../../app/catalogue.ts';
import { id } from '../../../test/fixtures/marketplace.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { importedBy } from './importable.ts';

/** What a kind of import wrote is exported, taken away by undoing it, and imported out of the export: its tables are what they were. */

type Row = Record<string, unknown>;
type Batch = { batch_id: string; status: string; detail: string | null; rows_total: number; rows_inserted: number; rows_rejected: number };

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small', work: true });
});
afterAll(() => qh.close());

const base = '/api/v1/db/database/bulk';

async function ended<T extends { status: string }>(url: string): Promise<T> {
  for (let look = 0; look < 600; look++) {
    const { body } = (await qh.get(url)) as { body: T };
    if (!['queued', 'running'].includes(body.status)) return body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not end`);
}

async function exported(order: object): Promise<Buffer> {
  const answer = await qh.send('POST', `${base}/export`, order);
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  const url = `${base}/exports/${(answer.body as { export_id: string }).export_id}`;
  expect(await ended(url)).toMatchObject({ status: 'completed' });
  return (await qh.app.inject({ url: `${url}/file`, headers: { 'x-api-key': qh.adminKey } })).rawPayload;
}

async function imported(kind: string, content: string | Buffer, options: Record<string, string> = {}, format = 'csv'): Promise<Batch> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ kind, format, ...options })) form.set(name, value);
  form.set('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), `file.${format}`);
  const request = new Request('http://127.0.0.1/', { method: 'POST', body: form });
  const headers = { 'x-api-key': qh.adminKey, 'content-type': request.headers.get('content-type')! };
  const answer = await qh.app.inject({ method: 'POST', url: `${base}/import`, headers, payload: Buffer.from(await request.arrayBuffer()) });
  expect(answer.statusCode, answer.body).toBe(202);
  const batch = await ended<Batch>(`/api/v1/ingest/batches/${answer.json<{ import_id: string }>().import_id}`);
  const { body } = await qh.get(`/api/v1/ingest/batches/${batch.batch_id}/errors`);
  expect(batch, `${kind}: ${batch.detail ?? ''} ${JSON.stringify(body).slice(0, 2000)}`).toMatchObject({ status: 'completed', rows_rejected: 0 });
  return batch;
}

async function undo({ batch_id: batch }: Batch): Promise<void> {
  expect(await qh.send('DELETE', `/api/v1/ingest/batches/${batch}`)).toMatchObject({ status: 200 });
}

async function mapped(kind: string, columns: Record<string, string | null>): Promise<Record<string, string>> {
  expect((await qh.send('PUT', `${base}/mappings/${kind}`, { kind, columns })).status).toBe(200);
  return { mapping: kind };
}

/** Ids that the database makes, and times and batches of writing; everything else comes back. */
const generated: Record<string, string[]> = {
  'statistics.contact_statistics': ['batch_id', 'created_at', 'updated_at'],
  'statistics.agent_activity': ['batch_id', 'created_at', 'updated_at'],
  'org.employees': ['employee_id', 'created_at', 'updated_at'],
  'marketplace.municipios': ['id', 'created_at', 'updated_at'],
  'marketplace.usuarios': ['created_at', 'updated_at'],
  'marketplace.clientes': ['created_at', 'updated_at'],
  'marketplace.asesores': ['created_at', 'updated_at'],
  'marketplace.solicitudes': ['updated_at'],
  'marketplace.repuestos_solicitados': ['created_at'],
  'marketplace.ofertas': ['updated_at'],
  'marketplace.ofertas_detalle': ['id', 'created_at'],
  'marketplace.adjudicaciones_repuesto': ['id'],
  'marketplace.ofertas_historicas': ['id', 'created_at'],
  'marketplace.historial_respuestas_ofertas': ['id', 'created_at'],
  'marketplace.notificaciones': [],
  'marketplace.auditoria_tiendas': ['id', 'created_at'],
  'marketplace.evaluaciones_asesores_temp': ['id'],
  'marketplace.evaluaciones': ['id'],
};

async function stateOf(tables: readonly string[]): Promise<Record<string, unknown[]>> {
  const state: Record<string, unknown[]> = {};
  for (const table of tables) {
    const rows = await qh.test.owner.query<{ row: Row }>(
      `select to_jsonb(t) - $1::text[] as row from ${table} t order by (to_jsonb(t) - $1::text[])::text`,
      [generated[table]!],
    );
    state[table] = rows.map(({ row }) => row);
  }
  return state;
}

const tablesOf = (kind: string) => Object.entries(importedBy).flatMap(([table, kinds]) => (kinds.includes(kind) ? [table] : []));
const csv = (...rows: unknown[][]) => rows.map((row) => row.join(',')).join('\r\n');
const proved = new Set<string>();
/** Tables of which rows came back. */
const filled = new Set<string>();
function noteFilled(before: Record<string, unknown[]>, nothing: Record<string, unknown[]>): void {
  for (const table of Object.keys(before)) if (before[table]!.length > nothing[table]!.length) filled.add(table);
}

/** Written, exported, undone, imported out of the export. */
async function comesBack(kind: string, first: string, options: Record<string, string>, order: object, mapping: Record<string, string | null>) {
  const nothing = await stateOf(tablesOf(kind));
  let last = await imported(kind, first, options);
  const before = await stateOf(tablesOf(kind));
  expect(before).not.toEqual(nothing);
  for (const format of ['csv', 'jsonl', 'xlsx']) {
    const file = await exported({ ...order, format });
    await undo(last);
    expect(await stateOf(tablesOf(kind))).toEqual(nothing);
    last = await imported(kind, file, { ...options, ...(await mapped(kind, mapping)) }, format);
    expect(await stateOf(tablesOf(kind)), format).toEqual(before);
  }
  proved.add(kind);
  noteFilled(before, nothing);
}

describe('what an import wrote comes back out of its export', () => {
  test('argus_load: averages and what is derived of them', async () => {
    const load = csv(
      ['period', 'unique_offered', 'offered', 'talk_avg_seconds', 'wrap_avg_seconds'],
      ['2025-05-05T08:00:00Z', 10, 12, 180, 20],
      ['2025-05-05T08:15:00Z', 7, 7, 95, 0],
      ['2025-05-05T08:30:00Z', 0, 0, 0, 0],
    );
    const order = { operation: 'statistics.facts', input: { service: 'LOADED', start_time: '2025-05-05', end_time: '2025-05-06' } };
    const mapping = { interval_start_time: 'period', reported_talk_avg_seconds: 'talk_avg_seconds', reported_wrap_avg_seconds: 'wrap_avg_seconds' };
    await comesBack('argus_load', load, { service: 'LOADED', time_zone: 'UTC', interval_type: '15m' }, order, mapping);
  });

  test('agent_activity', async () => {
    const names = ['login_seconds', 'ready_seconds', 'not_ready_seconds', 'talk_seconds', 'hold_seconds', 'wrap_seconds', 'handled', 'transferred'];
    const activity = csv(
      ['period', 'agent_code', 'service', ...names],
      ['2025-05-05T08:00:00Z', 'A-1002', 'SUPPORT', 900, 240, 0, 480, 60, 120, 3, 1],
      ['2025-05-05T08:15:00Z', 'A-1002', 'SUPPORT', 600, 300, 0, 200, 0, 50, 1, 0],
    );
    const order = { operation: 'statistics.agent_timeline', input: { agent: 'A-1002', start_time: '2025-05-05', end_time: '2025-05-06' } };
    await comesBack('agent_activity', activity, { time_zone: 'UTC' }, order, { interval_start: 'period', service_code: 'service' });
    const quarters = await qh.test.owner.query<{ at: Date; handled: number }>(
      `select interval_start_time as at, handled from statistics.agent_activity where interval_start_time >= '2025-05-05' order by 1`,
    );
    expect(quarters.map(({ at, handled }) => [new Date(at).toISOString(), handled])).toEqual([
      ['2025-05-05T08:00:00.000Z', 3],
      ['2025-05-05T08:15:00.000Z', 1],
    ]);
  });

  test('org_employees', async () => {
    const people = csv(
      ['personnel_number', 'last_name', 'first_name', 'middle_name', 'department', 'hire_date', 'email', 'phone'],
      ['007', 'Ånström', 'Ada', 'Óla', 'Company', '2024-02-01', 'ada@example.com', '+46 70 123 45 67'],
      ['008', '=Bo', 'Ben', '', 'Company', '2024-03-01', '', ''],
    );
    await comesBack('org_employees', people, {}, { operation: 'org.employees' }, { department_path: 'department', department: null });
  });

  test('argus_report', async () => {
    const report = importKinds.find(({ name }) => name === 'argus_report');
    const values: Row = {
      source_name: 'Line one',
      offered: 10,
      handled: 10,
      reported_handled_pct: 100,
      reported_handled_less_short_abandons_pct: 100,
      answered_in_threshold: 8,
      reported_service_level_pct: 80,
      reported_service_level_of_handled_pct: 80,
      talk_seconds: 1000,
      reported_handle_seconds: 1000,
      reported_aht_seconds: 100,
      wrap_seconds: 100,
      reported_handle_and_wrap_seconds: 1100,
      reported_aht_with_wrap_seconds: 110,
      wait_handled_seconds: 50,
      reported_wait_handled_avg_seconds: 5,
      max_wait_handled_seconds: 12,
    };
    const names = report!.columns.map(({ name }) => name);
    const row = (period: string) => names.map((name) => (name === 'period' ? period : (values[name] ?? 0)));
    const order = { operation: 'statistics.facts', input: { service: 'REPORTED', start_time: '2025-05-05', end_time: '2025-05-06' } };
    const first = csv(names, row('2025-05-05T08:00:00Z'), row('2025-05-05T08:15:00Z'));
    await comesBack('argus_report', first, { service: 'REPORTED', time_zone: 'UTC' }, order, {
      interval_start_time: 'period',
      external_name: 'source_name',
    });
  });
});

const [advisor, client, request] = [id('a', 1), id('c', 1), id('d', 1)];
/** The files of a small marketplace, in the order in which one needs the other. */
const marketplace: Record<string, string> = {
  municipalities: csv(['codigo_dane', 'municipio', 'departamento', 'hub_logistico', 'poblacion'], ['99999', 'PRUEBA', 'NINGUNO', 'CALI', 1200]),
  advisors: csv(
    ['asesor_id', 'nombre', 'apellido', 'email', 'ciudad', 'punto_venta', 'confianza'],
    [advisor, 'Ana', 'Ruiz', 'ana@example.com', 'Medellín', '"Centro, local 2"', 4.5],
    [id('a', 2), 'Beto', '', '', 'Medellín', '', ''],
  ),
  clients: csv(['cliente_id', 'nombre', 'ciudad', 'telefono'], [client, 'Sofía', 'Cali', '+57 300 123 4567']),
  requests: csv(
    [
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
      'cantidad',
      'es_urgente',
    ],
    ...['Freno', 'Filtro'].map((name, at) => [
      request,
      client,
      'Cali',
      '2024-12-31 23:30:00',
      'OFERTAS_ACEPTADAS',
      '2025-01-01T04:31:00Z',
      '2025-01-01 00:30:00-05:00',
      id('e', at + 1),
      name,
      'Toyota',
      2010,
      2,
      'sí',
    ]),
  ),
  offers: csv(
    [
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
      'adjudicado_at',
    ],
    [id('f', 1), request, advisor, '2025-01-01', 2, 'ACEPTADA', id('e', 1), 100000, 2, 6, 90, '2025-01-02'],
    [id('f', 1), request, advisor, '2025-01-01', 2, 'ACEPTADA', id('e', 2), 50000.5, 1, 12, '', ''],
    [id('f', 2), request, id('a', 2), '2025-01-01', 5, 'NO_SELECCIONADA', id('e', 1), 120000, 2, 3, '', ''],
  ),
  offer_history: csv(
    ['asesor_id', 'solicitud_id', 'fecha', 'monto_total', 'adjudicada', 'aceptada_cliente', 'entrega_exitosa'],
    [advisor, request, '2025-02-01 10:00', 250000, 'sí', 'true', 1],
  ),
  notifications: csv(
    ['asesor_id', 'solicitud_id', 'fecha_envio', 'respondio', 'tiempo_respuesta_seg'],
    [advisor, request, '2025-02-01', 'sí', 60],
    [advisor, request, '2025-02-02', 'no', ''],
  ),
  messages: csv(
    ['notificacion_id', 'usuario_id', 'tipo', 'titulo', 'mensaje', 'created_at', 'leida', 'datos_adicionales'],
    [id('b', 1), client, 'oferta', 'Oferta', 'Tiene dos', '2025-02-01', 'sí', '"{""ofertas"": 2}"'],
  ),
  audits: csv(['asesor_id', 'fecha_revision', 'estado', 'puntaje_confianza'], [advisor, '2025-02-01', 'APROBADA', 5]),
  evaluations: csv(['solicitud_id', 'asesor_id', 'created_at', 'puntaje_total', 'nivel_entrega'], [request, advisor, '2025-01-01', 80.5, 2]),
  request_evaluations: csv(['solicitud_id', 'created_at', 'duracion_ms'], [request, '2024-12-31 23:31:00', 180], [request, '2024-12-31 23:40', '']),
};

/** One file out of the exports of several tables: what a kind writes into more than one table stands in one row of its file. */
const joined: Record<string, (rows: (table: string) => Row[]) => Row[]> = {
  clients: (rows) => rows('clientes').map((row) => ({ ...one(rows('usuarios'), row.usuario_id), ...row, cliente_id: row.id })),
  advisors: (rows) => rows('asesores').map((row) => ({ ...one(rows('usuarios'), row.usuario_id), ...row, asesor_id: row.id })),
  requests: (rows) => rows('repuestos_solicitados').map((row) => ({ ...row, ...one(rows('solicitudes'), row.solicitud_id), repuesto_id: row.id })),
  offers: (rows) =>
    rows('ofertas_detalle').map((row) => {
      const award = rows('adjudicaciones_repuesto').find(
        (entry) => entry.oferta_id === row.oferta_id && entry.repuesto_solicitado_id === row.repuesto_solicitado_id,
      );
      return {
        ...row,
        ...one(rows('ofertas'), row.oferta_id),
        repuesto_id: row.repuesto_solicitado_id,
        puntaje_adjudicado: award?.puntaje_obtenido ?? null,
        adjudicado_at: award?.created_at ?? null,
      };
    }),
};
const one = (rows: Row[], key: unknown): Row => rows.find((row) => row.id === key)!;

test('the marketplace comes back out of the exports of its tables', async () => {
  const kinds = Object.keys(marketplace);
  const tables = Object.keys(importedBy).filter((table) => table.startsWith('marketplace.'));
  const nothing = await stateOf(tables);
  const batches: Batch[] = [];
  for (const kind of kinds) batches.unshift(await imported(`marketplace_${kind}`, marketplace[kind]!));
  const before = await stateOf(tables);
  const files = new Map<string, Buffer>();
  for (const table of tables) files.set(table, await exported({ table_name: table, format: 'jsonl' }));
  for (const batch of batches) await undo(batch);
  expect(await stateOf(tables)).toEqual(nothing);
  const rows = (table: string) =>
    files
      .get(`marketplace.${table}`)!
      .toString('utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
  for (const kind of kinds) {
    const name = `marketplace_${kind}`;
    const join = joined[kind];
    const file =
      join === undefined
        ? files.get(tablesOf(name)[0]!)!
        : join(rows)
            .map((row) => JSON.stringify(row))
            .join('\n');
    await imported(name, file, kind === 'messages' ? await mapped(name, { id: 'notificacion_id' }) : {}, 'jsonl');
    proved.add(name);
  }
  expect(await stateOf(tables)).toEqual(before);
  noteFilled(before, nothing);
});

test('every kind that writes a table is proved here, with what does not come back', () => {
  expect([...proved].toSorted()).toEqual(importKinds.map(({ name }) => name).toSorted());
  expect(Object.keys(generated).toSorted()).toEqual(Object.keys(importedBy).toSorted());
});

test('every table that an import writes had rows that came back', () => {
  expect([...filled].toSorted()).toEqual(Object.keys(importedBy).toSorted());
});
