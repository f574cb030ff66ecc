import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import { QhError } from '../errors.ts';
import type { ImportKind } from './kind.ts';
import { toWorkbook } from './to_workbook.ts';
import { toWorkbookInThread } from './to_workbook_in_thread.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'qh-to-workbook-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const started: Worker[] = [];
const note = (worker: Worker) => started.push(worker);
process.on('worker', note);
afterAll(() => process.off('worker', note));
const alive = () => started.filter((worker) => worker.threadId !== -1).length;

const kind: ImportKind = {
  name: 'calls',
  title: 'Calls',
  columns: [
    { header: 'At', name: 'at', kind: 'period' },
    { header: 'Line', name: 'line', kind: 'name' },
    { header: 'Calls', name: 'calls', kind: 'count' },
  ],
  signature: ['At', 'Calls'],
  check: 'none.check',
  load: 'none.load',
};
const input = (file: string) => ({ path: file, format: 'csv' as const, kind, columns: { Wann: 'at' } });
async function fileOf(name: string, text: string | Buffer): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  return file;
}
/** Of 44 bytes or more: 40,000 are enough for a thread. */
const lines = (count: number) => Array.from({ length: count }, (_, at) => `2025-05-01T00:00:00+03:00,Line ${at},${at}\r\n`).join('');

test('the thread writes the workbook that is written without it, byte by byte, and ends', async () => {
  const file = await fileOf('rows.csv', `Wann,Line,Calls\r\n${lines(40_000)}`);
  const plain = await toWorkbook(file, 'csv', kind, { Wann: 'at' });
  const expected = readFileSync(plain.path);
  await rm(plain.path);
  const made = await toWorkbookInThread(input(file));
  expect(started).toHaveLength(1);
  expect(made).toEqual(plain);
  expect(made.isUtc).toBe(true);
  expect(readFileSync(made.path).equals(expected)).toBe(true);
  expect(alive()).toBe(0);
});

test('what is refused there is refused here, and leaves no file', async () => {
  const before = started.length;
  const file = await fileOf('wide.csv', `At,Line,Calls\r\n${lines(40_000)}1,2,3,4\r\n`);
  const refused = await toWorkbookInThread(input(file)).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(QhError);
  expect(refused).toMatchObject({ code: 'unsupported_file', hint: 'Correct the file and send it again; nothing was imported.' });
  expect((refused as Error).message).toContain('line 40002 has 4 fields, the header 3');
  const latin = await fileOf('latin.csv', Buffer.from(`At,Line,Calls\r\n${lines(40_000)}1,\xe9,3\r\n`, 'latin1'));
  await expect(toWorkbookInThread(input(latin))).rejects.toThrow('it is not in UTF-8');
  await expect(toWorkbookInThread(input(path.join(folder, 'none.csv')))).rejects.toThrow('ENOENT');
  expect(existsSync(`${file}.xlsx`) || existsSync(`${latin}.xlsx`)).toBe(false);
  expect(started).toHaveLength(before + 2);
  expect(alive()).toBe(0);
});

test('a small file starts no thread, and is made or refused the same', async () => {
  const before = started.length;
  const file = await fileOf('small.csv', 'Wann,Line,Calls\r\n2025-05-01T00:00:00Z,A,1\r\n');
  expect(await toWorkbookInThread(input(file))).toEqual({ path: `${file}.xlsx`, isUtc: true });
  const wide = await fileOf('small-wide.csv', 'At,Line\r\n1,2,3\r\n');
  await expect(toWorkbookInThread(input(wide))).rejects.toMatchObject({ code: 'unsupported_file' });
  expect(existsSync(`${wide}.xlsx`)).toBe(false);
  expect(started).toHaveLength(before);
});

test('of a long file whose first rows are wanted no more is read, and blank rows are not counted', async () => {
  const before = started.length;
  const few = await toWorkbook(await fileOf('few.csv', `At,Line,Calls\r\n${lines(2)},,\r\n2025-05-01T00:00:00+03:00,C,3\r\n`), 'csv', kind);
  const rest = `2025-05-01T00:00:00+03:00,C,3\r\n${lines(40_000)}1,2,3,4\r\n`;
  const file = await fileOf('first.csv', `At,Line,Calls\r\n${lines(2)},,\r\n${rest}`);
  const made = await toWorkbookInThread({ ...input(file), rows: 3 });
  expect(made.isUtc).toBe(true);
  expect(readFileSync(made.path).equals(readFileSync(few.path))).toBe(true);
  await expect(toWorkbookInThread({ ...input(file), rows: 60_000 })).rejects.toThrow('line 40006 has 4 fields');
  expect(started).toHaveLength(before + 1);
});

test('an abort ends the thread and leaves no file', async () => {
  const file = await fileOf('long.csv', `At,Line,Calls\r\n${lines(200_000)}`);
  const abort = new AbortController();
  const making = toWorkbookInThread(input(file), abort.signal);
  while (!existsSync(`${file}.xlsx`)) await new Promise((resolve) => setTimeout(resolve, 5));
  abort.abort(new Error('the caller has gone'));
  await expect(making).rejects.toThrow('the caller has gone');
  expect(existsSync(`${file}.xlsx`)).toBe(false);
  expect(alive()).toBe(0);
  await expect(toWorkbookInThread(input(file), abort.signal)).rejects.toThrow('the caller has gone');
});
