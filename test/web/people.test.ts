import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPeople } from '../fixtures/small.ts';
import { skipWithout } from '../parts.ts';
import { done, eventually, openWeb, picture, seriousFindings, settle, type WebTest } from './browser.ts';

describe.skipIf(skipWithout('chromium'))('people and their places', () => {
  let web: WebTest;
  beforeAll(async () => {
    web = await openWeb();
    web.system.test.setNow('2025-03-03T12:00:00Z');
    await loadPeople(web.system.test);
  });
  afterAll(() => web.close());

  type Item = Record<string, unknown>;
  const employee = async (id: number) => (await web.system.get(`/api/v1/org/employees/${id}`)).body as Item;
  const list = async (what: string) => ((await web.system.get(`/api/v1/org/${what}`)).body as { items: Item[] }).items;
  const department = async (code: string) => (await list('departments')).find((one) => one.department_code === code);
  const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  const choose = async (page: Page, label: string, option: RegExp | string) => {
    await page.getByRole('combobox', { name: label, exact: true }).last().click();
    await page.getByRole('option', { name: option }).last().click();
  };
  const grid = (page: Page) => page.getByRole('grid').innerText();

  test('employees are found by words, department and status, and the address keeps the filters', async () => {
    const page = await web.page('/employees');
    await eventually(() => grid(page)).toContain('Ivanova Olga');
    await eventually(() => grid(page)).not.toContain('Orlova');
    await settle(page);
    await picture(page, 'employees-light');
    await page.getByRole('textbox', { name: 'Name or number' }).fill('anna pet');
    await page.waitForURL('**search=anna+pet**');
    await eventually(() => grid(page)).not.toContain('Ivanova');
    await eventually(() => grid(page)).toContain('Petrova Anna');
    await page.goto(`${web.base}/employees?status=left`);
    await eventually(() => grid(page)).toContain('Orlova Vera');
    // As they were on a day, those who left since are there.
    await page.goto(`${web.base}/employees?active_on=2025-02-28&team=LINE-2`);
    await eventually(() => grid(page)).toContain('Orlova Vera');
    await eventually(() => grid(page)).not.toContain('Sidorov');
    await done(page);
  });

  test('what is filtered is exported in the columns of the import', async () => {
    const page = await web.page('/employees?department=LINE-1');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'CSV' }).click()]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
    expect(lines[0]).toContain('Personnel number');
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['1004', '1002']);
    await done(page);
  });

  test('the detail shows facts, custom fields and the history; it is opened by the address and by the keyboard', async () => {
    const page = await web.page('/employees?open=3');
    const detail = page.getByRole('dialog');
    await eventually(() => detail.innerText()).toContain('Company / Contact centre / Line two');
    await eventually(() => detail.innerText()).toContain('since 1 Mar 2025');
    await eventually(() => detail.innerText()).toContain('1 Jun 2023 – 28 Feb 2025');
    expect(await detail.innerText()).toContain('Head office · moved: New line');
    await settle(page);
    await picture(page, 'employee-light');
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await eventually(() => new URL(page.url()).searchParams.get('open')).toBe(null);
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await eventually(() => new URL(page.url()).searchParams.get('open')).toBe('4');
    await done(page);
  });

  test('a change is saved at once and taken back by undo', async () => {
    const page = await web.page('/employees?open=2');
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('First name').fill('Annette');
    await page.getByLabel('Badge').fill('B-1');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually(() => employee(2)).toMatchObject({ first_name: 'Annette', custom: { badge: 'B-1' } });
    await undo(page);
    await eventually(() => employee(2)).toMatchObject({ first_name: 'Anna', custom: { badge: 'A-17' } });
    await done(page);
  });

  test('moving writes the history from a day on; undo leaves no trace', async () => {
    const page = await web.page('/employees?open=4');
    const before = await list('employees/4/history');
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    await choose(page, 'Department', 'Line two');
    await page.getByLabel('From the day').fill('01.03.2025');
    await page.getByLabel('Reason').fill('New line');
    await page.getByRole('button', { name: 'Move', exact: true }).last().click();
    await eventually(() => employee(4)).toMatchObject({ department_code: 'LINE-2' });
    expect(await list('employees/4/history')).toMatchObject([{ valid_from: '2025-03-01', change_reason: 'New line' }, { valid_to: '2025-03-01' }]);
    await undo(page);
    await eventually(() => list('employees/4/history')).toEqual(before);
    await done(page);
  });

  test('leaving can be taken back', async () => {
    const page = await web.page('/employees?open=4&status=all');
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('button', { name: 'Leave' }).last().click();
    await eventually(() => employee(4)).toMatchObject({ leave_date: '2025-03-03' });
    await undo(page);
    await eventually(() => employee(4)).toMatchObject({ leave_date: null });
    await done(page);
  });

  test('a new employee is added, and what is wrong is told in place', async () => {
    const page = await web.page('/employees');
    await page.getByRole('button', { name: 'Add an employee' }).click();
    await page.getByLabel('Personnel number').fill('1001');
    await page.getByLabel('Last name').fill('Mora');
    await page.getByLabel('First name').fill('Inés');
    await page.getByRole('dialog').getByLabel('First day').fill('03.03.2025');
    await choose(page, 'Department', 'Line one');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually(() => page.getByRole('alert').innerText()).toContain('1001');
    await page.getByLabel('Personnel number').fill('1009');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually(() => list('employees?search=1009')).toMatchObject([{ full_name: 'Mora Inés', department_code: 'LINE-1' }]);
    await done(page);
  });

  test('my team is the filter of whoever is signed in', async () => {
    const { body } = await web.system.send('POST', '/api/v1/admin/users', { login: 'olga', role: 'supervisor', display_name: 'Olga' });
    const { token, user_id } = body as { token: string; user_id: string };
    await web.system.send('POST', '/api/v1/admin/invitations/accept', { token, password: 'a long enough word' }, null);
    await web.system.send('PATCH', '/api/v1/org/employees/1', { user_id });
    const page = await web.page('/sign-in', { signedOut: true });
    const answer = await page.request.post(`${web.base}/api/v1/admin/session`, { data: { login: 'olga', password: 'a long enough word' } });
    expect(answer.status()).toBe(200);
    await page.goto(`${web.base}/employees`);
    await eventually(() => grid(page)).toContain('Ivanova Olga');
    await page.getByRole('button', { name: 'My team' }).click();
    await page.waitForURL('**my_team=true**');
    await settle(page);
    await eventually(async () => (await grid(page)).match(/(?<!-)\b100\d\b/g)?.toSorted((a, b) => a.localeCompare(b))).toEqual([
      '1002',
      '1003',
      '1004',
      '1009',
    ]);
    await eventually(() => page.getByRole('button', { name: 'My team' }).getAttribute('aria-pressed')).toBe('true');
    await done(page);
  });

  test('the tree shows heads, deputies and counts, and is walked by the arrow keys', async () => {
    const page = await web.page('/organisation');
    await eventually(() => page.getByRole('tree').innerText()).toContain('Contact centre');
    const line = page.getByRole('treeitem', { name: /Line two/ });
    await eventually(() => line.innerText()).toContain('Petrova Anna (stands in)');
    await settle(page);
    await picture(page, 'organisation-light');
    await page.getByRole('treeitem', { name: /Company/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await eventually(() => page.getByRole('treeitem').count()).toBeLessThan(5);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await done(page);
  });

  test('a department is renamed, gets a head, moves and is made and deleted, each with undo', async () => {
    const page = await web.page('/organisation?open=BACK');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('textbox', { name: 'Name', exact: true }).fill('Documents');
    await drawer.getByRole('combobox', { name: 'Head', exact: true }).fill('sido');
    await page.getByRole('option', { name: /Sidorov Pavel/ }).click();
    await drawer.getByRole('button', { name: 'Save' }).click();
    await eventually(() => department('BACK')).toMatchObject({ department_name: 'Documents', manager_number: '1003' });
    await undo(page);
    await eventually(() => department('BACK')).toMatchObject({ department_name: 'Back office', manager_number: null });
    await choose(page, 'Lies in', /Contact centre/);
    await drawer.getByRole('button', { name: 'Move' }).click();
    await eventually(() => department('BACK')).toMatchObject({ parent_code: 'CC' });
    await undo(page);
    await eventually(() => department('BACK')).toMatchObject({ parent_code: 'COMPANY' });
    // What is made again is what the page knows: it has to have heard of the undo first.
    await eventually(() => drawer.innerText()).toContain('Company / Back office');
    await drawer.getByRole('button', { name: 'Delete' }).click();
    await eventually(() => department('BACK')).toBeUndefined();
    await undo(page);
    await eventually(() => department('BACK')).toMatchObject({ department_name: 'Back office', parent_code: 'COMPANY' });
    await done(page);
  });

  test('a deputy is named with first and last day, and called off by undo', async () => {
    const page = await web.page('/organisation?open=CC');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('combobox', { name: 'Who stands in' }).fill('keller');
    await page.getByRole('option', { name: /Keller Jonas/ }).click();
    const searches: string[] = [];
    page.on('request', (request) => searches.push(...(request.url().includes('search=Keller') ? [request.url()] : [])));
    await page.waitForTimeout(1_000);
    // A name that was chosen is not searched for once more.
    expect(searches).toEqual([]);
    expect(await drawer.getByRole('combobox', { name: 'Who stands in' }).inputValue()).toBe('Keller Jonas (1004)');
    await drawer.getByLabel('First day').fill('01.07.2025');
    await drawer.getByLabel('Last day').fill('14.07.2025');
    await drawer.getByRole('button', { name: 'Name a deputy' }).click();
    await eventually(() => list('deputies?department=CC')).toMatchObject([{ deputy_number: '1004', end_date: '2025-07-14', cancelled_at: null }]);
    await settle(page);
    await picture(page, 'department-light');
    await undo(page);
    await eventually(async () => (await list('deputies?department=CC'))[0]?.cancelled_at).not.toBe(null);
    await done(page);
  });

  test('sites, positions and custom fields are made and changed as data', async () => {
    const page = await web.page('/organisation?view=sites');
    await page.getByRole('button', { name: 'Make a site' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('textbox', { name: 'Name', exact: true }).fill('Yekaterinburg');
    await drawer.getByLabel('Code').fill('EKB');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await eventually(async () => (await list('sites')).map((site) => site.site_code)).toEqual(['EKB', 'HQ']);
    await page.goto(`${web.base}/organisation?view=positions&open=LEAD`);
    await drawer.getByLabel('Highest grade').fill('5');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await eventually(async () => (await list('positions')).find((one) => one.position_code === 'LEAD')?.max_grade).toBe(5);
    await page.goto(`${web.base}/organisation?view=fields`);
    await page.getByRole('button', { name: 'Declare a field' }).click();
    await drawer.getByRole('textbox', { name: 'Field', exact: true }).fill('headset');
    await choose(page, 'Type', 'choice');
    const choices = drawer.getByRole('textbox', { name: 'Choices' }).or(drawer.getByRole('combobox', { name: 'Choices' }));
    for (const choice of ['mono', 'stereo']) {
      await choices.fill(choice);
      await choices.press('Enter');
    }
    await drawer.getByLabel('Title in English').fill('Headset');
    await picture(page, 'custom-field-light');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await eventually(async () => (await list('custom_fields')).find((field) => field.field_name === 'headset')?.choices).toEqual(['mono', 'stereo']);
    await page.goto(`${web.base}/employees?open=2`);
    await page.getByRole('button', { name: 'Edit' }).click();
    await choose(page, 'Headset', 'stereo');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually(() => employee(2)).toMatchObject({ custom: { headset: 'stereo' } });
    await done(page);
  });
});
