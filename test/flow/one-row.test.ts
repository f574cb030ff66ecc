import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { channel } from '../../src/platform/notify/notify.ts';
import { jobDoer } from '../../src/platform/jobs/jobs.ts';
import { openListener, type Listener } from '../../src/platform/db/listen.ts';
import { readWorkbook } from '../../src/rooms/ingest/workbook/read_workbook.ts';
import { writeReport } from '../../src/rooms/ingest/workbook/write_report.ts';
import { ingestJobs } from '../../src/rooms/ingest/jobs.ts';
import { argusReport, importKinds } from '../../src/rooms/statistics/imports.ts';
import { openTestSystem, type TestSystem } from '../system.ts';

/** One row walks the whole way: upload, staging, facts, rollups, notification, answer. Each station is looked at. */

const row = [
  '03.03.2025 09:15',
  'ВТМ_Продажи',
  20,
  18,
  90,
  94.7,
  15,
  75,
  83.3,
  2,
  1,
  10,
  0,
  3600,
  0,
  180,
  3780,
  210,
  540,
  4320,
  240,
  270,
  15,
  42,
  33,
  16.5,
  29,
];
let qh: TestSystem;
let folder: string;
let file: string;
let listener: Listener;
const heard: { topic: string; batch_id?: string; status?: string }[] = [];

beforeAll(async () => {
  qh = await openTestSystem();
  folder = await mkdtemp(path.join(tmpdir(), 'qh-one-row-'));
  file = path.join(folder, 'ОтчетВходящиеПроекты-ВТМ-15м.xlsx');
  const title = 'Входящие проекты [ c 03.03.2025 по 03.03.2025(+5) ]';
  await pipeline(Readable.from(writeReport({ kind: argusReport, rows: [row], title })), createWriteStream(file));
  listener = await openListener({ url: qh.test.url('server'), applicationName: 'one row' });
  await listener.on(channel, (payload) => heard.push(JSON.parse(payload)));
});
afterAll(async () => {
  await listener.end();
  await qh.close();
  await rm(folder, { recursive: true, force: true });
});

let batchId: string;
let again: string;
const one = async (text: string, values: unknown[] = []) => (await qh.test.owner.query(text, values))[0];

test('1. the upload is received whole; batch and job are there together, and the answer is 202', async () => {
  const answer = await qh.app.inject({ method: 'POST', url: '/api/v1/ingest/batches', ...(await multipart(file)) });
  expect(answer.statusCode).toBe(202);
  batchId = (answer.json() as { batch_id: string }).batch_id;
  expect(batchId).toMatch(/^[0-9a-f-]{36}$/);
  expect(await one('select status, filename, service_code from ingest.import_batches where batch_id = $1', [batchId])).toEqual({
    status: 'queued',
    filename: path.basename(file),
    service_code: 'ВТМ',
  });
  expect(
    await qh.test.db.query(`select state from jobs.job where name = 'ingest.import_batch' and data ->> 'batch_id' = $1`, [batchId]),
  ).toHaveLength(1);
  expect(await readFile(path.join(qh.system.config.dataDir, 'uploads', `${batchId}.xlsx`))).toEqual(await readFile(file));
});

test('2. the header is found by content, and foreign names die there', async () => {
  const events = [];
  for await (const event of readWorkbook(file, { kinds: importKinds })) events.push(event);
  expect(events[0]).toMatchObject({
    type: 'sheet',
    kind: 'argus_report',
    headerRow: 3,
    title: { from: '2025-03-03', to: '2025-03-03', utcOffsetMinutes: 300 },
  });
  const rows = events.flatMap((event) => (event.type === 'rows' ? [event.copy.toString('utf8')] : []));
  expect(rows.join('')).toBe(
    '1\t4\t2025-03-03 09:15:00\tВТМ_Продажи\t20\t18\t90\t94.7\t15\t75\t83.3\t2\t1\t10\t0\t3600\t0\t180\t3780\t210\t540\t4320\t240\t270\t15\t42\t33\t16.5\t29\t\\N\n',
  );
});

test('3. the job checks the row and explains every other line of the file by its counts', async () => {
  await runJob(batchId);
  const { body } = await qh.get(`/api/v1/ingest/batches/${batchId}`);
  expect(body).toMatchObject({
    status: 'completed',
    layout: 'argus_report',
    interval_type: '15m',
    service: 'ВТМ',
    time_zone: 'Etc/GMT-5',
    detail: null,
    progress_pct: 100,
    rows_total: 3,
    rows_valid: 1,
    rows_ignored: 2,
    rows_rejected: 0,
    rows_inserted: 1,
    rows_updated: 0,
    rows_unchanged: 0,
  });
  expect((body as { warnings: { code: string }[] }).warnings.map(({ code }) => code)).toEqual(['SERVICE_CREATED', 'SOURCE_UNMAPPED']);
  expect((await qh.get(`/api/v1/ingest/batches/${batchId}/errors`)).body).toEqual({ items: [], next_cursor: null });
});

test('4. the fact stands in the partition of its month, under a source without a queue', async () => {
  expect(
    await one(
      `select f.tableoid::regclass::text as partition, f.interval_start_time at time zone 'UTC' as start, f.interval_minutes, f.offered, f.handled, f.talk_seconds,
         f.reported_service_level_pct, f.batch_id, s.kind, s.external_name, s.group_id
       from statistics.contact_statistics f join org.source_spans s on s.source_id = f.source_id`,
    ),
  ).toEqual({
    partition: 'statistics.contact_statistics_2025_03',
    start: '2025-03-03 04:15:00',
    interval_minutes: 15,
    offered: 20,
    handled: 18,
    talk_seconds: 3600,
    reported_service_level_pct: 75,
    batch_id: batchId,
    kind: 'report',
    external_name: 'ВТМ_Продажи',
    group_id: -1,
  });
});

test('5. the rollups are folded, and nothing is left to fold', async () => {
  expect(await one('select count(*) from statistics.touched_log')).toEqual({ count: 0 });
  const rollups = await qh.test.owner.query('select group_id, grain, offered from statistics.rollups where grain > 0 order by group_id, grain');
  expect(rollups).toEqual([-1, 0].flatMap((group_id) => [60, 1440, 43_200].map((grain) => ({ group_id, grain, offered: 20 }))));
});

test('6. subscribers heard of the batch and of the figures, once they were committed', () => {
  const batches = heard.filter(({ topic, batch_id }) => topic === 'ingest.batches' && batch_id === batchId).map(({ status }) => status);
  expect(batches[0]).toBe('queued');
  expect(batches.at(-1)).toBe('completed');
  expect(heard.filter(({ topic }) => topic === 'statistics.changed')).toHaveLength(1);
});

test('7. the question that a page asks is answered with the row’s figures', async () => {
  const query = 'service=ВТМ&start_time=2025-03-03T09:00&end_time=2025-03-03T10:00&interval_minutes=60';
  const { status, body } = await qh.get(encodeURI(`/api/v1/statistics/intervals?${query}`));
  expect(status).toBe(200);
  expect((body as { items: object[] }).items).toEqual([
    expect.objectContaining({ offered: 20, handled: 18, abandoned: 2, service_level_pct: 75, aht_seconds: 240, coverage_pct: 100 }),
  ]);
});

test('8. the same file again changes nothing', async () => {
  const answer = await qh.cli(['ingest', 'create-batch', file, '--json']);
  expect(answer.error).toBe('');
  again = (JSON.parse(answer.out) as { batch_id: string }).batch_id;
  await runJob(again);
  expect((await qh.get(`/api/v1/ingest/batches/${again}`)).body).toMatchObject({
    status: 'completed',
    rows_valid: 1,
    rows_inserted: 0,
    rows_updated: 0,
    rows_unchanged: 1,
  });
});

test('9. undone, the import is as if it had never been: the second one said the same, so the row stands until that is undone too', async () => {
  expect(await undo(batchId)).toMatchObject({ status: 200, body: { status: 'undone', rows_deleted: 0 } });
  expect(await one('select batch_id from statistics.contact_statistics')).toEqual({ batch_id: again });
  expect(await undo(again)).toMatchObject({ status: 200, body: { status: 'undone', rows_deleted: 1, rows_restored: 0 } });
  expect(await one('select count(*) from statistics.contact_statistics')).toEqual({ count: 0 });
  expect(await undo(again)).toMatchObject({ status: 409, body: { code: 'conflict' } });
});

const undo = (id: string) => qh.send('DELETE', `/api/v1/ingest/batches/${id}`);

/** Runs the job that the upload sent, as a worker would. */
async function runJob(id: string): Promise<void> {
  const job = ingestJobs(importKinds).find(({ name }) => name === 'ingest.import_batch')!;
  const { db, log, config, jobs } = qh.system;
  await job.run({ batch_id: id }, { db, log, config, jobs, signal: new AbortController().signal, doer: jobDoer(job.name) });
}

async function multipart(upload: string) {
  const boundary = 'one-row-boundary';
  const parts: Buffer[] = [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${path.basename(upload)}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
  ];
  for await (const chunk of createReadStream(upload)) parts.push(chunk as Buffer);
  parts.push(Buffer.from(`\r\n--${boundary}--\r\n`));
  return { payload: Buffer.concat(parts), headers: { 'x-api-key': qh.adminKey, 'content-type': `multipart/form-data; boundary=${boundary}` } };
}
