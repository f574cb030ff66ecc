import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadMarketplaceDemo } from '../../src/rooms/marketplace/demo.ts';
import { marketplaceNow } from '../fixtures/marketplace.ts';
import { skipWithout } from '../parts.ts';
import { done, eventually, openWeb, picture, seriousFindings, settle, type WebTest } from './browser.ts';
import { latinWords, overflow } from './words.ts';

describe.skipIf(skipWithout('chromium'))('the marketplace', () => {
  let web: WebTest;
  beforeAll(async () => {
    web = await openWeb();
    web.system.test.setNow(marketplaceNow);
    await loadMarketplaceDemo(web.system.test.db, 300);
  });
  afterAll(() => web.close());

  test('months as charts and as a table, the ranking, and what made the rank of one; the address leads back', async () => {
    const page = await web.page('/marketplace');
    await eventually(() => page.getByRole('application').count()).toBe(1);
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'marketplace-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'marketplace-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    // By keyboard: into the grid of the ranking, and Enter opens the advisor.
    const ranking = page.getByRole('grid', { name: 'Ranking of advisors' });
    await ranking.getByRole('gridcell').first().focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    const panel = page.getByRole('dialog');
    await eventually(() => panel.innerText()).toContain('What makes the rank');
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'marketplace-advisor-light');
    const again = await web.page(page.url().slice(web.base.length));
    await eventually(() => again.getByRole('dialog').innerText()).toContain('What makes the rank');
    await done(again);
    await page.keyboard.press('Escape');
    await eventually(() => panel.count()).toBe(0);
    await page.getByText('Table', { exact: true }).click();
    await eventually(() => page.getByRole('grid', { name: 'Months' }).innerText()).toContain('Requests');
    await eventually(() => page.url()).toContain('view=table');
    expect(await seriousFindings(page)).toEqual([]);
    await done(page);
  });

  test('a refresh from the page stands in the log; another time shows the next run; the rule of the ranking is kept', async () => {
    const page = await web.page('/refresh');
    const log = page.getByRole('grid', { name: 'Log' });
    await eventually(() => log.innerText()).toContain('demo data');
    expect(await log.innerText()).not.toContain('asked for');
    await page.getByRole('button', { name: 'Refresh now' }).click();
    await eventually(() => log.innerText()).toContain('asked for');
    await page.getByLabel('Time of the day (America/Bogota)').fill('04:45');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    // It is 10 February, 07:00 in Bogotá.
    await eventually(() => page.getByText('The next one:').innerText()).toContain('11/02/2025 04:45');
    await page.getByLabel('Least offers in 30 days').fill('5');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Save who is ranked' }).press('Enter');
    await eventually(async () => (await web.system.get('/api/v1/marketplace/ranking_minimum')).body).toMatchObject({
      minimum_offers: 5,
      advisors: 48,
    });
    await settle(page);
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'marketplace-refresh-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'marketplace-refresh-dark');
    await done(page);
  });

  test('a Russian and a Spanish reader find no English, also on a narrow screen', async () => {
    const advisors = (await web.system.get('/materialized-views/advisor-rankings?limit=500')).body as { asesor_nombre: string; ciudad: string }[];
    const names = advisors.flatMap(({ asesor_nombre, ciudad }) => `${asesor_nombre} ${ciudad}`.match(/\b[A-Za-z]{2,}\b/g) ?? []);
    const abroad = new Set(['COP', 'Bogota', 'America', ...names]);
    for (const address of ['/marketplace', '/refresh']) {
      const russian = await web.page(address, { language: 'ru' });
      expect(
        (await latinWords(russian)).filter((word) => !abroad.has(word)),
        address,
      ).toEqual([]);
      await picture(russian, `marketplace${address.replace('/', '-')}-ru`);
      await done(russian);
      const spanish = await web.page(address, { language: 'es', size: [390, 800] });
      // Reasons come from the database and are marked as English.
      await spanish.addStyleTag({ content: '[lang]:not(html) { display: none }' });
      const words = await spanish.evaluate(() => document.body.innerText);
      expect(words, address).not.toMatch(/\b(the|and|of|Requests|Months|Ranking of|Refresh|Save|Log|State|Rank)\b/);
      expect(await overflow(spanish), address).toBeLessThanOrEqual(0);
      await picture(spanish, `marketplace${address.replace('/', '-')}-es`);
      await done(spanish);
    }
  });

  test('a view that is one file is among the views, and filled by the next refresh', async () => {
    const guide = readFileSync(path.join(import.meta.dirname, '../../docs/guides/marketplace.md'), 'utf8');
    const [, file] = /```sql\n(create materialized view marketplace\.mv_demanda_ciudades[\s\S]*?)```/.exec(guide)!;
    const page = await web.page('/refresh');
    const views = page.getByRole('grid', { name: 'Views' });
    await eventually(() => views.innerText()).toContain('mv_ranking_asesores');
    expect(await views.innerText()).not.toContain('mv_demanda_ciudades');
    await web.system.test.owner.query(file!);
    await page.reload();
    const added = views.getByRole('row').filter({ hasText: 'mv_demanda_ciudades' });
    await eventually(() => added.count()).toBe(1);
    await eventually(() => added.innerText()).toMatch(/fine/);
    await page.getByRole('button', { name: 'Refresh now' }).click();
    const { total_rows: rows } = await filled();
    expect(rows).toBeGreaterThan(50);
    await eventually(() => added.innerText()).toMatch(new RegExp(`\\b${rows}\\b`));
    await eventually(() => views.innerText()).toContain('Read in 30 days');
    // What was asked for stands there once it was written down.
    await expect
      .poll(async () => (await web.system.get('/materialized-views/status')).body, { timeout: 30_000, interval: 500 })
      .toMatchObject({ views: [{ name: 'mv_demanda_ciudades', reads_count: 2 }, {}, {}] });
    await page.reload();
    await eventually(() => added.getByRole('gridcell').last().innerText()).toBe('2');
    await settle(page);
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'marketplace-added-view-light');
    await done(page);
  });

  async function filled(): Promise<{ total_rows: number }> {
    await eventually(async () => (await web.system.get('/materialized-views/status')).body).toMatchObject({
      views: [{ name: 'mv_demanda_ciudades', last_refresh: expect.any(String) }, {}, {}],
    });
    await web.system.get('/materialized-views/mv_demanda_ciudades/rows?limit=1');
    return (await web.system.get('/materialized-views/mv_demanda_ciudades/rows?limit=1')).body as { total_rows: number };
  }
});
