import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithout } from '../parts.ts';
import { sharedPath, sharedDir } from '../shared.ts';
import { done, eventually, openWeb, picture, settle, type WebTest } from './browser.ts';
import { type Files, importFile, makeFiles } from './files.ts';

const counts = (page: Page) =>
  page
    .locator('dl')
    .first()
    .innerText()
    .then((text) => text.replaceAll(/\s+/g, ' '));

describe.skipIf(skipWithout('chromium'))('importing', () => {
  let web: WebTest;
  let files: Files;
  beforeAll(async () => {
    web = await openWeb();
    files = await makeFiles(['good', 'broken', 'empty', 'people']);
  });
  afterAll(async () => {
    await files[Symbol.asyncDispose]();
    await web.close();
  });

  test('the empty page says what it is for and how to begin', async () => {
    const page = await web.page('/import');
    await eventually(() => page.getByText('Nothing was imported yet').count()).toBe(1);
    await picture(page, 'import-empty-light');
    await done(page);
  });

  test('a file shows what was recognised before anything is stored, then its result, its chart, and can be undone', async () => {
    const page = await web.page('/import');
    await page.locator('input[type=file]').setInputFiles(files.good);
    await eventually(() => page.getByText('Argus report', { exact: true }).count()).toBeGreaterThan(0);
    await eventually(() => page.getByRole('columnheader', { name: 'SHC (-AC5)' }).count()).toBe(1);
    await eventually(() => page.getByRole('combobox', { name: 'Service', exact: true }).last().inputValue()).toBe('ЛИНИЯ');
    await eventually(() => page.getByText('No problem found').count()).toBe(1);
    await settle(page);
    await picture(page, 'import-preview-light');
    expect((await web.system.get('/api/v1/ingest/batches')).body).toMatchObject({ items: [] });

    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await eventually(() => page.getByRole('link', { name: 'Show the chart', exact: true }).count()).toBe(1);
    const { body } = await web.system.get('/api/v1/ingest/batches');
    const batch = (body as { items: Record<string, number | string>[] }).items[0]!;
    expect(batch.status).toBe('completed');
    await eventually(() => counts(page)).toContain(`New ${Number(batch.rows_inserted).toLocaleString('en-GB')}`);
    await eventually(() => page.getByText('Names that have no queue yet').count()).toBe(1);
    await settle(page);
    await picture(page, 'import-result-light');

    await page.getByRole('link', { name: 'Show the chart', exact: true }).click();
    await page.waitForURL('**/intervals?**from=2025-03-01&to=2025-03-07**');
    await page.goBack();
    await settle(page);

    await page.getByRole('button', { name: /^Undo the import of/ }).click();
    await eventually(() => page.getByText('Undone', { exact: true }).count()).toBeGreaterThan(0);
    expect((await web.system.get(`/api/v1/ingest/batches/${batch.batch_id}`)).body).toMatchObject({ status: 'undone' });
    await done(page);
  });

  test('an undone import can be done again at once', async () => {
    const page = await web.page('/import');
    await importFile(page, files.good);
    await page.getByRole('button', { name: 'Undo the import', exact: true }).click();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await eventually(
      async () => ((await web.system.get('/api/v1/ingest/batches?limit=1')).body as { items: { status: string }[] }).items[0]?.status,
    ).toBe('completed');
    await done(page);
  });

  test('wrong rows are named by cell, rule and value in the reader’s language, and can be downloaded', async () => {
    const page = await web.page('/import');
    await importFile(page, files.broken);
    await eventually(() => counts(page)).toContain('Rejected 3');
    await page.getByRole('link', { name: 'Details and errors' }).click();
    await eventually(() => page.getByRole('grid').innerText()).toContain('There is no such date or time');
    const grid = () => page.getByRole('grid').innerText();
    for (const words of ['Fewer calls than unique callers', 'A negative value', '32.03.2025 09:15:00']) await eventually(grid).toContain(words);
    await settle(page);
    await picture(page, 'import-errors-light');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.trim().split('\n')).toHaveLength(4);

    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitem', { name: 'Русский' }).click();
    await eventually(() => page.getByRole('grid').innerText()).toContain('Такой даты или времени не бывает');
    await done(page);
  });

  test('an empty workbook is refused with the reason, and nothing is stored', async () => {
    const page = await web.page('/import');
    await page.locator('input[type=file]').setInputFiles(files.empty);
    await eventually(() => page.getByRole('alert').count()).toBe(1);
    await eventually(() => page.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
    await picture(page, 'import-refused-light');
    await done(page);
  });

  test('several files may be dropped anywhere on the page', async () => {
    const page = await web.page('/import');
    const content = [...(await readFile(files.broken))];
    await page.evaluate((bytes) => {
      const transfer = new DataTransfer();
      for (const name of ['one.xlsx', 'two.xlsx']) transfer.items.add(new File([new Uint8Array(bytes)], name));
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }, content);
    await eventually(() => page.getByRole('region', { name: /^(one|two)\.xlsx$/ }).count()).toBe(2);
    // Neither name tells a service: it has to be given.
    await eventually(() => page.getByText('Choose one, or type the code of a new one').count()).toBe(2);
    const first = page.getByRole('region', { name: 'one.xlsx' });
    await first.getByRole('combobox', { name: 'Service', exact: true }).fill('NEW');
    await eventually(() => first.getByRole('button', { name: 'Import', exact: true }).isEnabled()).toBe(true);
    await done(page);
  });

  test('a browser that calls itself offline still asks the server, which stands in the same building', async () => {
    const page = await web.page('/import');
    await page.evaluate(() => window.dispatchEvent(new Event('offline')));
    await page.locator('input[type=file]').setInputFiles(files.good);
    await eventually(() => page.getByText('Argus report', { exact: true }).count()).toBeGreaterThan(0);
    await done(page);
  });

  test('a running import is found again after leaving the page', async () => {
    const page = await web.page('/import');
    await page.locator('input[type=file]').setInputFiles(files.good);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await eventually(() => page.getByText('ОтчетВходящиеПроекты-ЛИНИЯ-15м.xlsx').count()).toBeGreaterThan(0);
    await page.getByRole('link', { name: 'Services' }).click();
    await page.getByRole('link', { name: 'Import', exact: true }).click();
    await eventually(
      async () => ((await web.system.get('/api/v1/ingest/batches?limit=1')).body as { items: { status: string }[] }).items[0]?.status,
    ).toBe('completed');
    await eventually(() => page.getByRole('grid').innerText()).toContain('Imported');
    await done(page);
  });

  test('employees are recognised without service or interval, explained, shown and undone; every kind has its template', async () => {
    await web.system.send('POST', '/api/v1/org/departments', { department_code: 'CARE', department_name: 'Customer care' });
    const page = await web.page('/import');
    await page.getByRole('button', { name: 'Templates' }).click();
    const kinds = ((await web.system.get('/api/v1/ingest/kinds')).body as { items: unknown[] }).items;
    expect(kinds.length).toBeGreaterThan(3);
    await eventually(() => page.getByRole('menuitem').count()).toBe(kinds.length);
    await page.keyboard.press('Escape');
    await page.locator('input[type=file]').setInputFiles(files.people);
    const pending = page.getByRole('region', { name: 'сотрудники.xlsx' });
    await eventually(() => pending.getByRole('combobox', { name: 'Read as' }).inputValue()).toBe('Employees');
    await eventually(() => pending.innerText()).toContain('There is no such department');
    await eventually(() => pending.getByRole('combobox', { name: 'Service', exact: true }).count()).toBe(0);
    await eventually(() => pending.getByRole('combobox', { name: 'Interval' }).count()).toBe(0);
    await settle(page);
    await picture(page, 'import-employees-light');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await eventually(() => page.getByRole('link', { name: 'Show the employees' }).count()).toBe(1);
    await eventually(() => counts(page)).toContain('Rejected 1');
    await page.getByRole('link', { name: 'Show the employees' }).click();
    await eventually(() => page.getByRole('grid').innerText()).toContain('Петрова Анна');
    await page.goBack();
    await page.getByRole('button', { name: 'Undo the import of сотрудники.xlsx' }).click();
    await eventually(async () => ((await web.system.get('/api/v1/org/employees')).body as { items: unknown[] }).items).toEqual([]);
    await done(page);
  });

  test.skipIf(sharedDir === null)('the 26-column report of the call centre shows 878,925 calls at 77.6 %', async () => {
    const page = await web.page('/import');
    await importFile(page, sharedPath('data', 'argus', 'ОтчетВходящиеПроекты-ВТМ-15м.xlsx'));
    await page.getByRole('link', { name: 'Show the chart', exact: true }).click();
    const card = (name: RegExp) => () => page.getByRole('button', { name }).first().innerText();
    await eventually(card(/^Calls offered/)).toContain('878,925');
    await eventually(card(/^Service level/)).toContain('77.6');
    await done(page);
  });
});
