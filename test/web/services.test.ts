import { afterAll, beforeAll, describe, test } from 'vitest';
import { skipWithout } from '../parts.ts';
import { done, eventually, openWeb, picture, type WebTest } from './browser.ts';

describe.skipIf(skipWithout('chromium'))('services', () => {
  let web: WebTest;
  beforeAll(async () => {
    web = await openWeb({ data: 'small' });
  });
  afterAll(() => web.close());

  const service = async (code: string) =>
    ((await web.system.get('/api/v1/org/services')).body as { items: Record<string, unknown>[] }).items.find((one) => one.service_code === code);

  test('settings are changed in a form that the address opens, and changed back by undo', async () => {
    const page = await web.page('/services?edit=SUPPORT');
    const before = await service('SUPPORT');
    await page.getByLabel('Target of the service level, %').fill('91');
    await page.getByRole('button', { name: 'API: up' }).click();
    await picture(page, 'services-light');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually(() => service('SUPPORT')).toMatchObject({ target_service_level_pct: 91, kind_precedence: ['report', 'api', 'live', 'load'] });
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await eventually(() => service('SUPPORT')).toMatchObject({
      target_service_level_pct: before?.target_service_level_pct,
      kind_precedence: before?.kind_precedence,
    });
    await done(page);
  });

  test('a service can be made', async () => {
    const page = await web.page('/services');
    await page.getByRole('button', { name: 'Make a service' }).click();
    await page.getByRole('textbox', { name: 'Code' }).fill('BILLING');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually(() => service('BILLING')).toMatchObject({ service_name: 'BILLING' });
    await eventually(() => page.getByRole('grid').innerText()).toContain('BILLING');
    await done(page);
  });

  test('deleting wants the code typed', async () => {
    const page = await web.page('/services?edit=SALES');
    const remove = page.getByRole('button', { name: 'Delete for good' });
    await page.getByLabel('Type SALES to confirm').fill('SALE');
    await eventually(() => remove.isDisabled()).toBe(true);
    await page.getByLabel('Type SALES to confirm').fill('SALES');
    await remove.click();
    await eventually(() => service('SALES')).toBeUndefined();
    await done(page);
  });

  test('merging moves the figures into the other service', async () => {
    await web.system.send('POST', '/api/v1/org/services', { service_code: 'OLD' });
    const page = await web.page('/services?edit=OLD');
    await page.getByRole('combobox', { name: 'Into' }).click();
    await page.getByRole('option', { name: /SUPPORT/ }).click();
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await eventually(() => service('OLD')).toBeUndefined();
    await done(page);
  });
});
