import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithout } from '../parts.ts';
import { done, eventually, openWeb, picture, seriousFindings, settle, type WebTest } from './browser.ts';
import type { TestSystem } from '../system.ts';
import { importQuietly, makeFiles } from './files.ts';
import { brokenWords, cutFigures, latinWords, overflow } from './words.ts';

const pages = {
  'sign-in': '/sign-in',
  intervals: '/intervals?service=ЛИНИЯ&from=2025-03-05&to=2025-03-07&compare=before',
  table: '/intervals?service=ЛИНИЯ&view=table',
  queues: '/intervals?service=ЛИНИЯ&view=queues',
  number: '/intervals?service=ЛИНИЯ&open=service_level_pct@2025-03-03T09:00~2025-03-03T12:00',
  agents: '/agents',
  import: '/import',
  batch: '/import/{batch}',
  sources: '/sources?service=ЛИНИЯ',
  services: '/services',
  service: '/services?edit=ЛИНИЯ',
  quality: '/data-quality',
  employees: '/employees',
  employee: '/employees?open=1',
  department: '/organisation?open=1',
  fields: '/organisation?view=fields&open=*',
  health: '/system-health',
  missing: '/nowhere',
} as const;
type PageName = keyof typeof pages;
const names = Object.keys(pages) as PageName[];

const pictured = new Set([
  'intervals-dark',
  'number-dark',
  'intervals-ru',
  'import-ru',
  'sources-ru',
  'services-ru',
  'intervals-phone-ru',
  'employees-dark',
  'department-ru',
]);

/** An organisation without a word of Latin, so that what is English on a Russian page is the page's. */
async function makePeople(system: TestSystem): Promise<void> {
  const org = (path: string, body: object) => system.send('POST', `/api/v1/org/${path}`, body);
  await org('sites', { site_code: '10', site_name: 'Главный офис', time_zone: 'Asia/Yekaterinburg' });
  await org('positions', { position_code: '20', position_name: 'Оператор' });
  await org('departments', { department_code: '1', department_name: 'Контакт-центр', department_type: 'company', site: '10' });
  await org('departments', { department_code: '2', department_name: 'Первая линия', department_type: 'team', parent: '1' });
  const person = { hire_date: '2024-02-01', department: '2', position: '20' };
  await org('employees', { ...person, personnel_number: '1001', last_name: 'Петрова', first_name: 'Анна' });
  await org('employees', { ...person, personnel_number: '1002', last_name: 'Сидоров', first_name: 'Павел', supervisor: '1001' });
  await system.send('PATCH', '/api/v1/org/departments/1', { manager: '1001' });
}

describe.skipIf(skipWithout('chromium'))('every page', () => {
  let web: WebTest;
  let batch = '';
  beforeAll(async () => {
    web = await openWeb();
    await using files = await makeFiles(['good', 'broken']);
    await importQuietly(web.system, files.good);
    await importQuietly(web.system, files.broken);
    await makePeople(web.system);
    const { items } = (await web.system.get('/api/v1/ingest/batches')).body as { items: { batch_id: string }[] };
    batch = items[0]?.batch_id ?? '';
  });
  afterAll(() => web.close());
  const address = (name: PageName) => pages[name].replace('{batch}', batch);
  const view = (name: PageName) => ({ signedOut: name === 'sign-in' });

  test.each(names)('%s has no serious finding of axe, in light and in the dark', async (name) => {
    const page = await web.page(address(name), view(name));
    expect(await seriousFindings(page), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousFindings(page), 'dark').toEqual([]);
    if (pictured.has(`${name}-dark`)) await picture(page, `${name}-dark`);
    await done(page);
  });

  test.each(names)('%s speaks Russian without a word of English, and fits a laptop and a phone even so', async (name) => {
    const page = await web.page(address(name), { language: 'ru', ...view(name) });
    expect(await latinWords(page)).toEqual([]);
    await eventually(() => page.evaluate(() => document.documentElement.lang)).toBe('ru');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await cutFigures(page)).toEqual([]);
    expect(await brokenWords(page.getByRole('columnheader'))).toEqual([]);
    if (pictured.has(`${name}-ru`)) await picture(page, `${name}-ru`);
    await page.setViewportSize({ width: 390, height: 800 });
    await settle(page);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    if (pictured.has(`${name}-phone-ru`)) await picture(page, `${name}-phone-ru`);
    await done(page);
  });

  test.each(['ru', 'es'] as const)('no word of the navigation is broken in two in %s', async (language) => {
    const page = await web.page('/admin/people', { language });
    const links = page.locator('nav').first().getByRole('link');
    expect(await links.count()).toBeGreaterThan(8);
    expect(await brokenWords(links)).toEqual([]);
    await done(page);
  });

  test('Spanish is chosen in the page and stays', async () => {
    const page = await web.page('/services');
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitem', { name: 'Español' }).click();
    await eventually(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('Servicios');
    await page.reload();
    await settle(page);
    await eventually(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('Servicios');
    await done(page);
  });

  test('the keyboard reaches the content, the help and the pages', async () => {
    const page = await web.page('/intervals?service=ЛИНИЯ');
    await page.keyboard.press('Tab');
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await page.waitForURL('**/import**');
    await done(page);
  });

  test('the theme is chosen in the page and remembered', async () => {
    const page = await web.page('/services');
    await page.getByRole('button', { name: 'Appearance' }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    await page.reload();
    await settle(page);
    await eventually(() => page.evaluate(() => document.documentElement.dataset['mantineColorScheme'])).toBe('dark');
    await done(page);
  });

  test('the first load is under 300 kB of compressed script', async () => {
    const context = await web.browser.newContext();
    const page = await context.newPage();
    const scripts = new Set<string>();
    page.on('request', (request) => request.resourceType() === 'script' && scripts.add(new URL(request.url()).pathname.slice(1)));
    await context.request.post(`${web.base}/api/v1/admin/session`, { data: { key: web.system.adminKey } });
    await page.goto(`${web.base}/intervals?service=ЛИНИЯ`);
    await settle(page);
    const sizes = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../web/dist/sizes.json'), 'utf8')) as {
      file: string;
      gzip_bytes: number;
    }[];
    const bytes = sizes.filter(({ file }) => scripts.has(file)).reduce((sum, { gzip_bytes }) => sum + gzip_bytes, 0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(300_000);
    await context.close();
  });
});
