import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithout } from '../parts.ts';
import { done, eventually, openWeb, picture, seriousFindings, settle, type WebTest } from './browser.ts';

describe.skipIf(skipWithout('chromium'))('explorer', () => {
  let web: WebTest;
  beforeAll(async () => {
    web = await openWeb({ data: 'small' });
  });
  afterAll(() => web.close());

  const facts = '/explorer?table=statistics.contact_statistics';

  test('without a table it says what there is to choose, and a table is chosen by its name', async () => {
    const page = await web.page('/explorer');
    await page.getByRole('combobox', { name: 'Table or view' }).fill('org.serv');
    await picture(page, 'explorer-pick');
    await page.getByRole('option', { name: 'org.services' }).click();
    await eventually(() => page.getByRole('grid').innerText()).toContain('SUPPORT');
    expect(new URL(page.url()).searchParams.get('table')).toBe('org.services');
    expect(await seriousFindings(page)).toEqual([]);
    await done(page);
  });

  test('the filters and the order of the address are asked of the server', async () => {
    const page = await web.page(`${facts}&filters=offered:>=80&sort=-offered&columns=source_id,offered`);
    const cells = () => page.getByRole('gridcell').allInnerTexts();
    await eventually(cells).toEqual(['5', '220', '1', '190', '2', '100', '3', '80']);
    await picture(page, 'explorer-light');
    await done(page);
  });

  test('the order is that of the server: what is not known comes last', async () => {
    const page = await web.page(`${facts}&sort=unique_offered&columns=source_id,unique_offered`);
    const cells = async () => (await page.getByRole('gridcell').allInnerTexts()).slice(0, 10);
    await eventually(cells).toEqual(['5', '8', '6', '20', '6', '30', '5', '150', '1', '']);
    await done(page);
  });

  test('moments are found by whole days', async () => {
    const page = await web.page(`${facts}&columns=source_id,interval_start_time`);
    await page.getByRole('button', { name: 'Filter: interval_start_time' }).click();
    const rows = async (days: string, count: number) => {
      await page.getByRole('textbox', { name: 'Filter: interval_start_time' }).fill(days);
      await eventually(() => page.getByRole('gridcell').count()).toBe(2 * count);
    };
    await rows('>2025-03-03', 1);
    await rows('>=2025-03-03', 15);
    await rows('=2025-03-04', 1);
    await rows('<2025-03-04', 14);
    await rows('2025-03-04', 1);
    await rows('<=2025-03-03', 14);
    await rows('2025-03-03..2025-03-04', 15);
    await rows('2025-03-02..2025-03-02', 0);
    await done(page);
  });

  test('a filter that is half typed asks nothing, and one that is refused is told where it can be corrected', async () => {
    const page = await web.page(`${facts}&columns=source_id,offered`);
    const count = () => page.getByRole('gridcell').count();
    await eventually(count).toBe(30);
    await page.getByRole('button', { name: 'Filter: offered' }).click();
    const filter = page.getByRole('textbox', { name: 'Filter: offered' });
    await filter.fill('>');
    await settle(page);
    expect(await count()).toBe(30);
    await filter.fill('>1.5');
    await page.getByRole('alert').waitFor();
    await picture(page, 'explorer-refused');
    expect(await count()).toBe(0);
    expect(await filter.inputValue()).toBe('>1.5');
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await filter.fill('>=190');
    await eventually(() => page.getByRole('gridcell').allInnerTexts()).toEqual(['1', '190', '5', '220']);
    expect(await page.getByRole('alert').count()).toBe(0);
    await done(page);
  });

  test('on a phone, where nothing hovers, the filters are seen beside the names', async () => {
    const page = await web.page(`${facts}&columns=source_id,offered&sort=-offered`, { size: [375, 740], touch: true, language: 'ru', theme: 'dark' });
    const filter = page.getByRole('button', { name: 'Фильтр: offered' });
    expect(await filter.evaluate((element) => getComputedStyle(element).opacity)).toBe('1');
    const name = page.getByRole('columnheader', { name: 'offered' }).locator('button').first();
    const [icon, head] = [await filter.boundingBox(), await name.boundingBox()];
    expect(head!.x >= icon!.x + icon!.width || head!.x + head!.width <= icon!.x, JSON.stringify([icon, head])).toBe(true);
    await filter.tap();
    await page.getByRole('textbox').last().fill('>=190');
    await eventually(() => page.getByRole('gridcell').allInnerTexts()).toEqual(['5', '220', '1', '190']);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await picture(page, 'explorer-phone');
    expect(await seriousFindings(page)).toEqual([]);
    await done(page);
  });

  test('a table that is not there is told by its name', async () => {
    const page = await web.page('/explorer?table=org.nothing');
    expect(await page.getByRole('alert').innerText()).toContain('There is no table org.nothing');
    expect(await seriousFindings(page)).toEqual([]);
    await done(page);
  });

  test('all rows that fulfil the filters are exported by a job and downloaded', async () => {
    const page = await web.page(`${facts}&filters=offered:>=80&sort=-offered&columns=source_id,offered`);
    await page.getByRole('button', { name: 'Export', exact: true }).first().click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    const link = page.getByRole('link', { name: 'Download' });
    await link.waitFor({ timeout: 20_000 });
    await picture(page, 'explorer-exported');
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(await readFile(await download.path(), 'utf8')).toBe('\ufeffsource_id,offered\r\n5,220\r\n1,190\r\n2,100\r\n3,80\r\n');
    // The file holds what was asked then: it is offered beside no other rows.
    await page.getByRole('button', { name: 'Filter: offered' }).click();
    const filter = page.getByRole('textbox', { name: 'Filter: offered' });
    await filter.fill('>=190');
    await eventually(() => link.count()).toBe(0);
    await filter.fill('>=80');
    await eventually(() => link.count()).toBe(1);
    await done(page);
  });

  test.each(['ru', 'es'] as const)('speaks %s, also in the dark, without findings of axe', async (language) => {
    const page = await web.page(`${facts}&columns=source_id,offered,handled`, { language, theme: 'dark' });
    await settle(page);
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, `explorer-${language}`);
    await done(page);
  });
});
