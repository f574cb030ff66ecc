import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import { jobDefinitions, operations } from '../src/app/catalogue.ts';
import { addressOf } from '../src/platform/contract/client.ts';
import { jobDoer } from '../src/platform/jobs/jobs.ts';
import { refreshViews } from '../src/rooms/marketplace/refresh_views.ts';
import { exportPath } from '../src/rooms/database/export_place.ts';
import { loadMarketplace } from './fixtures/marketplace.ts';
import { openTestSystem, type TestSystem } from './system.ts';

/**
 * What is personal is masked without people:personal, wherever it can be read: every read operation, every table and view by rows, every
 * export, every view of a SQL login. Made from the contract and the catalog, so that a new way out is tried too.
 */

let qh: TestSystem;
/** Everything but people:personal. */
let key = '';
const raw = /maskme\.example|5550147|3007654321|PASS-8812/;

beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  const { owner } = qh.test;
  await owner.transaction(async (tx) => {
    await tx.query(`select api.set_custom_field('employee', 'passport', 'text', 'Passport', 'Паспорт', 'Pasaporte', p_is_personal => true)`);
    // As parameters: the texts of statements, which administrators may read, hold none of it.
    await tx.query('select api.update_employee(2, p_email => $1, p_phone => $2, p_custom => $3)', [
      'anna@maskme.example',
      '+49 30 5550147',
      '{"passport": "PASS-8812"}',
    ]);
    await loadMarketplace(tx);
    await tx.query('update marketplace.usuarios set email = rol || id || $1, telefono = $2', ['@maskme.example', '+573007654321']);
    await tx.query(
      `insert into platform.users (user_id, login, display_name, email, role, status, locale, created_by, created_at)
       values ('u1', 'anna', 'Anna', $1, 'viewer', 'active', 'en', 'test', now())`,
      ['anna@maskme.example'],
    );
  });
  await refreshViews(qh.test.db, { cause: 'manual', full: true });
  const registered = {
    event_id: 'm',
    event_type: 'cliente.registrado',
    at: '2025-02-08T20:00:00-05:00',
    data: { cliente_id: '77777777-0000-4000-8000-000000000001', nombre: 'M', ciudad: 'Cali', canal: 'PUSH', email: 'm@maskme.example' },
  };
  expect((await qh.send('POST', '/api/v1/marketplace/events', { events: [registered] })).body).toMatchObject({ accepted: 1 });
  const all = (await qh.system.roles.list()).find(({ role }) => role === 'admin')!.scopes;
  const answer = await qh.send('PATCH', '/api/v1/admin/roles/planner', { scopes: all.filter((scope) => scope !== 'people:personal') });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  qh.system.roles.forget();
  key = (await qh.system.keys.create({ name: 'masked', role: 'planner', created_by: 'test' })).key;
});
afterAll(() => qh.close());

const relations = async (): Promise<string[]> => {
  const { body } = await qh.get('/api/v1/db/database/schema/info', key);
  return (body as { schema_info: { tables: { table_name: string }[] } }).schema_info.tables.map(({ table_name: name }) => name);
};

describe('without people:personal', () => {
  test('the values are there, whole for who may see them', async () => {
    expect(JSON.stringify((await qh.get('/api/v1/org/employees/2')).body)).toMatch(raw);
    expect(JSON.stringify((await qh.get('/api/v1/org/employees/2', key)).body)).toContain('a***@…');
    expect(JSON.stringify((await qh.get('/materialized-views/advisor-rankings')).body)).toMatch(raw);
  });

  test('no read operation shows one', async () => {
    const found: string[] = [];
    for (const operation of operations.filter(({ method }) => method === 'GET'))
      for (const { input } of [...operation.examples, { input: {} }]) {
        const { statusCode, body } = await qh.app.inject({
          url: addressOf(operation, input as Record<string, unknown>),
          headers: { 'x-api-key': key },
        });
        if (statusCode === 200 && raw.test(body))
          found.push(`${operation.name}: ${body.slice(Math.max(0, body.search(raw) - 200), body.search(raw) + 40)}`);
      }
    expect([...new Set(found)]).toEqual([]);
  });

  test('no table or view shows one by rows, nor lets it be guessed by a filter', async () => {
    const names = await relations();
    expect(names.length).toBeGreaterThan(60);
    const found: string[] = [];
    for (const name of names) {
      const { status, body } = await qh.get(`/api/v1/db/database/tables/${name}?limit=1000`, key);
      expect(status, `${name} ${JSON.stringify(body)}`).toBe(200);
      if (raw.test(JSON.stringify(body))) found.push(name);
    }
    expect(found).toEqual([]);
    for (const [table, filter] of [
      ['org.employees', "email eq 'anna@maskme.example'"],
      ['marketplace.usuarios', "telefono eq '+573007654321'"],
    ])
      expect((await qh.get(`/api/v1/db/database/tables/${table}?filter=${encodeURIComponent(filter!)}`, key)).status).toBeGreaterThanOrEqual(400);
  });

  test('no export of a table or of an operation writes one', async () => {
    const job = jobDefinitions.find(({ name }) => name === 'database.export')!;
    const { db, log, config, jobs } = qh.system;
    const personal = [
      'org.employees',
      'org.agents',
      'org.employee_loads',
      'marketplace.usuarios',
      'marketplace.eventos_sistema',
      'api.employees',
      'api.agents',
    ];
    const asked: object[] = [
      ...personal.map((name) => ({ table_name: name, format: 'jsonl' })),
      { operation: 'org.employees', input: {}, format: 'jsonl' },
      { operation: 'org.employees', input: {}, format: 'csv' },
    ];
    let written = 0;
    for (const body of asked) {
      const answer = await qh.send('POST', '/api/v1/db/database/bulk/export', body, key);
      if (answer.status >= 400) continue;
      const { export_id: exportId } = answer.body as { export_id: string };
      await job.run({ export_id: exportId }, { db, log, config, jobs, signal: new AbortController().signal, doer: jobDoer(job.name) });
      const text = await readFile(exportPath(config.dataDir, exportId), 'utf8');
      expect(text, path.basename(JSON.stringify(body))).not.toMatch(raw);
      written++;
    }
    expect(written).toBeGreaterThan(6);
    const csv = await qh.app.inject({ url: '/api/v1/org/employees/export', headers: { 'x-api-key': key } });
    expect(csv.body).not.toMatch(raw);
  });

  test('no view shows one to a SQL login', async () => {
    for (const role of ['read', 'api'] as const) {
      const client = new pg.Client({ connectionString: qh.test.url(role) });
      await client.connect();
      const { rows } = await client.query<{ name: string }>(
        `select c.relname as name from pg_class c where c.relnamespace = 'api'::regnamespace and c.relkind = 'v'`,
      );
      const found: string[] = [];
      for (const { name } of rows) {
        const { rows: shown } = await client.query(`select to_jsonb(t)::text as row from api.${name} t`);
        if (raw.test(JSON.stringify(shown))) found.push(name);
      }
      await client.end();
      expect(found, role).toEqual([]);
    }
  });
});
