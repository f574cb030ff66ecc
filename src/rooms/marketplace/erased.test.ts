import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testImports, type TestImports } from '../../../test/fixtures/imports.ts';
import { id } from '../../../test/fixtures/marketplace.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { importKinds } from '../../app/catalogue.ts';
import { erasureKeyOf } from '../../platform/personal/erased.ts';

/** Neither a file nor an event brings back what was erased of a client or advisor; what counts of them comes in, and whoever sends it is told. */

let qh: TestSystem;
let imports: TestImports;
beforeAll(async () => {
  qh = await openTestSystem();
  imports = testImports(qh.test);
  imports.services.kinds = importKinds;
  imports.services.erasureKey = erasureKeyOf(qh.system.config);
});
afterAll(() => qh.close());

const heads = {
  clients: ['cliente_id', 'nombre', 'apellido', 'ciudad', 'email', 'telefono'],
  advisors: ['asesor_id', 'nombre', 'ciudad', 'email', 'punto_venta'],
  messages: ['notificacion_id', 'usuario_id', 'tipo', 'titulo', 'mensaje', 'created_at', 'url_accion', 'datos_adicionales'],
};
let count = 0;
async function fileOf(kind: keyof typeof heads, rows: string[][]): Promise<string> {
  const file = path.join(imports.dataDir, `${++count}.csv`);
  await writeFile(file, [heads[kind], ...rows].map((row) => row.join(',')).join('\n'));
  return file;
}
async function load(kind: keyof typeof heads, ...rows: string[][]) {
  const batch = await imports.import(await fileOf(kind, rows));
  const found = (await imports.findings(batch.batch_id)).map(({ row_number: row, column_name: column, rule, value }) => [row, column, rule, value]);
  return { batch, found };
}
const erase = async (person: string) => {
  const { status, body } = await qh.send('POST', '/api/v1/marketplace/people/erase', { usuario_id: person, confirm: 'erase' });
  expect(status, JSON.stringify(body)).toBe(200);
};
const post = async (...events: object[]) => (await qh.send('POST', '/api/v1/marketplace/events', { events })).body;
const person = async (usuario: string) =>
  (await qh.test.owner.query('select nombre, apellido, email, telefono from marketplace.usuarios where id = $1', [usuario]))[0];
const nobody = { nombre: 'erased', apellido: null, email: null, telefono: null };

async function tablesWith(words: string): Promise<string[]> {
  const tables = await qh.test.owner.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     where c.relkind in ('r', 'p', 'm') and not c.relispartition and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema|jobs)'`,
  );
  const found: string[] = [];
  for (const { name } of tables)
    if ((await qh.test.owner.query(`select from ${name} t where t::text ~* $1 limit 1`, [words])).length > 0) found.push(name);
  return found.toSorted();
}

const [zoraida, advisor, message] = [id('c', 8), id('a', 8), id('e', 8)];
const words = 'zoraida|escondida|3009998877|yolanda|oculta';
const client = [zoraida, 'Zoraida', 'Escondida', 'Cali', 'Z@Escondida.example', '+57 300 999 8877'];
const other = [id('c', 7), 'Otra', '', 'Cali', '', ''];
const seller = [advisor, 'Yolanda', 'Cali', 'yolanda@oculta.example', 'Centro'];
const written = [message, zoraida, 'oferta', 'Para Zoraida', 'Señora Escondida:', '2025-01-05', '/zoraida', '"{""a"": ""Escondida""}"'];

describe('a file', () => {
  const batches: string[] = [];

  test('that is imported again leaves who was erased as they are, takes the others, and warns of each row', async () => {
    for (const { batch } of [await load('clients', client), await load('advisors', seller), await load('messages', written)]) {
      expect(batch).toMatchObject({ status: 'completed', rows_inserted: 1 });
      batches.unshift(batch.batch_id);
    }
    await erase(zoraida);
    await erase(advisor);
    const again = await load('clients', client, other);
    expect(again.batch).toMatchObject({ status: 'completed', rows_inserted: 1, rows_updated: 0, rows_unchanged: 1, rows_rejected: 0 });
    expect(again.found).toEqual([[2, 'cliente_id', 'PERSON_WITHHELD', null]]);
    const [told] = await imports.findings(again.batch.batch_id);
    expect(told).toMatchObject({ severity: 'warning', message: expect.stringContaining('was erased'), hint: expect.stringContaining('source') });
    batches.unshift(again.batch.batch_id);
    expect((await load('advisors', seller)).found).toEqual([[2, 'asesor_id', 'PERSON_WITHHELD', null]]);
    expect((await load('messages', written)).found).toEqual([[2, 'usuario_id', 'PERSON_WITHHELD', null]]);
    expect([await person(zoraida), await person(advisor)]).toEqual([nobody, nobody]);
    expect(await person(id('c', 7))).toMatchObject({ nombre: 'Otra' });
    expect(await qh.test.owner.query('select titulo, mensaje, url_accion, datos_adicionales from marketplace.notificaciones')).toEqual([
      { titulo: 'erased', mensaje: 'erased', url_accion: null, datos_adicionales: {} },
    ]);
    expect(await tablesWith(words)).toEqual([]);
  });

  test('is told of them when it is looked at before', async () => {
    const form = new FormData();
    form.set('file', new Blob([await readFile(await fileOf('clients', [client, other]))]), 'clients.csv');
    const request = new Request('http://127.0.0.1/', { method: 'POST', body: form });
    const headers = { 'x-api-key': qh.adminKey, 'content-type': request.headers.get('content-type')! };
    const answer = await qh.app.inject({
      method: 'POST',
      url: '/api/v1/ingest/preview',
      headers,
      payload: Buffer.from(await request.arrayBuffer()),
    });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({ rows_rejected: 0, problems: [{ rule: 'PERSON_WITHHELD', row_number: 2 }] });
  });

  test('brings them in without name where their rows were undone, so that what refers to them stands', async () => {
    for (const table of ['notificaciones', 'clientes', 'asesores', 'usuarios', 'import_loads'])
      await qh.test.owner.query(`delete from marketplace.${table}`);
    const { batch, found } = await load('clients', client, other);
    expect(batch).toMatchObject({ status: 'completed', rows_inserted: 2 });
    expect(found).toEqual([[2, 'cliente_id', 'PERSON_WITHHELD', null]]);
    expect(await person(zoraida)).toEqual(nobody);
    expect(await qh.test.owner.query('select ciudad from marketplace.clientes where id = $1', [zoraida])).toEqual([{ ciudad: 'Cali' }]);
    expect(await tablesWith(words)).toEqual([]);
  });

  test('knows them by their address under another id; without the address it is somebody else', async () => {
    const namesake = [id('c', 6), 'Zoraida', 'Escondida', 'Cali', ' z@escondida.example ', ''];
    expect((await load('clients', namesake)).found).toEqual([[2, 'email', 'PERSON_WITHHELD', null]]);
    expect(await person(id('c', 6))).toEqual(nobody);
    expect((await load('clients', [id('c', 6), 'Zora', 'Nueva', 'Cali', '', ''])).found).toEqual([]);
    expect(await person(id('c', 6))).toMatchObject({ nombre: 'Zora', apellido: 'Nueva' });
  });

  test('has no word of them in its findings, also where the row is kept out', async () => {
    const { batch, found } = await load('clients', [zoraida, `Escondida ${'x'.repeat(255)}`, '', 'Cali', '', '']);
    expect(batch).toMatchObject({ rows_rejected: 1 });
    expect(found).toEqual([[2, 'nombre', 'TEXT_TOO_LONG', null]]);
    expect(await tablesWith('escondida')).toEqual([]);
  });

  test('knows nobody without the key, which is not in the database', async () => {
    const marks = await qh.test.owner.query<{ kind: string; n: number }>(
      'select kind, count(*)::int as n from platform.erased_marks group by kind order by kind',
    );
    expect(marks).toEqual([
      { kind: 'email', n: 2 },
      { kind: 'usuario_id', n: 2 },
    ]);
    expect(await qh.test.owner.query(`select platform.is_erased('usuario_id', $1) as is`, [zoraida])).toEqual([{ is: false }]);
  });
});

describe('an event that registers a client', () => {
  const registered = (event_id: string, cliente_id: string, data: object) => ({
    event_id,
    event_type: 'cliente.registrado',
    at: '2025-02-08T20:00:00-05:00',
    data: { cliente_id, ciudad: 'Cali', canal: 'WHATSAPP', ...data },
  });
  const told = (event_id: string) => ({ event_id, rule: 'PERSON_WITHHELD', message: expect.stringContaining('was erased') });
  const zora = { nombre: 'Zoraida Escondida', email: 'z@escondida.example', telefono: '+573009998877' };

  test('who was erased is taken without what is personal, and says so; others are taken whole', async () => {
    await qh.test.owner.query('delete from marketplace.clientes where id = $1', [zoraida]);
    await qh.test.owner.query('delete from marketplace.usuarios where id = $1', [zoraida]);
    const answer = await post(
      registered('r-1', zoraida, zora),
      registered('r-2', id('c', 4), zora),
      registered('r-3', id('c', 5), { nombre: 'Nadia', email: 'nadia@example.com' }),
    );
    expect(answer).toEqual({ accepted: 3, duplicates: 0, rejected: [], warnings: [told('r-1'), told('r-2')] });
    expect([await person(zoraida), await person(id('c', 4))]).toEqual([nobody, nobody]);
    expect(await person(id('c', 5))).toMatchObject({ nombre: 'Nadia', email: 'nadia@example.com' });
    expect(await tablesWith(words)).toEqual([]);
    // The audit, which nothing is taken out of, never had it, of nobody.
    expect(await tablesWith('nadia')).toEqual(['marketplace.eventos_sistema', 'marketplace.usuarios']);
    const counted = await qh.test.owner.query(`select valor from marketplace.eventos_metricas where dimensiones ->> 'ciudad' = 'Cali'`);
    expect(counted).toEqual([{ valor: 3 }]);
    expect(await post(registered('r-1', zoraida, zora))).toEqual({ accepted: 0, duplicates: 1, rejected: [], warnings: [] });
  });

  test('is answered the same when the request is repeated with its key', async () => {
    const payload = { events: [registered('r-4', id('c', 3), zora)] };
    const headers = { 'x-api-key': qh.adminKey, 'idempotency-key': 'zora' };
    const [first, second] = [
      await qh.app.inject({ method: 'POST', url: '/api/v1/marketplace/events', headers, payload }),
      await qh.app.inject({ method: 'POST', url: '/api/v1/marketplace/events', headers, payload }),
    ];
    expect(first.json()).toMatchObject({ accepted: 1, warnings: [told('r-4')] });
    expect(second.body).toBe(first.body);
  });
});
