import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importKinds } from '../../app/catalogue.ts';
import { csv, marketplaceFiles } from '../../../test/fixtures/marketplace_files.ts';
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

/** Columns that no file writes, and why. */
const notInFiles: Record<string, string> = {
  'statistics.contact_statistics.ready_seconds': 'said by systems that post their figures',
  'statistics.contact_statistics.abandoned_in_threshold': 'said by systems that post their figures',
  'org.employees.leave_reason': 'said by whoever ends the employment',
  'org.employees.user_id': 'joins the employee with a login, which is a right',
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
const proved = new Set<string>();
/** Columns that had a value in a row that came back. */
const filled = new Set<string>();
function noteFilled(before: Record<string, unknown[]>, nothing: Record<string, unknown[]>): void {
  for (const table of Object.keys(before)) {
    const former = new Set(nothing[table]!.map((row) => JSON.stringify(row)));
    for (const row of before[table] as Row[]) {
      if (former.has(JSON.stringify(row))) continue;
      for (const [column, value] of Object.entries(row)) if (!['null', '{}'].includes(JSON.stringify(value))) filled.add(`${table}.${column}`);
    }
  }
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
      ['personnel_number', 'last_name', 'first_name', 'middle_name', 'department', 'hire_date', 'leave_date', 'email', 'phone'],
      ['007', 'Ånström', 'Ada', 'Óla', 'Company', '2024-02-01', '2099-12-31', 'ada@example.com', '+46 70 123 45 67'],
      ['008', '=Bo', 'Ben', '', 'Company', '2024-03-01', '', '', ''],
    );
    await comesBack('org_employees', people, {}, { operation: 'org.employees' }, { department_path: 'department', department: null });
  });

  test.each(['csv', 'xlsx'])('org_employees out of their own file, with places, codes and fields of their own: %s', async (format) => {
    const field = { field_type: 'choice', title_en: 'Headset', choices: ['mono', 'stereo'] };
    expect((await qh.send('PUT', '/api/v1/org/custom_fields/employee/headset', field)).status).toBe(200);
    const people = csv(
      [
        'personnel_number',
        'last_name',
        'first_name',
        'department',
        'team',
        'position',
        'site',
        'hire_date',
        'agent_code',
        'supervisor_number',
        'headset',
      ],
      ['007', 'Ånström', 'Ada', 'CC', 'LINE-1', 'LEAD', 'HQ', '2024-02-01', 'A-7007', '', 'stereo'],
      ['008', '=Bo', 'Ben', 'CC', 'LINE-1', 'OPERATOR', 'HQ', '2024-03-01', 'A-7008', '007', 'mono'],
    );
    const nothing = await stateOf(['org.employees']);
    /** As the list shows them; supervisors by their numbers. */
    const shown = async () =>
      ((await qh.get('/api/v1/org/employees?limit=1000')).body as { items: Row[] }).items.map(
        ({ employee_id: _id, supervisor_id: _supervisor, created_at: _created, updated_at: _updated, ...row }) => row,
      );
    const batch = await imported('org_employees', people);
    const [before, list] = [await stateOf(['org.employees']), await shown()];
    expect(list).toContainEqual(
      expect.objectContaining({
        ...{ personnel_number: '008', team_code: 'LINE-1', position_code: 'OPERATOR', site_code: 'HQ' },
        ...{ agent_code: 'A-7008', supervisor_number: '007', custom: { headset: 'mono' } },
      }),
    );
    const file = await qh.app.inject({ url: `/api/v1/org/employees/export?format=${format}`, headers: { 'x-api-key': qh.adminKey } });
    expect(file.statusCode).toBe(200);
    await undo(batch);
    expect(await stateOf(['org.employees'])).toEqual(nothing);
    const again = await imported('org_employees', file.rawPayload, {}, format);
    expect(await stateOf(['org.employees'])).toEqual(before);
    expect(await shown()).toEqual(list);
    noteFilled(before, nothing);
    await undo(again);
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

/** One file out of the exports of several tables: what a kind writes into more than one table stands in one row of its file. */
const joined: Record<string, (rows: (table: string) => Row[]) => Row[]> = {
  clients: (rows) =>
    rows('clientes').map((row) => ({ ...one(rows('usuarios'), row.usuario_id), ...row, ...place(rows, row.municipio_id), cliente_id: row.id })),
  advisors: (rows) =>
    rows('asesores').map((row) => ({ ...one(rows('usuarios'), row.usuario_id), ...row, ...place(rows, row.municipio_id), asesor_id: row.id })),
  requests: (rows) =>
    rows('repuestos_solicitados').map((row) => {
      const whole = one(rows('solicitudes'), row.solicitud_id);
      return { ...row, ...whole, ...place(rows, whole.municipio_id), repuesto_id: row.id };
    }),
  offers: (rows) =>
    rows('ofertas_detalle').map((row) => {
      const award = rows('adjudicaciones_repuesto').find(
        (entry) => entry.oferta_id === row.oferta_id && entry.repuesto_solicitado_id === row.repuesto_solicitado_id,
      );
      return {
        ...row,
        ...one(rows('ofertas'), row.oferta_id),
        repuesto_id: row.repuesto_solicitado_id,
        origen_detalle: row.origen,
        puntaje_adjudicado: award?.puntaje_obtenido ?? null,
        adjudicado_at: award?.created_at ?? null,
      };
    }),
};
const one = (rows: Row[], key: unknown): Row => rows.find((row) => row.id === key)!;
const place = (rows: (table: string) => Row[], key: unknown): Row => ({
  codigo_dane: key === null ? null : one(rows('municipios'), key).codigo_dane,
});

test('the marketplace comes back out of the exports of its tables', async () => {
  const kinds = Object.keys(marketplaceFiles);
  const tables = Object.keys(importedBy).filter((table) => table.startsWith('marketplace.'));
  const nothing = await stateOf(tables);
  const batches: Batch[] = [];
  for (const kind of kinds) batches.unshift(await imported(`marketplace_${kind}`, marketplaceFiles[kind]!));
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

test('every column that an import writes had a value that came back', async () => {
  const columns = await qh.test.owner.query<{ name: string }>(
    `select t.name || '.' || a.attname as name from unnest($1::text[]) as t (name)
     join pg_attribute a on a.attrelid = t.name::regclass and a.attnum > 0 and not a.attisdropped`,
    [Object.keys(importedBy)],
  );
  const made = new Set(Object.entries(generated).flatMap(([table, names]) => names.map((name) => `${table}.${name}`)));
  const expected = columns.map(({ name }) => name).filter((name) => !made.has(name) && notInFiles[name] === undefined);
  expect([...filled].toSorted()).toEqual(expected.toSorted());
});
