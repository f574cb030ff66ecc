import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithout } from '../parts.ts';
import { done, eventually, openWeb, picture, type WebTest } from './browser.ts';
import { importQuietly, makeFiles } from './files.ts';

interface Source {
  external_name: string;
  queue: string | null;
}

describe.skipIf(skipWithout('chromium'))('names and queues', () => {
  let web: WebTest;
  beforeAll(async () => {
    web = await openWeb();
    await using files = await makeFiles(['good']);
    await importQuietly(web.system, files.good);
    await web.system.send('POST', '/api/v1/org/queues', { service: 'ЛИНИЯ', group_code: 'SALES', group_name: 'Продажи' });
  });
  afterAll(() => web.close());

  const queuesOf = async () => {
    const { items } = (await web.system.get('/api/v1/org/sources?service=ЛИНИЯ')).body as { items: Source[] };
    return Object.fromEntries(
      items.filter(({ external_name }) => external_name !== '').map(({ external_name, queue }) => [external_name.slice(-3), queue]),
    );
  };
  const choose = (page: Page, name: string) => page.getByRole('checkbox', { name: `ВТМ_Проект ${name}` }).check();

  test('names without a queue are counted in the navigation and can be mapped together, with one undo', async () => {
    const page = await web.page('/sources?service=ЛИНИЯ');
    await eventually(() => page.getByTitle('5 names without a queue').count()).toBe(1);
    await picture(page, 'sources-light');
    await choose(page, '001');
    await choose(page, '002');
    await page.getByRole('combobox', { name: 'To which queue?' }).click();
    await page.getByRole('option', { name: 'Продажи' }).click();
    await page.getByRole('button', { name: 'Map', exact: true }).click();
    await eventually(queuesOf).toMatchObject({ '001': 'SALES', '002': 'SALES', '003': null });
    await eventually(() => page.getByTitle('3 names without a queue').count()).toBe(1);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await eventually(queuesOf).toMatchObject({ '001': null, '002': null });
    await done(page);
  });

  test('a queue is made by typing its name, and a mapping may begin on a date', async () => {
    const page = await web.page('/sources?service=ЛИНИЯ');
    await choose(page, '003');
    await page.getByRole('combobox', { name: 'To which queue?' }).fill('Новая очередь');
    await page.getByRole('option', { name: 'Make the queue “Новая очередь”' }).click();
    await page.getByLabel('Valid from').fill('04.03.2025');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Map', exact: true }).click();
    await eventually(queuesOf).toMatchObject({ '003': 'Новая очередь' });
    const { items } = (
      await web.system.get('/api/v1/statistics/intervals?service=ЛИНИЯ&by=queue&interval_minutes=1440&start_time=2025-03-01&end_time=2025-03-08')
    ).body as {
      items: { queue: string | null; interval_start: string }[];
    };
    expect(items.filter(({ queue }) => queue === 'Новая очередь')).toHaveLength(4);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await eventually(queuesOf).toMatchObject({ '003': null });
    await done(page);
  });

  test('a name can be dragged onto a queue', async () => {
    const page = await web.page('/sources?service=ЛИНИЯ&show=unmapped');
    await page
      .getByRole('listitem')
      .filter({ hasText: 'ВТМ_Проект 005' })
      .dragTo(page.getByRole('listitem').filter({ hasText: /^Продажи/ }));
    await eventually(queuesOf).toMatchObject({ '005': 'SALES' });
    await eventually(() => page.getByText('ВТМ_Проект 005').count()).toBe(0);
    await done(page);
  });
});
