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

  test('all rows that fulfil the filters are exported by a job and downloaded', async () => {
    const page = await web.page(`${facts}&filters=offered:>=80&sort=-offered&columns=source_id,offered`);
    await page.getByRole('button', { name: 'Export', exact: true }).first().click();
    await page.getByRole('menuitem', { name: 'CSV' }).click();
    const link = page.getByRole('link', { name: 'Download' });
    await link.waitFor({ timeout: 20_000 });
    await picture(page, 'explorer-exported');
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(await readFile(await download.path(), 'utf8')).toBe('\ufeffsource_id,offered\r\n5,220\r\n1,190\r\n2,100\r\n3,80\r\n');
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
