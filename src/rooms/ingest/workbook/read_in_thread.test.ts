import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import { collect, collectFile } from '../../../../test/fixtures/staged_rows.ts';
import { writeReportWorkbook } from '../../../../test/fixtures/workbooks.ts';
import { importKinds } from '../../statistics/imports.ts';
import { readWorkbookInThread } from './read_in_thread.ts';
import { WorkbookRefused } from './refused.ts';
import { stagingColumns } from './staging.ts';

const folder = mkdtempSync(join(tmpdir(), 'qh-thread-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const file = join(folder, 'report.xlsx');
const started: Worker[] = [];
const note = (worker: Worker) => started.push(worker);
process.on('worker', note);
afterAll(() => process.off('worker', note));
/** Threads that were started here and have not ended. */
const alive = () => started.filter((worker) => worker.threadId !== -1).length;

test('the thread yields what the plain reader yields, to a slow reader too, and ends', async () => {
  await writeReportWorkbook(file, { rows: 30_000, projects: 20, callsPerDay: 30_000, title: true, level: 1 });
  const plain = await collectFile(file);
  expect(plain.rows).toHaveLength(30_000);
  let largest = 0;
  async function* slow() {
    for await (const event of readWorkbookInThread(file, { kinds: importKinds })) {
      if (event.type === 'rows') {
        // Ten more buffers wait behind the first one, more than may be on their way.
        if (largest === 0) expect(alive()).toBe(1);
        largest = Math.max(largest, event.copy.buffer.byteLength);
        expect(event.bytesRead).toBeLessThanOrEqual(event.bytesTotal);
      }
      await sleep(2);
      yield event;
    }
  }
  expect(await collect(slow())).toEqual(plain);
  expect(largest).toBeLessThan(400 * 1024);
  expect(alive()).toBe(0);
});

test('an early end, an abort and a refusal end the thread', async () => {
  for await (const event of readWorkbookInThread(file, { kinds: importKinds })) if (event.type === 'rows') break;
  expect(alive()).toBe(0);

  const abort = new AbortController();
  const reading = (async () => {
    for await (const event of readWorkbookInThread(file, { kinds: importKinds, signal: abort.signal }))
      if (event.type === 'rows') abort.abort(new Error('enough'));
  })();
  await expect(reading).rejects.toThrow('enough');
  expect(alive()).toBe(0);

  const empty = join(folder, 'empty.xlsx');
  await writeFile(empty, '');
  const refused = await collect(readWorkbookInThread(empty, { kinds: importKinds })).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(WorkbookRefused);
  expect(refused).toMatchObject({ code: 'unsupported_file', message: 'The file is empty.' });
  await expect(collect(readWorkbookInThread(join(folder, 'none.xlsx'), { kinds: importKinds }))).rejects.toThrow('ENOENT');
  expect(alive()).toBe(0);
});

test('the staging table has the columns that the lines have', () => {
  const [report, load] = importKinds;
  expect(stagingColumns(load!).map(({ name, type }) => `${name} ${type}`)).toEqual([
    'sheet smallint',
    'row_number int',
    'period timestamp',
    'source_name text',
    'unique_offered bigint',
    'offered bigint',
    'talk_avg_seconds bigint',
    'wrap_avg_seconds bigint',
    'raw jsonb',
  ]);
  expect(stagingColumns(report!)).toHaveLength(30);
});
