import { randomUUID } from 'node:crypto';
import { utimesSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { periods, reportRow, writeRows } from '../../../test/fixtures/report_rows.ts';
import { testImports, type TestImports } from '../../../test/fixtures/imports.ts';
import { openTestSystem, type TestSystem } from '../../../test/system.ts';
import type { Context } from '../../platform/contract/implement.ts';
import { FileAnswer } from '../../platform/contract/implement.ts';
import { localPrincipal } from '../../platform/auth/principal.ts';
import { effectOf } from '../../platform/http/idempotency.ts';
import { localFile } from '../../platform/http/local_file.ts';
import { clearUploads } from './clear_uploads.ts';
import { batchErrors, previewBatch, template } from './contract.ts';
import { readInbox } from './inbox.ts';

/** Files on their way in and out: the watched folder, previews, templates, downloads, what is kept. */

let qh: TestSystem;
let imports: TestImports;
const folder = (name: string) => path.join(imports.dataDir, name);
const rows = periods('2025-03-03T09:00', 4).map((period) => reportRow(period));

beforeAll(async () => {
  qh = await openTestSystem();
  imports = testImports(qh.test);
});
afterAll(() => qh.close());

const contextOf = (file?: Context['file']): Context => ({
  db: qh.test.db,
  principal: localPrincipal,
  log: qh.system.log,
  config: qh.system.config,
  jobs: qh.system.jobs,
  effect: effectOf(qh.test.db),
  file,
});

describe('the watched folder', () => {
  test('a file is imported once by its contents, then stands in done or failed with a text that says why', async () => {
    const inbox = folder('inbox');
    const name = 'ОтчетВходящиеПроекты-Ящик-15м.xlsx';
    await writeRows(path.join(inbox, name), rows);
    await writeFile(path.join(inbox, 'broken.xlsx'), 'no workbook');
    await writeFile(path.join(inbox, '~$open.xlsx'), 'lock file of Excel');
    await mkdir(path.join(inbox, 'OTHER'));
    await writeRows(path.join(inbox, 'OTHER', 'report-15м.xlsx'), [...rows, reportRow('03.03.2025 12:00', { failed: -1 })]);
    const results = await readInbox(inbox, { ...imports.services, createdBy: 'inbox' }, 10);
    expect(results.map(({ file, went }) => ({ file, went }))).toEqual([
      { file: path.join('OTHER', 'report-15м.xlsx'), went: 'done' },
      { file: 'broken.xlsx', went: 'failed' },
      { file: name, went: 'done' },
    ]);
    expect((await readdir(inbox)).toSorted()).toEqual(['OTHER', 'done', 'failed', '~$open.xlsx'].toSorted());
    expect(await readFile(path.join(inbox, 'failed', 'broken.txt'), 'utf8')).toContain('service');
    expect(await readFile(path.join(inbox, 'done', 'OTHER', 'report-15м.txt'), 'utf8')).toMatch(/rows_rejected 1[\s\S]*batch-errors/);
    await copyFile(path.join(inbox, 'done', name), path.join(inbox, 'the same again.xlsx'));
    const [again] = await readInbox(inbox, { ...imports.services, createdBy: 'inbox' }, 10);
    expect(again).toMatchObject({ went: 'done', text: expect.stringContaining('imported before') });
    expect(await imports.one(`select count(*) from ingest.import_batches where service_code = 'Ящик'`)).toEqual({ count: 1 });
  });

  test('a file that still grows is left alone', async () => {
    const inbox = folder('growing');
    const file = await writeRows(path.join(inbox, 'ОтчетВходящиеПроекты-Рост-15м.xlsx'), rows);
    let written = 0;
    const writing = setInterval(() => utimesSync(file, 1e9, 1e9 + written++), 5);
    try {
      expect(await readInbox(inbox, { ...imports.services, createdBy: 'inbox' }, 300)).toEqual([]);
    } finally {
      clearInterval(writing);
    }
    expect(await readdir(inbox)).toHaveLength(1);
  });
});

describe('a preview', () => {
  const preview = async (file: string, input: Record<string, unknown> = {}) =>
    JSON.parse((await qh.system.catalogue.run(previewBatch, input, contextOf(await localFile(file, qh.system.config.dataDir)))) as string) as Record<
      string,
      unknown
    >;

  test('shows what was recognised, the first rows with their state, and problems; nothing is kept', async () => {
    const title = 'Входящие проекты [ c 03.03.2025 по 03.03.2025(+5) ]';
    const file = await writeRows(
      folder('ОтчетВходящиеПроекты-Новый-15м.xlsx'),
      [...rows, reportRow('03.03.2025 12:00', { failed: -1 }), reportRow('Итого')],
      { title },
    );
    const shown = await preview(file);
    expect(shown).toMatchObject({
      layout: 'argus_report',
      interval_type: '15m',
      service: 'Новый',
      service_exists: false,
      time_zone: 'Etc/GMT-5',
      title,
      rows_checked: 6,
      rows_rejected: 1,
    });
    expect(shown.sheets).toEqual([expect.objectContaining({ header_row: 3, unknown_columns: [] })]);
    expect((shown.rows as { state: string; cells: string[] }[]).map(({ state }) => state)).toEqual([
      'valid',
      'valid',
      'valid',
      'valid',
      'rejected',
      'ignored',
    ]);
    expect((shown.rows as { cells: string[] }[])[0]!.cells.slice(0, 3)).toEqual(['03.03.2025 09:00', '20', '20']);
    expect((shown.problems as { rule: string }[]).map(({ rule }) => rule)).toEqual(['NEGATIVE_VALUE', 'NOT_A_DATA_ROW']);
    expect((shown.warnings as { code: string }[]).map(({ code }) => code)).toEqual(['SERVICE_NEW']);
    expect(await imports.one(`select count(*) from org.services where service_code = 'Новый'`)).toEqual({ count: 0 });
    expect((await preview(file, { rows: 2 })).rows).toHaveLength(2);
  });

  test('a file that cannot be read is refused at once', async () => {
    await writeFile(folder('no.xlsx'), 'no workbook');
    await expect(preview(folder('no.xlsx'))).rejects.toMatchObject({ code: 'unsupported_file' });
  });
});

test.each(['argus_load', 'argus_report'] as const)('the template of %s imports without a finding', async (layout) => {
  const answer = await qh.system.catalogue.run(template, { layout }, contextOf());
  if (!(answer instanceof FileAnswer)) throw new Error('no file');
  const file = folder(answer.filename);
  await writeFile(file, await buffer(answer.stream));
  const record = await imports.import(file, { service: `TEMPLATE ${layout}` });
  expect(record).toMatchObject({ status: 'completed', layout, rows_valid: 1 });
  expect(await imports.findings(record.batch_id)).toEqual([]);
});

describe('what was wrong, as a download', () => {
  test('csv and xlsx hold every finding; cells that look like formulas do no harm', async () => {
    const file = await writeRows(folder('bad-15м.xlsx'), [...rows, reportRow('03.03.2025 12:00', { failed: '=cmd()' })]);
    const { batch_id: id } = await imports.import(file, { service: 'BAD' });
    const { status, headers, body } = await qh.get(`/api/v1/ingest/batches/${id}/errors?format=csv`);
    expect(status).toBe(200);
    expect(headers['content-disposition']).toContain(`errors-${id}.csv`);
    expect(body).toMatch(/NOT_A_NUMBER/);
    expect(body).not.toMatch(/(^|[,;])"?=cmd/m);
    const answer = await qh.system.catalogue.run(batchErrors, { batch_id: id, format: 'xlsx' }, contextOf());
    if (!(answer instanceof FileAnswer)) throw new Error('no file');
    expect((await buffer(answer.stream)).subarray(0, 2).toString()).toBe('PK');
  });

  test('pages like every list, by severity and rule; an unknown batch is 404 in every form', async () => {
    const bad = Array.from({ length: 5 }, (_, i) => reportRow('03.03.2025 12:00', { source_name: `P${i}`, failed: -1 }));
    const { batch_id: id } = await imports.import(await writeRows(folder('pages-15м.xlsx'), [...rows, ...bad]), { service: 'PAGES' });
    const first = (await qh.get(`/api/v1/ingest/batches/${id}/errors?severity=error&rule=NEGATIVE_VALUE&limit=3`)).body as {
      items: object[];
      next_cursor: string;
    };
    const second = (await qh.get(`/api/v1/ingest/batches/${id}/errors?severity=error&limit=3&cursor=${first.next_cursor}`)).body as {
      items: object[];
      next_cursor: null;
    };
    expect([first.items.length, second.items.length, second.next_cursor]).toEqual([3, 2, null]);
    for (const format of ['json', 'csv', 'xlsx'])
      expect((await qh.get(`/api/v1/ingest/batches/${randomUUID()}/errors?format=${format}`)).status).toBe(404);
  });
});

test('an uploaded file is kept for as many days as the setting says; what broken uploads left goes after a day', async () => {
  const { batch_id: id } = await imports.import(await writeRows(folder('keep-15м.xlsx'), rows), { service: 'KEEP' });
  const upload = path.join(imports.dataDir, 'uploads', `${id}.xlsx`);
  const part = path.join(imports.dataDir, 'uploads', 'left.part');
  await writeFile(part, 'half');
  await utimes(part, 1e9, 1e9);
  await clearUploads(imports.services);
  expect((await stat(upload)).size).toBeGreaterThan(0);
  await expect(stat(part)).rejects.toMatchObject({ code: 'ENOENT' });
  await qh.test.owner.query(`update ingest.import_batches set finished_at = finished_at - interval '31 days' where batch_id = $1`, [id]);
  await clearUploads(imports.services);
  await expect(stat(upload)).rejects.toMatchObject({ code: 'ENOENT' });
  expect((await imports.one('select file_deleted_at is not null as noted from ingest.import_batches where batch_id = $1', [id])).noted).toBe(true);
});
