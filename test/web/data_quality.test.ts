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
    await page.getByText('Nothing was checked yet').waitFor();
    await page.getByRole('button', { name: 'Check now' }).click();
    await eventually(() => page.getByRole('grid', { name: 'Findings' }).innerText()).toContain('Every named source belongs to a queue.');
    await eventually(() => page.getByRole('button', { name: /Contact statistics/ }).innerText()).toMatch(/\d+\s*of 100/);
    await eventually(() => page.getByRole('img', { name: /^Contact statistics: from/ }).count()).toBe(1);
    await settle(page);
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
    await eventually(() => drawer.locator('pre').innerText()).toContain('from api.contact_statistics t');
    await eventually(() => page.url()).toContain('rule=contact_statistics.source_mapped');
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

  test('a rejected row is settled by keyboard alone, and stands in the log of repairs', async () => {
    await web.system.test.owner.query(`
      with batch as (
        insert into ingest.import_batches (batch_id, filename, sha256, file_bytes, service_id, service_code, status, rows_total, rows_rejected,
          created_by, created_at, updated_at, dry_run)
        values ('00000000-0000-7000-8000-000000000077', 'march.xlsx', repeat('0', 64), 1, 1, 'SUPPORT', 'completed_with_errors', 1, 1,
          'test', '2025-03-03Z', '2025-03-03Z', false)
        returning batch_id)
      insert into ingest.import_errors (batch_id, row_number, column_name, rule, severity, value, message, occurrences, created_at)
      select batch_id, 5, 'HC', 'HC_ABOVE_CDO', 'error', '12', 'HC is above CDO.', 1, '2025-03-03Z' from batch`);
    const page = await web.page('/data-quality');
    const cell = page.getByRole('grid', { name: 'Quarantine' }).getByRole('gridcell', { name: 'march.xlsx' });
    await cell.focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'march.xlsx, row 5' });
    await eventually(() => drawer.innerText()).toContain('HC is above CDO.');
    await settle(page);
    expect(await seriousFindings(page)).toEqual([]);
    await drawer.getByLabel('Note').focus();
    await page.keyboard.type('imported again');
    await eventually(() => drawer.getByLabel('Note').inputValue()).toBe('imported again');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await eventually(() => page.getByRole('grid', { name: 'Repairs' }).innerText()).toContain('repaired: imported again');
    await eventually(() => page.getByText('No rejected row is open').count()).toBe(1);
    await eventually(() => drawer.count()).toBe(0);
    await settle(page);
    expect(await seriousFindings(page)).toEqual([]);
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
