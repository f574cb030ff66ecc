import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { jobDefinitions } from '../../app/catalogue.ts';
import { uploadPath } from '../../rooms/ingest/uploads.ts';
import { jobDoer } from './jobs.ts';

/** In whose name the audit has what a job changed: whoever asked for it, else the job. */

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small', work: true, backups: true });
});
afterAll(() => qh.close());

/** Who stands behind the last entry of an operation. */
const who = async (operation: string) => {
  const [row] = await qh.test.owner.query<{ who: string }>(
    `select principal_kind || ' ' || principal_id || ' ' || coalesce(principal_name, '-') as who
     from platform.audit_log where operation = $1 order by seq desc limit 1`,
    [operation],
  );
  return row?.who ?? null;
};
const comes = (operation: string, wanted: string) => expect.poll(() => who(operation), { timeout: 20_000, interval: 100 }).toBe(wanted);
const runAlone = (name: string) => {
  const { log, config, jobs } = qh.system;
  const job = jobDefinitions.find((one) => one.name === name)!;
  return job.run({}, { db: qh.test.db, log, config, jobs, signal: new AbortController().signal, doer: jobDoer(name) });
};

const head = 'Personnel number,Last name,First name,Department,Hire date';
function upload(rows: string) {
  const part = `content-disposition: form-data; name="file"; filename="people.csv"\r\ncontent-type: text/csv`;
  return {
    method: 'POST' as const,
    url: '/api/v1/ingest/batches',
    payload: `--x\r\n${part}\r\n\r\n${head}\n${rows}\r\n--x--\r\n`,
  };
}
const form = { 'content-type': 'multipart/form-data; boundary=x' };
const changedBy = async (number: string) => {
  const [row] = await qh.test.owner.query<{ changed_by: string }>(
    `select h.changed_by from org.employee_org_history h join org.employees e using (employee_id) where e.personnel_number = $1`,
    [number],
  );
  return row?.changed_by;
};

test('what a person or a key sent stands under them, in the audit by id and in the history of moves by name', async () => {
  const login = 'planning.paula';
  const { token, user_id: userId } = await qh.test.db.transaction((tx) => qh.system.users.invite(tx, { login, role: 'planner' }, 'test'));
  await qh.system.users.accept(token, 'four words of mine', (work) => qh.test.db.transaction(work));
  const { headers } = await qh.app.inject({ method: 'POST', url: '/api/v1/admin/session', payload: { login, password: 'four words of mine' } });
  const cookie = String(headers['set-cookie']).split(';')[0]!;
  const sent = await qh.app.inject({ ...upload('7001,Job,Ada,CC,2024-05-01'), headers: { ...form, cookie, 'sec-fetch-site': 'same-origin' } });
  expect(sent.statusCode, sent.body).toBe(202);
  await comes('ingest.import_batch', `user ${userId} -`);
  expect(await changedBy('7001')).toBe('planning.paula');

  const made = await qh.system.keys.create({ name: 'Nightly people', role: 'admin', created_by: 'test' });
  const byKey = await qh.app.inject({ ...upload('7002,Job,Ben,CC,2024-05-01'), headers: { ...form, 'x-api-key': made.key } });
  expect(byKey.statusCode, byKey.body).toBe(202);
  await comes('ingest.import_batch', `key ${made.key_id} Nightly people`);
  expect(await changedBy('7002')).toBe('Nightly people');

  expect((await qh.send('POST', '/materialized-views/scheduler/trigger-refresh', {}, made.key)).status).toBeLessThan(300);
  await comes('marketplace.refresh', `key ${made.key_id} Nightly people`);
  expect((await qh.send('POST', '/api/v1/admin/backups', {}, made.key)).status).toBe(202);
  await comes('backup.create', `key ${made.key_id} Nightly people`);
  await comes('backup.verify', `key ${made.key_id} Nightly people`);
});

test('the name of a person does not wait with the job, so that erasing them reaches it', async () => {
  const rows = await qh.test.owner.query<{ data: string }>(`select data::text from jobs.job where data ? 'asked_by'`);
  expect(rows.length).toBeGreaterThan(2);
  expect(rows.filter(({ data }) => data.includes('paula'))).toEqual([]);
});

test('an import that is taken up after a crash still is its sender’s', async () => {
  const made = await qh.system.keys.create({ name: 'Died', role: 'admin', created_by: 'test' });
  const asked = JSON.stringify({ kind: 'key', id: made.key_id });
  const [sent] = await qh.test.owner.query<{ id: string }>(`select batch_id as id from ingest.import_batches where created_by = 'planning.paula'`);
  // As the process that died left it: the batch waits, and no job knows of it.
  const [left] = await qh.test.owner.query<{ id: string }>(
    `insert into ingest.import_batches (batch_id, filename, sha256, file_bytes, status, created_by, asked_by, created_at, updated_at)
     select gen_random_uuid(), 'left.csv', sha256, file_bytes, 'queued', 'Died', $1, now() - interval '1 hour', now() - interval '1 hour'
     from ingest.import_batches where batch_id = $2 returning batch_id as id`,
    [asked, sent!.id],
  );
  const { dataDir } = qh.system.config;
  await copyFile(uploadPath(dataDir, sent!.id), uploadPath(dataDir, left!.id));
  await runAlone('ingest.take_up');
  expect(await who('ingest.import_batch')).toBe(`key ${made.key_id} Died`);
});

test('what nobody asked for stands under the name of the job', async () => {
  await mkdir(qh.system.config.excelDir, { recursive: true });
  await writeFile(path.join(qh.system.config.excelDir, 'people.csv'), `${head}\n7003,Job,Cid,CC,2024-05-01\n`);
  for (let n = 0; n < 3 && (await changedBy('7003')) === undefined; n++) await runAlone('ingest.read_inbox');
  expect(await changedBy('7003')).toBe('ingest.read_inbox');
  expect(await who('ingest.import_batch')).toBe('job ingest.read_inbox ingest.read_inbox');

  await qh.test.owner.query(`insert into platform.settings values ('backup', '{"scheduled": true, "verify": false}', now())`);
  await runAlone('backup.create');
  expect(await who('backup.create')).toBe('job backup.create backup.create');
});

test('a session of the server carries no name that it was not given', async () => {
  const shown = () => qh.test.db.query<{ name: string }>(`select current_setting('qh.principal', true) as name`);
  await qh.test.db.as({ 'qh.principal': 'somebody' }).query('select 1');
  for (const [row] of await Promise.all(Array.from({ length: 16 }, shown))) expect(row!.name).toBe('');
});
