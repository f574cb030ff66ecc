import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../app/catalogue.ts';
import { addressOf } from '../contract/client.ts';
import { FileAnswer } from '../contract/implement.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import { watched, type TakenOut } from './taken_out.ts';

/** Whoever takes data out as a file leaves an entry in the audit: what was asked for, how much it was, and its hash. */

let qh: TestSystem;
const batch = '01890000-0000-7000-8000-0000000000ff';
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
  await qh.test.owner.query(
    `insert into ingest.import_batches (batch_id, filename, sha256, file_bytes, status, created_by, created_at, updated_at)
     values ($1, 'wrong.csv', repeat('0', 64), 1, 'failed', 'test', platform.now(), platform.now())`,
    [batch],
  );
});
afterAll(() => qh.close());

interface Entry {
  seq: number;
  operation: string;
  object: string | null;
  principal_name: string | null;
  request_id: string | null;
  after: Record<string, unknown>;
}
const entries = () => qh.test.owner.query<Entry>('select * from platform.audit_log order by seq');
const last = async () => (await entries()).at(-1)!;
const fetched = (url: string) => qh.app.inject({ url, headers: { 'x-api-key': qh.adminKey } });

describe('a file of stored data', () => {
  test.each([
    ['org.export_employees', '/api/v1/org/employees/export?format=csv&department=CC', null, { format: 'csv', department: 'CC' }],
    ['org.export_employees', '/api/v1/org/employees/export', null, {}],
    ['org.export_employees', '/api/v1/org/employees/export?format=csv&search=Petrova', null, { format: 'csv', search: '***' }],
    ['admin.export_audit', '/api/v1/admin/audit/export?format=jsonl', null, { format: 'jsonl' }],
    ['ingest.batch_errors', `/api/v1/ingest/batches/${batch}/errors?format=csv`, `batch_id=${batch}`, { format: 'csv' }],
  ])('of %s leaves its entry: %s', async (operation, url, object, asked) => {
    const before = (await entries()).length;
    const file = await fetched(url);
    expect(file.statusCode, file.body).toBe(200);
    const taken = { is_complete: true, bytes: file.rawPayload.length, sha256: createHash('sha256').update(file.rawPayload).digest('hex') };
    expect((await entries()).length).toBe(before + 1);
    const entry = await last();
    expect(entry).toMatchObject({ operation, object, principal_name: 'test' });
    expect(entry.request_id).not.toBeNull();
    expect(entry.after).toEqual({ ...asked, ...taken });
  });

  test('that is broken off is noted with what had gone, once', async () => {
    const source = new Readable({ read() {} });
    source.push('abc');
    const noted: TakenOut[] = [];
    const file = watched(new FileAnswer('a.csv', 'text/csv', source), async (taken) => void noted.push(taken));
    await once(file.stream, 'readable');
    expect(String(file.stream.read())).toBe('abc');
    const closed = once(file.stream, 'close');
    file.stream.destroy();
    await closed;
    expect(noted).toEqual([{ is_complete: false, bytes: 3 }]);
    expect(source.destroyed).toBe(true);
  });

  test('does not end when its entry cannot be written', async () => {
    const source = new FileAnswer('a.csv', 'text/csv', Readable.from(['abc']));
    const file = watched(source, () => Promise.reject(new Error('the audit is closed')));
    await expect(text(file.stream)).rejects.toThrow('the audit is closed');
  });
});

test('a page, a refused file and a blank one leave none', async () => {
  const before = (await entries()).length;
  expect((await fetched(`/api/v1/ingest/batches/${batch}/errors`)).statusCode).toBe(200);
  expect((await fetched('/api/v1/org/employees/export?department=NONE')).statusCode).toBe(404);
  const template = operations.find(({ name }) => name === 'ingest.template')!;
  expect((await fetched(addressOf(template, {}))).statusCode).toBe(200);
  expect((await entries()).length).toBe(before);
});
