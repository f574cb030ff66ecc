import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithout } from '../parts.ts';
import { done, eventually, openWeb, picture, seriousFindings, settle, type WebTest } from './browser.ts';

/** On the small organisation: A-1002 and A-1004 of LINE-1, A-1003 of LINE-2, on the morning of 3 March 2025. */
describe.skipIf(skipWithout('chromium'))('agents', () => {
  let web: WebTest;
  beforeAll(async () => {
    web = await openWeb({ data: 'small' });
  });
  afterAll(() => web.close());

  test('show their figures, and every number opens to its rows, formula and SQL', async () => {
    const page = await web.page('/agents?service=SUPPORT&range=day');
    const grid = page.getByRole('grid');
    await eventually(() => grid.innerText()).toContain('Petrova Anna');
    // Handle 1760 of that and ready 1290.
    const card = page.getByRole('button', { name: /^Occupancy [\d–]/ });
    await eventually(() => card.innerText()).toContain('57.7');
    await settle(page);
    await picture(page, 'agents-light');
    await card.click();
    await eventually(() => page.getByRole('dialog').innerText()).toContain('Occupancy of agents');
    await eventually(() => page.getByRole('dialog').getByRole('grid').innerText()).toContain('Keller Jonas');
    await page.getByRole('tab', { name: 'Formula' }).click();
    await eventually(() => page.getByRole('dialog').innerText()).toContain('Handle time divided by handle time and ready time.');
    await page.getByRole('tab', { name: 'SQL' }).click();
    await eventually(() => page.getByRole('dialog').innerText()).toContain('from api.agent_intervals(');
    await done(page);
  });

  test('are chosen by team and one by one, by the address', async () => {
    const page = await web.page('/agents?service=SUPPORT&range=day&team=LINE-2');
    const grid = page.getByRole('grid');
    await eventually(() => grid.innerText()).toContain('Sidorov Pavel');
    await eventually(() => grid.innerText()).not.toContain('Petrova Anna');
    await page.goto(`${web.base}/agents?service=SUPPORT&range=day`);
    await settle(page);
    await grid.getByText('Petrova Anna').click();
    await eventually(() => page.url()).toContain('agent=A-1002');
    await eventually(() => grid.innerText()).not.toContain('Keller');
    await done(page);
  });

  test('of a team of one’s own are none for who leads nobody, and that is said', async () => {
    const page = await web.page('/agents?service=SUPPORT&range=day');
    await page.getByRole('button', { name: 'My team' }).click();
    await page.waitForURL('**my_team=true**');
    await eventually(() => page.locator('main').innerText()).toContain('None of your people');
    await eventually(() => page.getByRole('button', { name: 'My team' }).getAttribute('aria-pressed')).toBe('true');
    await done(page);
  });

  test.each(['en', 'ru', 'es'] as const)('have no serious finding of axe in %s, in light and in the dark', async (language) => {
    const page = await web.page('/agents?service=SUPPORT&range=day', { language });
    expect(await seriousFindings(page), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousFindings(page), 'dark').toEqual([]);
    await done(page);
  });
});

describe.skipIf(skipWithout('chromium'))('agents before any activity', () => {
  test('teach how it comes in', async () => {
    await using web = await openWeb();
    const page = await web.page('/agents');
    await eventually(() => page.locator('main').innerText()).toContain('npx qh import agents.xlsx');
    await done(page);
  });
});
