import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithout } from '../parts.ts';
import { done, eventually, openWeb, picture, seriousFindings, settle, type WebTest } from './browser.ts';

describe.skipIf(skipWithout('chromium'))('data quality', () => {
  let web: WebTest;
  beforeAll(async () => {
    web = await openWeb({ data: 'small' });
  });
  afterAll(() => web.close());

  test('before the first check the page teaches, and its button checks; scores, findings and history appear', async () => {
    const page = await web.page('/data-quality');
    expect(await page.getByText('Nothing was checked yet').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Check now' }).click();
    await eventually(() => page.getByRole('grid', { name: 'Findings' }).innerText()).toContain('Every named source belongs to a queue.');
    await settle(page);
    expect(await page.getByRole('button', { name: /Contact statistics/ }).innerText()).toMatch(/\d+\s*of 100/);
    await eventually(() => page.getByRole('img', { name: /^Contact statistics: from/ }).count()).toBe(1);
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'data-quality-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'data-quality-dark');
    await done(page);
  });

  test('a finding opens its rows and the SQL that finds them; the address leads back there, Back closes it', async () => {
    const page = await web.page('/data-quality?table=contact_statistics');
    await page.getByRole('gridcell', { name: 'Every named source belongs to a queue.' }).click();
    const drawer = page.getByRole('dialog', { name: 'Every named source belongs to a queue.' });
    await eventually(() => drawer.getByRole('grid').innerText()).toContain('New name');
    expect(await drawer.locator('pre').innerText()).toContain('from api.contact_statistics t');
    expect(page.url()).toContain('rule=contact_statistics.source_mapped');
    await settle(page);
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'data-quality-rows-light');
    const again = await web.page(page.url().slice(web.base.length));
    await eventually(() => again.getByRole('dialog').getByRole('grid').innerText()).toContain('New name');
    await done(again);
    await page.goBack();
    await eventually(() => drawer.count()).toBe(0);
    await done(page);
  });

  test('a Russian and a Spanish reader get the rules in their words', async () => {
    const russian = await web.page('/data-quality', { language: 'ru' });
    await eventually(() => russian.getByRole('grid', { name: 'Замечания' }).innerText()).toContain('Каждое имя из отчётов связано с очередью.');
    await picture(russian, 'data-quality-ru');
    await done(russian);
    const spanish = await web.page('/data-quality', { language: 'es' });
    await eventually(() => spanish.getByRole('grid', { name: 'Hallazgos' }).innerText()).toContain('Cada fuente con nombre pertenece a una cola.');
    await done(spanish);
  });
});
