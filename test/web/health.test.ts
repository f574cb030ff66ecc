import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSmall } from '../fixtures/small.ts';
import { skipWithout } from '../parts.ts';
import { done, eventually, openWeb, picture, seriousFindings, settle, type WebTest } from './browser.ts';
import { latinWords, overflow } from './words.ts';

describe.skipIf(skipWithout('chromium'))('the health of the database', () => {
  let web: WebTest;
  beforeAll(async () => {
    web = await openWeb();
    await loadSmall(web.system.test);
    const { owner } = web.system.test;
    // A broken rule, nine nights of figures, a month that was let go of, a policy, and a week in short.
    await owner.query(`select quality.set_threshold('connections.used', 0.1, 0.2, 'shown in a test')`);
    await owner.query(
      `insert into quality.validation_runs select platform.now() - n * interval '1 day', t.name, t.value + n * t.value / 20, t.target, 'ms', false, 'ok', null
       from generate_series(0, 8) n, (values ('point_query', 0.8, 10), ('range_query', 3, 100), ('aggregation_query', 14, 500)) t (name, value, target)`,
    );
    await owner.query(`insert into statistics.dropped_months values ('2023-01-01', 'contact_statistics', platform.now(), 1200, 500000)`);
    await owner.query(`select * from api.set_retention(24)`);
    await owner.query(`select quality.take_snapshot()`);
    await owner.query(`select * from quality.write_digest()`);
    await web.system.get('/api/v1/org/services');
  });
  afterAll(() => web.close());

  test('shows what is broken first, with evidence, advice and what repairs it, and can show nothing else', async () => {
    const page = await web.page('/system-health');
    const first = page.getByRole('region', { name: 'Checks' }).getByRole('listitem').first();
    await eventually(() => first.innerText()).toContain('The server has connections left.');
    await eventually(() => first.innerText()).toMatch(/\d+ of \d+ connections/);
    await eventually(() => first.innerText()).toContain('critical');
    await eventually(() => first.getByRole('button', { name: 'Copy' }).count()).toBe(1);
    await picture(page, 'health-light');
    const all = await page.getByRole('region', { name: 'Checks' }).getByRole('listitem').count();
    await page.getByText('Broken', { exact: true }).click();
    await page.waitForURL('**/system-health?show=broken');
    await eventually(() => page.getByRole('region', { name: 'Checks' }).getByRole('listitem').count()).toBeLessThan(all);
    await page.reload();
    await settle(page);
    await eventually(() => page.getByRole('radio', { name: 'Broken' }).isChecked()).toBe(true);
    await done(page);
  });

  test('shows promises over time, months on a line, jobs with their next run, and the week', async () => {
    const page = await web.page('/system-health', { size: [1280, 2400] });
    await eventually(() => page.getByRole('img', { name: '0.8 now, promised 10' }).count()).toBe(1);
    await eventually(() => page.getByTitle('2023-01: let go of, 1,200 rows').count()).toBe(1);
    await eventually(() => page.getByText('24 whole months of detail are kept').count()).toBe(1);
    const job = page.getByRole('row', { name: /^quality\.digest / });
    await eventually(() => job.innerText()).toMatch(/\d\d\/\d\d\/\d{4} \d\d:15/);
    await eventually(() => page.getByRole('region', { name: 'The week in short' }).innerText()).toContain('Failed imports');
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'health-whole');
    await done(page);
  });

  test.each([
    ['ru', 'У сервера остались свободные соединения.', 'Закройте соединения, которыми никто не пользуется, уменьшите QH_POOL_MAX'],
    ['es', 'Al servidor le quedan conexiones.', 'Cierre las conexiones que nadie usa, reduzca QH_POOL_MAX'],
  ] as const)('says in %s what holds and what to do; evidence and SQL stay as the server gives them', async (language, says, advice) => {
    const page = await web.page('/system-health', { language, size: [1280, 1000] });
    const checks = page.locator('section', { has: page.getByRole('radio') }).getByRole('listitem');
    const first = checks.first();
    await eventually(() => first.innerText()).toContain(says);
    const words = await first.innerText();
    expect(words).toContain(advice);
    expect(words).toMatch(/\d+ of \d+ connections/);
    await eventually(() => first.locator('code').allInnerTexts()).toContain('QH_POOL_MAX');
    const titles = await checks.locator('[class*="says"]').evaluateAll((all) => all.map((one) => one.querySelector('[lang]')?.textContent ?? ''));
    expect(titles.length).toBeGreaterThan(25);
    expect(titles.filter((title) => title !== '')).toEqual([]);
    if (language === 'ru') expect(await latinWords(page)).toEqual([]);
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, `health-checks-${language}`);
    await done(page);
  });

  test('a check that the pages have no words for is said as the server says it, and marked as English', async () => {
    const { owner } = web.system.test;
    const [{ made }] = (await owner.query<{ made: string }>(`select pg_get_functiondef('platform.backup_rules()'::regprocedure) as made`)) as [
      { made: string },
    ];
    await owner.query(made.replace("'backup.scheduled'", "'backup.added_later'"));
    const page = await web.page('/system-health', { language: 'ru' });
    const said = page.getByText('The last scheduled backup was made and verified.', { exact: true });
    expect(await said.getAttribute('lang')).toBe('en');
    await owner.query(made);
    await done(page);
  });

  test('in the dark, on a phone, in Russian', async () => {
    const page = await web.page('/system-health', { theme: 'dark', language: 'ru', size: [390, 800] });
    await eventually(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('Состояние');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, 'health-dark-ru');
    await done(page);
  });
});
