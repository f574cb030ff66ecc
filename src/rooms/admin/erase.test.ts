import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testImports, type TestImports } from '../../../test/fixtures/imports.ts';
import { id } from '../../../test/fixtures/marketplace.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { importKinds } from '../../app/catalogue.ts';
import { clearUploads } from '../ingest/clear_uploads.ts';

/** Somebody who is erased is in no table and in no kept file, however they came in; the certificate says what was erased where. */

let qh: TestSystem;
let imports: TestImports;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  imports = testImports(qh.test);
  imports.services.kinds = importKinds;
});
afterAll(() => qh.close());

let count = 0;
async function load(rows: string[][], options: Parameters<TestImports['import']>[1] & { name?: string } = {}): Promise<string> {
  const { name = 'people.csv', ...more } = options;
  const file = path.join(imports.dataDir, `${++count}-${name}`);
  await writeFile(file, rows.map((row) => row.join(',')).join('\n'));
  return (await imports.import(file, more)).batch_id;
}

/** Every table in which one of the words stands. */
async function tablesWith(words: RegExp): Promise<string[]> {
  const tables = await qh.test.owner.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     where c.relkind in ('r', 'p', 'm') and not c.relispartition and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema|jobs)'`,
  );
  expect(tables.length).toBeGreaterThan(80);
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await qh.test.owner.query<{ found: boolean }>(`select coalesce(bool_or(t::text ~* $1), false) as found from ${name} t`, [
      words.source,
    ]);
    if (row!.found) found.push(name);
  }
  return found.toSorted();
}

const uploads = async () => (await readdir(path.join(imports.dataDir, 'uploads'))).map((name) => name.replace(/\..*/, '')).toSorted();
const certificateOf = async (operation: string) => {
  const [row] = await qh.test.owner.query<{ after: { answer: { replaced: { table: string; column: string; rows: number }[] } } }>(
    'select after from platform.audit_log where operation = $1 order by seq desc limit 1',
    [operation],
  );
  return row!.after.answer.replaced.filter(({ rows }) => rows > 0).map(({ table, column, rows }) => `${table} ${column} ${rows}`);
};

describe('an employee who came by a file', () => {
  const words = /verborgen|geheimrat|5559876/;
  const head = ['Personnel number', 'Last name', 'First name', 'Department', 'Hire date', 'E-mail', 'Phone', 'Supervisor number'];
  const ida = ['9001', 'Verborgen', 'Ida', 'CC', '2024-05-01', 'ida@verborgen.example', '+49 30 5559876', ''];

  test('is in no table and no file afterwards, and the audit says what was erased where', async () => {
    const brought = await load([head, ida, ['9002', 'Other', 'One', 'Verborgen and sons', '2024-05-01', '', '', '']]);
    const clean = await load([head, ['9003', 'Third', 'One', 'CC', '2024-05-01', '', '', '']]);
    const dry = await load([head, [...ida.slice(0, 6), '+49 30 5559876 1', '']], { dry_run: true });
    // The name of the file looks like a project's; what is in it is of people all the same.
    const refused = await load([head, ida, ['9004', 'Fourth', 'One', 'Verborgen', '2024-05-01', '', '', '']], {
      mode: 'all_or_nothing',
      name: 'ОтчетВходящиеПроекты-ВТМ-15м.csv',
    });
    const undone = await load([head, [...ida.slice(0, 2), 'Ida Geheimrat', ...ida.slice(3)]]);
    await qh.test.owner.query('select api.undo_batch($1)', [undone]);
    const [batch] = await qh.test.owner.query('select service, status from api.batch($1)', [refused]);
    expect(batch).toEqual({ service: null, status: 'failed' });
    expect(await uploads()).toEqual([brought, clean, dry, refused, undone].toSorted());

    const [employee] = await qh.test.owner.query<{ id: number }>(`select employee_id as id from org.employees where personnel_number = '9001'`);
    const patched = await qh.app.inject({
      method: 'PATCH',
      url: `/api/v1/org/employees/${employee!.id}`,
      headers: { 'x-api-key': qh.adminKey, 'idempotency-key': 'ida' },
      payload: { middle_name: 'Geheimrat' },
    });
    expect(patched.statusCode).toBe(200);
    const left = await qh.send('POST', `/api/v1/org/employees/${employee!.id}/dismiss`, { leave_date: '2025-03-01', reason: 'Verborgen is unwell' });
    expect(left.status, JSON.stringify(left.body)).toBe(200);
    expect(await tablesWith(words)).toEqual(['ingest.import_errors', 'org.employee_loads', 'org.employees', 'platform.idempotency_keys']);

    const erased = await qh.send('POST', '/api/v1/admin/people/erase', { employee_id: employee!.id, confirm: 'erase' });
    expect(erased.status, JSON.stringify(erased.body)).toBe(200);
    expect(await tablesWith(words)).toEqual([]);
    await clearUploads({ db: qh.test.db, dataDir: imports.dataDir });
    expect(await uploads()).toEqual([clean]);
    expect(await certificateOf('admin.erase_person')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^ingest\.import_errors value, message, hint [2-9]$/),
        'ingest.import_batches file 4',
        'platform.idempotency_keys answer 1',
        'org.employee_loads given 1',
        'org.employees leave_reason 1',
      ]),
    );
    // The same request again is still no second effect, and brings nothing back.
    const again = await qh.app.inject({
      method: 'PATCH',
      url: `/api/v1/org/employees/${employee!.id}`,
      headers: { 'x-api-key': qh.adminKey, 'idempotency-key': 'ida' },
      payload: { middle_name: 'Geheimrat' },
    });
    expect(again.statusCode).toBe(409);
    expect(await tablesWith(words)).toEqual([]);
  });
});

describe('a client of the marketplace who came by a file', () => {
  const words = /zoraida|escondida|3009998877/;
  const head = ['cliente_id', 'nombre', 'apellido', 'ciudad', 'email', 'telefono'];
  const zoraida = (surname: string) => [id('c', 8), 'Zoraida', surname, 'Cali', 'z@escondida.example', '+57 300 999 8877'];

  test('is in no table and no file afterwards; undoing the imports is still exact', async () => {
    const first = await load([head, zoraida('Escondida'), [id('c', 9), 'Otra', '', `Escondida ${'x'.repeat(255)}`, '', '']]);
    const second = await load([head, zoraida('Escondida Paz')]);
    const clean = await load([head, [id('c', 7), 'Otra', '', 'Cali', '', '']]);
    const messages = ['notificacion_id', 'usuario_id', 'tipo', 'titulo', 'mensaje', 'created_at', 'url_accion', 'datos_adicionales'];
    const written = (text: string) => [id('e', 8), id('c', 8), 'oferta', 'Para Zoraida', text, '2025-01-05', '/zoraida', '"{""a"": ""Escondida""}"'];
    const told = await load([messages, written('Señora Escondida:')]);
    const toldAgain = await load([messages, written('Zoraida')]);
    expect(await tablesWith(words)).toEqual([
      'ingest.import_errors',
      'marketplace.import_loads',
      'marketplace.notificaciones',
      'marketplace.usuarios',
    ]);
    const erased = await qh.send('POST', '/api/v1/marketplace/people/erase', { usuario_id: id('c', 8), confirm: 'erase' });
    expect(erased.status, JSON.stringify(erased.body)).toBe(200);
    expect(await tablesWith(words)).toEqual([]);
    await clearUploads({ db: qh.test.db, dataDir: imports.dataDir });
    expect(await uploads()).toEqual(expect.arrayContaining([clean]));
    for (const file of [first, second, told, toldAgain]) expect(await uploads()).not.toContain(file);
    expect(await certificateOf('marketplace.erase_person')).toEqual(
      expect.arrayContaining([
        'marketplace.usuarios nombre 1',
        'marketplace.notificaciones mensaje 1',
        'marketplace.notificaciones datos_adicionales 1',
        'marketplace.import_loads given, before 3',
        'ingest.import_errors value, message, hint 1',
        'ingest.import_batches file 4',
      ]),
    );
    const person = () => qh.test.owner.query('select nombre, apellido, email, telefono from marketplace.usuarios where id = $1', [id('c', 8)]);
    const message = () => qh.test.owner.query('select titulo, mensaje, url_accion, datos_adicionales from marketplace.notificaciones');
    await qh.test.owner.query('select api.undo_batch($1)', [toldAgain]);
    expect(await message()).toEqual([{ titulo: 'erased', mensaje: 'erased', url_accion: null, datos_adicionales: {} }]);
    await qh.test.owner.query('select api.undo_batch($1)', [told]);
    expect(await message()).toEqual([]);
    await qh.test.owner.query('select api.undo_batch($1)', [second]);
    expect(await person()).toEqual([{ nombre: 'erased', apellido: null, email: null, telefono: null }]);
    await qh.test.owner.query('select api.undo_batch($1)', [first]);
    expect(await person()).toEqual([]);
  });
});
