import { readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testImports, type TestImports } from '../../../test/fixtures/imports.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { importKinds, jobDefinitions } from '../../app/catalogue.ts';
import { jobDoer } from '../../platform/jobs/jobs.ts';
import { erasureKeyOf } from '../../platform/personal/erased.ts';

/** Who was erased is in no file that was written before, and no file brings them back; only a keyed hash knows them. */

let qh: TestSystem;
let imports: TestImports;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  imports = testImports(qh.test);
  imports.services.kinds = importKinds;
  imports.services.erasureKey = erasureKeyOf(qh.system.config);
});
afterAll(() => qh.close());

const base = '/api/v1/db/database/bulk';

/** Runs a job as a worker would. */
async function run(name: string, data: object): Promise<void> {
  const { db, log, config, jobs } = qh.system;
  const job = jobDefinitions.find((one) => one.name === name)!;
  await job.run(data, { db, log, config, jobs, signal: new AbortController().signal, doer: jobDoer(name) });
}

async function order(what: object): Promise<string> {
  const { status, body } = await qh.send('POST', `${base}/export`, what);
  expect(status, JSON.stringify(body)).toBe(202);
  return (body as { export_id: string }).export_id;
}
const write = (id: string) => run('database.export', { export_id: id, principal_kind: 'key', request_id: null });
const exported = async (what: object) => {
  const id = await order(what);
  await write(id);
  expect((await state(id)).status).toBe('completed');
  return id;
};
const state = async (id: string) => (await qh.get(`${base}/exports/${id}`)).body as { status: string; detail: string | null; configuration: object };
const fetched = (id: string) => qh.app.inject({ url: `${base}/exports/${id}/file`, headers: { 'x-api-key': qh.adminKey } });
const files = async () => (await readdir(path.join(qh.system.config.dataDir, 'exports'))).toSorted((a, b) => (a < b ? -1 : 1));
const erase = async (employeeId: number) => {
  const { status, body } = await qh.send('POST', '/api/v1/admin/people/erase', { employee_id: employeeId, confirm: 'erase' });
  expect(status, JSON.stringify(body)).toBe(200);
  return (body as { replaced: { table: string; column: string; rows: number }[] }).replaced;
};

describe('files of exports', () => {
  test('that may hold who is erased are no longer given, and are deleted; others stay', async () => {
    const people = await exported({ table_name: 'org.employees' });
    const view = await exported({ table_name: 'employees', filter: `last_name eq Keller` });
    const list = await exported({ operation: 'org.employees', input: { search: 'Keller' } });
    const figures = await exported({ table_name: 'statistics.contact_statistics' });
    const waiting = await order({ table_name: 'org.employees', format: 'jsonl' });
    const running = await order({ table_name: 'org.employees' });
    await qh.test.owner.query(`update database.exports set status = 'running' where export_id = $1`, [running]);
    expect((await fetched(people)).body).toContain('Keller');

    const replaced = await erase(4);
    expect(replaced).toEqual(
      expect.arrayContaining([
        { table: 'database.exports', column: 'file', rows: 4 },
        { table: 'database.exports', column: 'configuration', rows: 2 },
      ]),
    );
    for (const id of [people, view, list]) {
      const answer = await fetched(id);
      expect([answer.statusCode, answer.json<{ detail: string; hint: string }>()]).toMatchObject([
        404,
        { detail: expect.stringContaining('erased after it was asked for'), hint: expect.stringContaining('database.bulk_export') },
      ]);
    }
    expect(JSON.stringify(await Promise.all([view, list].map(state)))).not.toContain('Keller');
    expect((await state(running)).status).toBe('failed');
    // What was being written ends without a file, also when its job goes on.
    await write(running);
    await run('database.clear_exports', {});
    expect(await files()).toEqual([figures]);
    expect((await fetched(figures)).statusCode).toBe(200);
    await write(waiting);
    const after = await fetched(waiting);
    expect(after.statusCode).toBe(200);
    expect(after.body).toContain('erased');
    expect(after.body).not.toContain('Keller');
  });

  test('that are being written while somebody is erased are not kept', async () => {
    const id = await order({ table_name: 'org.employees' });
    // The order is taken away between the rows and the end.
    await qh.test.owner.query(
      `create function database.take_away() returns trigger language plpgsql as $$
       begin new.status := case when old.status = 'queued' then 'failed' else new.status end; return new; end $$;
       create trigger take_away before update on database.exports for each row execute function database.take_away()`,
    );
    await write(id);
    await qh.test.owner.query('drop trigger take_away on database.exports; drop function database.take_away()');
    expect((await state(id)).status).toBe('failed');
    expect(await stat(path.join(qh.system.config.dataDir, 'exports', id)).catch(() => null)).toBeNull();
  });
});

describe('an import', () => {
  const head = 'Personnel number,Last name,First name,Department,Hire date,E-mail';
  let count = 0;
  const load = async (rows: string[], options: object = {}) => {
    const file = path.join(imports.dataDir, `${++count}.csv`);
    await writeFile(file, [head, ...rows].join('\n'));
    const batch = await imports.import(file, options);
    const found = (await imports.findings(batch.batch_id)).map(({ column_name, rule, value }) => [column_name, rule, value]);
    return { batch, found };
  };
  const idOf = async (number: string) =>
    (await qh.test.owner.query<{ id: number }>('select employee_id as id from org.employees where personnel_number = $1', [number]))[0]!.id;

  test('does not bring back who was erased, neither by the number nor by the address; others of the file come in', async () => {
    const ida = '7001,Verborgen,Ida,CC,2024-05-01,Ida@Verborgen.example';
    expect((await load([ida])).batch).toMatchObject({ rows_inserted: 1 });
    const id = await idOf('7001');
    await erase(id);
    const { batch, found } = await load([
      ida,
      '7002,Verborgen,Ida,CC,2024-05-01,IDA@verborgen.example',
      '7003,Somebody,Else,CC,2024-05-01,else@verborgen.example',
    ]);
    expect(batch).toMatchObject({ status: 'completed_with_errors', rows_inserted: 1, rows_updated: 0, rows_rejected: 2 });
    expect(found).toEqual(
      expect.arrayContaining([
        ['Personnel number', 'PERSON_ERASED', null],
        ['E-mail', 'PERSON_ERASED', null],
      ]),
    );
    const [row] = await qh.test.owner.query('select last_name, email from org.employees where employee_id = $1', [id]);
    expect(row).toEqual({ last_name: 'erased', email: null });
    expect(await qh.test.owner.query(`select 1 from org.employees where last_name = 'Verborgen'`)).toEqual([]);
    // By hand it is somebody's decision.
    const made = await qh.send('POST', '/api/v1/org/employees', {
      ...{ personnel_number: '7004', last_name: 'Namesake', first_name: 'Ida', hire_date: '2025-01-01', department: 'CC' },
      email: 'ida@verborgen.example',
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
  });

  test('refuses a whole file that is to be taken whole or not at all', async () => {
    const { batch } = await load(['7001,Verborgen,Ida,CC,2024-05-01,', '7005,Fifth,One,CC,2024-05-01,'], { mode: 'all_or_nothing' });
    expect(batch).toMatchObject({ status: 'failed', rows_inserted: 0 });
  });

  test('what is remembered is a hash that is nothing without the secret key', async () => {
    const marks = await qh.test.owner.query<{ mark: Buffer; kind: string }>('select mark, kind from platform.erased_marks order by kind');
    expect(marks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['email', 'personnel_number']));
    expect(await qh.test.owner.query(`select 1 from platform.erased_marks m where m::text ~* 'ida|verborgen|7001'`)).toEqual([]);
    const [known] = await qh.test.owner.query<{ plain: boolean; bare: boolean }>(
      `select exists (select from platform.erased_marks m where m.mark in (sha256('personnel_number:7001'), sha256('7001'))) as plain,
         platform.is_erased('personnel_number', '7001') as bare`,
    );
    expect(known).toEqual({ plain: false, bare: false });
    const asked = (key: string) =>
      qh.test.db.transaction(async (tx) => {
        await tx.query(`select set_config('qh.erasure_key', $1, true)`, [key]);
        return (await tx.query<{ is: boolean }>(`select platform.is_erased('personnel_number', ' 7001 ') as is`))[0]!.is;
      });
    expect(await asked(erasureKeyOf(qh.system.config))).toBe(true);
    expect(await asked(erasureKeyOf({ ...qh.system.config, secretKey: 'another secret key of 32 letters' }))).toBe(false);
    const texts = await qh.test.owner.query<{ found: boolean }>(
      `select bool_or(t::text like '%' || $1 || '%') as found from (select to_jsonb(s) as t from platform.settings s union all select to_jsonb(a) from platform.audit_log a) t`,
      [erasureKeyOf(qh.system.config)],
    );
    expect(texts[0]!.found).toBe(false);
  });
});
