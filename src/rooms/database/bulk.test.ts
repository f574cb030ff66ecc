import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';

/** Files out and back in, as callers do it: by HTTP, with the jobs running. */

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small', work: true });
});
afterAll(() => qh.close());

const base = '/api/v1/db/database/bulk';

interface Status {
  export_id: string;
  status: string;
  detail: string | null;
  sha256: string;
  file_bytes: number;
  rows_written: number;
  progress_pct: number;
}

async function exported(order: object, key?: string): Promise<{ status: Status; bytes: Buffer }> {
  const answer = await qh.send('POST', `${base}/export`, order, key);
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  const { export_id: id } = answer.body as { export_id: string };
  const status = await ended<Status>(`${base}/exports/${id}`, key);
  expect(status.status, status.detail ?? '').toBe('completed');
  const file = await qh.app.inject({ url: `${base}/exports/${id}/file`, headers: { 'x-api-key': key ?? qh.adminKey } });
  expect(file.statusCode).toBe(200);
  return { status, bytes: file.rawPayload };
}

async function ended<T extends { status: string }>(url: string, key?: string): Promise<T> {
  for (let look = 0; look < 200; look++) {
    const { body } = (await qh.get(url, key)) as { body: T };
    if (!['queued', 'running'].includes(body.status)) return body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not end`);
}

async function imported(content: string | Buffer, filename: string, fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), filename);
  const request = new Request('http://127.0.0.1/', { method: 'POST', body: form });
  const answer = await qh.app.inject({
    method: 'POST',
    url: `${base}/import`,
    headers: { 'x-api-key': qh.adminKey, 'content-type': request.headers.get('content-type')! },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  return { status: answer.statusCode, body: answer.json<Record<string, string>>() };
}

type Batch = {
  batch_id: string;
  status: string;
  detail: string | null;
  rows_total: number;
  rows_inserted: number;
  rows_unchanged: number;
  rows_rejected: number;
};
async function batchOf(content: string | Buffer, filename: string, fields: Record<string, string>): Promise<Batch> {
  const { status, body } = await imported(content, filename, fields);
  expect(status, JSON.stringify(body)).toBe(202);
  return ended<Batch>(`/api/v1/ingest/batches/${body.import_id}`);
}

describe('an export', () => {
  test('of a table is what its rows are, with the hash that is told', async () => {
    const { status, bytes } = await exported({ table_name: 'org.services', columns: ['service_id', 'service_code'], order: ['-service_id'] });
    expect(bytes.toString('utf8')).toBe('\ufeffservice_id,service_code\r\n2,SALES\r\n1,SUPPORT\r\n');
    expect(status.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(status).toMatchObject({ rows_written: 2, progress_pct: 100, file_bytes: bytes.length });
  });

  test('as JSON Lines has the rows of the generic operation, one a line', async () => {
    const { bytes } = await exported({ table_name: 'statistics.contact_statistics', filter: 'offered ge 80', format: 'jsonl' });
    const lines = bytes
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const { body } = (await qh.get('/api/v1/db/database/tables/statistics.contact_statistics?filter=offered%20ge%2080')) as {
      body: { items: unknown[] };
    };
    expect(lines).toEqual(body.items);
    expect(lines.length).toBe(4);
  });

  test('of an operation has the items of the operation', async () => {
    const input = { service: 'SUPPORT', start_time: '2025-03-03', end_time: '2025-03-04', interval_minutes: 60 };
    const { bytes } = await exported({ operation: 'statistics.intervals', input, format: 'jsonl' });
    const { body } = (await qh.get('/api/v1/statistics/intervals?service=SUPPORT&start_time=2025-03-03&end_time=2025-03-04&interval_minutes=60')) as {
      body: { items: unknown[] };
    };
    expect(
      bytes
        .toString('utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(body.items);
    expect(body.items.length).toBeGreaterThan(1);
  });

  test('as a workbook is a zip of one sheet', async () => {
    const { bytes } = await exported({ table_name: 'api.contact_statistics', format: 'xlsx' });
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
  });

  test('neutralises what a spreadsheet would take for a formula', async () => {
    await qh.test.owner.query(`update org.groups set group_name = '=1+1' where group_code = 'LINE_1'`);
    const { bytes } = await exported({ table_name: 'org.groups', columns: ['group_name'], filter: 'group_code eq LINE_1' });
    expect(bytes.toString('utf8')).toContain("'=1+1");
  });

  test('can be fetched in parts that make up the whole, and is not sent again to whoever has it', async () => {
    const { status, bytes } = await exported({ table_name: 'statistics.contact_statistics' });
    const url = `${base}/exports/${status.export_id}/file`;
    const part = async (headers: Record<string, string>) =>
      qh.app.inject({ url, headers: { 'x-api-key': qh.adminKey, 'accept-encoding': 'gzip', ...headers } });
    const [first, rest] = [await part({ range: 'bytes=0-99' }), await part({ range: 'bytes=100-', 'if-range': `"${status.sha256}"` })];
    expect([first.statusCode, rest.statusCode]).toEqual([206, 206]);
    expect(first.headers['content-range']).toBe(`bytes 0-99/${bytes.length}`);
    expect(Buffer.concat([first.rawPayload, rest.rawPayload]).equals(bytes)).toBe(true);
    // Another file stands there now: the whole of it.
    expect((await part({ range: 'bytes=100-', 'if-range': '"another"' })).statusCode).toBe(200);
    expect((await part({ range: `bytes=${bytes.length}-` })).statusCode).toBe(416);
    expect((await part({ 'if-none-match': `"${status.sha256}"` })).statusCode).toBe(304);
  });

  test('is there for nobody but whoever asked for it, with the rows that they may read', async () => {
    const { key } = await qh.system.keys.create({ name: 'sales', role: 'viewer', created_by: 'test', service_ids: [2] });
    const { status, bytes } = await exported({ table_name: 'statistics.contact_statistics', columns: ['service_id'] }, key);
    expect(bytes.toString('utf8')).toBe('\ufeffservice_id\r\n2\r\n2\r\n2\r\n');
    for (const url of [`${base}/exports/${status.export_id}`, `${base}/exports/${status.export_id}/file`])
      expect((await qh.get(url)).status).toBe(404);
    expect((await qh.send('DELETE', `${base}/exports/${status.export_id}`, undefined, key)).status).toBe(200);
    expect((await qh.get(`${base}/exports/${status.export_id}/file`, key)).status).toBe(404);
  });

  test('leaves its entry in the audit: who, what, which rows, how many, and the hash of the file; nothing personal', async () => {
    const order = {
      table_name: 'org.employees',
      columns: ['employee_id'],
      filter: `last_name ne 'Nobody Known' and employee_id ge 0`,
      format: 'jsonl',
    };
    const { status } = await exported(order);
    const { body } = (await qh.get('/api/v1/admin/audit?operation=database.bulk_export&limit=1000')) as {
      body: { items: Record<string, unknown>[] };
    };
    const entry = body.items.find(({ object }) => object === `export_id=${status.export_id}`);
    expect(entry).toMatchObject({ principal_kind: 'key', principal_name: 'test', object: `export_id=${status.export_id}` });
    expect(entry!.after).toEqual({
      table_name: 'org.employees',
      columns: ['employee_id'],
      filter: 'last_name ne *** and employee_id ge 0',
      format: 'jsonl',
      rows: status.rows_written,
      sha256: status.sha256,
    });
    expect(status.rows_written).toBeGreaterThan(0);
  });

  test.each([
    [{}, 400],
    [{ table_name: 'org.no_such' }, 404],
    [{ table_name: 'org.services', filter: 'no_such eq 1' }, 400],
    [{ table_name: 'org.services', filter: 'service_id eq x' }, 400],
    [{ operation: 'ingest.create_batch' }, 400],
    [{ operation: 'statistics.intervals', input: { no_such: 1 } }, 400],
    [{ operation: 'statistics.intervals', columns: ['offered'] }, 400],
  ])('that cannot be is refused at once: %o', async (order, status) => {
    expect((await qh.send('POST', `${base}/export`, order)).status).toBe(status);
  });
});

describe('an import', () => {
  const table = '/api/v1/db/database/tables/statistics.contact_statistics';
  /** The figures of a service, without what tells its sources and batches apart. */
  async function figuresOf(code: string): Promise<unknown[]> {
    return qh.test.owner.query(
      `select f.interval_start_time, s.external_name, f.interval_minutes, f.offered, f.handled, f.answered_in_threshold, f.abandoned, f.abandoned_in_5s, f.failed,
         f.talk_seconds, f.outbound_talk_seconds, f.hold_seconds, f.wrap_seconds, f.wait_handled_seconds, f.wait_abandoned_seconds, f.reported_aht_seconds
       from statistics.contact_statistics f join org.sources s using (source_id) join org.services v on v.service_id = f.service_id
       where v.service_code = $1 and s.kind = 'report' order by 1, 2`,
      [code],
    );
  }

  test.each(['csv', 'jsonl', 'xlsx'])('of the facts that were exported as %s gives the same facts', async (format) => {
    const source = await sourceService();
    const facts = { service: source, start_time: '2025-05-05', end_time: '2025-05-06' };
    const { bytes, status } = await exported({ operation: 'statistics.facts', input: facts, format });
    expect(status.rows_written).toBe(8);
    const columns = { interval_start_time: 'period', external_name: 'source_name' };
    expect((await qh.send('PUT', `${base}/mappings/facts`, { kind: 'argus_report', columns })).status).toBe(200);
    const target = `COPY_${format.toUpperCase()}`;
    const batch = await batchOf(bytes, `facts.${format}`, { kind: 'argus_report', mapping: 'facts', service: target, time_zone: 'UTC' });
    expect(batch, batch.detail ?? '').toMatchObject({ rows_inserted: 8, rows_rejected: 0 });
    expect(await figuresOf(target)).toEqual(await figuresOf(source));
    expect((await qh.get(table)).status).toBe(200);
  });

  let made: string | undefined;
  /** A service with two hours of a report, imported as a CSV with the canonical names. */
  async function sourceService(): Promise<string> {
    if (made !== undefined) return made;
    const header =
      'period,source_name,offered,handled,reported_handled_pct,reported_handled_less_short_abandons_pct,answered_in_threshold,reported_service_level_pct,reported_service_level_of_handled_pct,abandoned,abandoned_in_5s,reported_abandonment_pct,failed,talk_seconds,outbound_talk_seconds,hold_seconds,reported_handle_seconds,reported_aht_seconds,wrap_seconds,reported_handle_and_wrap_seconds,reported_aht_with_wrap_seconds,wait_handled_seconds,reported_wait_handled_avg_seconds,max_wait_handled_seconds,wait_abandoned_seconds,reported_wait_abandoned_avg_seconds,max_wait_abandoned_seconds';
    const lines = Array.from({ length: 8 }, (_, at) => {
      const moment = new Date(Date.UTC(2025, 4, 5, 8, at * 15)).toISOString().replace('.000Z', '+00:00');
      return `${moment},"Line, =one",10,10,100,100,8,80,80,0,0,0,0,${1000 + at},0,0,${1000 + at},${(1000 + at) / 10},100,${1100 + at},${(1100 + at) / 10},50,5,12,0,0,0`;
    });
    const batch = await batchOf(`\ufeff${header}\r\n${lines.join('\r\n')}\r\n`, 'made.csv', { kind: 'argus_report', service: 'MADE' });
    expect(batch, batch.detail ?? '').toMatchObject({ rows_total: 8, rows_inserted: 8, rows_rejected: 0 });
    made = 'MADE';
    return made;
  }

  test('of people that were exported gives the same people, whatever the mapping calls the columns', async () => {
    const people =
      'tab_no;surname;first_name;department;hire_date;email\r\n007;Ånström;Ada;Company;2024-02-01;ada@example.com\r\n008;=Bo;Ben;Company;2024-03-01;\r\n';
    const columns = { tab_no: 'personnel_number', surname: 'last_name' };
    expect((await qh.send('PUT', `${base}/mappings/payroll`, { kind: 'org_employees', columns })).status).toBe(200);
    const tried = await batchOf(people, 'people.csv', { kind: 'org_employees', mapping: 'payroll', dry_run: 'true' });
    expect(tried, tried.detail ?? '').toMatchObject({ rows_inserted: 2, rows_rejected: 0 });
    const employees = () =>
      qh.test.owner.query<object>(
        'select personnel_number, last_name, first_name, hire_date, email from org.employees where personnel_number like $1 order by 1',
        ['00%'],
      );
    expect(await employees()).toEqual([]);
    const batch = await batchOf(people, 'people.csv', { kind: 'org_employees', mapping: 'payroll' });
    expect(batch).toMatchObject({ rows_inserted: 2, rows_rejected: 0 });
    const before = await employees();
    expect(before).toEqual([
      { personnel_number: '007', last_name: 'Ånström', first_name: 'Ada', hire_date: '2024-02-01', email: 'ada@example.com' },
      { personnel_number: '008', last_name: '=Bo', first_name: 'Ben', hire_date: '2024-03-01', email: null },
    ]);
    for (const format of ['csv', 'jsonl', 'xlsx']) {
      const { bytes } = await exported({ operation: 'org.employees', format });
      const columnsOf = { department_path: 'department', department: null };
      await qh.send('PUT', `${base}/mappings/own`, { kind: 'org_employees', columns: columnsOf });
      const again = await batchOf(bytes, `people.${format}`, { kind: 'org_employees', mapping: 'own' });
      expect(again, `${format} ${again.detail ?? ''}`).toMatchObject({ rows_total: 7, rows_unchanged: 7, rows_rejected: 0 });
      expect(await employees()).toEqual(before);
    }
  });

  test('a mapping names columns of the kind and custom fields, and nothing else', async () => {
    const save = (columns: object) => qh.send('PUT', `${base}/mappings/custom`, { kind: 'org_employees', columns });
    expect(await save({ grade: 'custom_grade' })).toMatchObject({
      status: 400,
      body: { detail: 'columns: custom_grade is no column of org_employees' },
    });
    await qh.test.owner.query(`select api.set_custom_field('employee', 'grade', 'text', 'Grade', 'Разряд', 'Grado')`);
    expect((await save({ grade: 'custom_grade' })).status).toBe(200);
    expect((await save({ surname: 'last_nmae' })).status).toBe(400);
  });

  test('tells the rows that are wrong, by their line, and takes the others', async () => {
    const people = 'personnel_number,last_name,first_name,department,hire_date\n100,Good,Gil,Company,2024-02-01\n101,Bad,Bob,Company,31.02.2024\n';
    const batch = await batchOf(people, 'people.csv', { kind: 'org_employees' });
    expect(batch).toMatchObject({ rows_inserted: 1, rows_rejected: 1 });
    const { body } = (await qh.get(`/api/v1/ingest/batches/${batch.batch_id}/errors`)) as { body: { items: object[] } };
    expect(body.items).toEqual([expect.objectContaining({ row_number: 3, column_name: 'hire_date', severity: 'error' })]);
  });

  test.each([
    ['empty.csv', '', 'unsupported_file'],
    ['open.csv', 'a,b\n"x,1\n', 'unsupported_file'],
    ['wide.csv', 'personnel_number,last_name\n1,2,3\n', 'unsupported_file'],
    ['latin.csv', Buffer.from([97, 10, 0xe9, 10]), 'unsupported_file'],
    ['list.jsonl', '[1]\n', 'unsupported_file'],
    ['other.jsonl', '{"a": 1}\n{"b": 2}\n', 'unsupported_file'],
    ['what.doc', 'x', 'bad_request'],
  ])('of %s is refused and nothing is kept', async (name, content, code) => {
    expect((await imported(content, name, { kind: 'org_employees' })).body.code).toBe(code);
  });
});
