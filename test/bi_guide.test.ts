import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withLogin } from '../src/platform/db/url.ts';
import { openTestSystem, type TestSystem } from './system.ts';

/** docs/guides/bi.md, typed into psql with a login that was made as the page says. */

const run = promisify(execFile);
const guide = readFileSync(path.join(import.meta.dirname, '../docs/guides/bi.md'), 'utf8');
const blocks = [...guide.matchAll(/^```sql run\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);
const login = `bi_test_${process.pid}`;

let qh: TestSystem;
let url: string;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  const made = await qh.cli(['admin', 'create-sql-login', login, '--service-ids', '1', '--connection-limit', '3', '--json']);
  expect(made.error).toBe('');
  const { password } = JSON.parse(made.out) as { password: string };
  url = withLogin(qh.test.url('superuser'), { user: login, password });
});
afterAll(async () => {
  await qh.cli(['admin', 'drop-sql-login', login]);
  await qh.close();
});

const psql = async (text: string): Promise<string> => (await run('psql', ['-X', '-At', '-v', 'ON_ERROR_STOP=1', '-c', text, url])).stdout.trim();

test.each(blocks.map((block, at) => [`block ${at + 1}`, block] as const))('%s answers in psql', async (_name, block) => {
  expect((await psql(block)).split('\n')[0]).not.toBe('');
});

test('the login sees its service in every question, and the limits that were asked for', async () => {
  expect(blocks.length).toBe(4);
  expect(await psql('select distinct service_id from contact_statistics')).toBe('1');
  expect(await psql('show statement_timeout')).toBe('30s');
  expect(await psql('show default_transaction_read_only')).toBe('on');
  const listed = await qh.get('/api/v1/admin/sql_logins');
  expect((listed.body as { items: { login: string }[] }).items.find((entry) => entry.login === login)).toMatchObject({
    service_ids: [1],
    connection_limit: 3,
    statement_timeout_seconds: 30,
    work_mem_mb: 16,
    exists: true,
  });
  await expect(psql(`select api.create_service('X')`)).rejects.toThrow(/permission denied/);
});

test('a change holds from the next statement on, for who has no more to give than they have; a dropped login is out', async () => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  const services = async () =>
    (await client.query<{ service_id: number }>('select service_id from services order by 1')).rows.map((row) => row.service_id);
  expect(await services()).toEqual([1]);
  const path = `/api/v1/admin/sql_logins/${login}`;
  const { key } = await qh.system.keys.create({ name: 'narrow', role: 'admin', created_by: 'test', service_ids: [1] });
  expect((await qh.send('PATCH', path, { service_ids: [2] }, key)).status).toBe(404);
  expect((await qh.send('PATCH', path, { service_ids: null }, key)).status).not.toBe(200);
  expect((await qh.send('PATCH', path, { service_ids: [2] })).status).toBe(200);
  expect(await services()).toEqual([2]);
  expect((await qh.send('PATCH', '/api/v1/admin/sql_logins/qh_read', { connection_limit: 1 })).status).toBe(409);
  expect((await qh.send('DELETE', path)).status).toBe(200);
  await expect(services()).rejects.toThrow();
  expect((await qh.send('DELETE', path)).status).toBe(404);
  const audit = await qh.get(`/api/v1/admin/audit?object=login%3D${login}`);
  expect((audit.body as { items: { operation: string }[] }).items.map(({ operation }) => operation)).toContain('admin.drop_sql_login');
});
