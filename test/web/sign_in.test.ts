import { afterAll, beforeAll, describe, test } from 'vitest';
import { skipWithout } from '../parts.ts';
import { done, eventually, openWeb, picture, type WebTest } from './browser.ts';

describe.skipIf(skipWithout('chromium'))('signing in', () => {
  let web: WebTest;
  beforeAll(async () => {
    web = await openWeb();
  });
  afterAll(() => web.close());

  test('a page that needs a key leads to the sign-in page and, with the key, back to itself', async () => {
    const page = await web.page('/import?service=X', { signedOut: true });
    await page.waitForURL('**/sign-in?next=**');
    await picture(page, 'sign-in-light');
    await page.getByText('Key', { exact: true }).click();
    await page.getByLabel('API key').fill(web.system.adminKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/import?service=X');
    await eventually(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('Import');
    await done(page);
  });

  test('a wrong key is refused with what to do about it', async () => {
    const page = await web.page('/sign-in?with=key', { signedOut: true });
    await page.getByLabel('API key').fill('qh_000000000000_wrong');
    await page.keyboard.press('Enter');
    await eventually(() => page.getByRole('alert').textContent()).toContain('Copy the whole key');
    await done(page);
  });

  test('after signing out the pages are closed again', async () => {
    const page = await web.page('/import');
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    await page.goto(`${web.base}/services`);
    await page.waitForURL('**/sign-in?next=**');
    await done(page);
  });

  test('a foreign address in next is not followed', async () => {
    const page = await web.page('/sign-in?with=key&next=//example.com/', { signedOut: true });
    await page.getByLabel('API key').fill(web.system.adminKey);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${web.base}/intervals`);
    await done(page);
  });
});
