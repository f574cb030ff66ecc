import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jobDefinitions } from '../../src/app/catalogue.ts';
import { skipWithout } from '../parts.ts';
import { done, eventually, openWeb, picture, seriousFindings, settle, type WebTest } from './browser.ts';
import { brokenWords, latinWords, overflow } from './words.ts';

const password = 'four words of mine';

describe.skipIf(skipWithout('chromium'))('administration', () => {
  let web: WebTest;
  beforeAll(async () => {
    web = await openWeb({ data: 'small', backups: true });
  });
  afterAll(() => web.close());

  type Item = Record<string, unknown>;
  const items = async (path: string) => ((await web.system.get(`/api/v1/admin/${path}`)).body as { items: Item[] }).items;
  const person = async (login: string) => (await items(`users?search=${login}`))[0];
  const heading = (page: Page) => page.getByRole('heading', { level: 1 }).innerText();
  const menu = (page: Page) => page.getByRole('navigation', { name: 'Rooms' }).innerText();
  const choose = async (page: Page, field: string, option: string) => {
    await page.getByRole('combobox', { name: field }).last().click();
    await page.getByRole('option', { name: option }).click();
    // A list of several stays open.
    await page.keyboard.press('Tab');
  };
  const signIn = async (page: Page, login: string, word: string) => {
    await page.getByRole('textbox', { name: 'Login' }).fill(login);
    await page.getByRole('textbox', { name: 'Password' }).fill(word);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };

  test('a person is invited, sets a password by the link, and sees only what is theirs', async () => {
    const page = await web.page('/admin/people');
    await page.getByRole('button', { name: 'Invite somebody' }).first().click();
    await page.getByRole('textbox', { name: 'Login' }).fill('anna@example.com');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Anna Berg');
    await choose(page, 'Role', 'Supervisor');
    await page.getByRole('button', { name: 'Make the link' }).click();
    const link = page.getByRole('textbox', { name: 'Link', exact: true });
    await eventually(() => link.inputValue()).toContain('/accept#');
    const address = new URL(await link.inputValue());
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await eventually(() => page.getByRole('grid').innerText()).toContain('Anna Berg');
    await done(page);

    const theirs = await web.page(address.pathname + address.hash, { signedOut: true });
    await eventually(() => theirs.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Anna Berg');
    await theirs.getByRole('textbox', { name: 'Your password' }).fill('password1234');
    await theirs.getByRole('button', { name: 'Save and sign in' }).click();
    await theirs.getByText('Too short, easily guessed').waitFor();
    await picture(theirs, 'accept-light');
    await theirs.getByRole('textbox', { name: 'Your password' }).fill(password);
    await theirs.getByRole('button', { name: 'Save and sign in' }).click();
    await theirs.waitForURL('**/intervals**');
    await eventually(() => menu(theirs)).toContain('Import');
    await eventually(() => menu(theirs)).not.toContain('Administration');
    await theirs.goto(`${web.base}/admin/people`);
    await eventually(() => theirs.getByRole('alert').innerText()).toContain('Your role may not do this');
    await theirs.goto(web.base + address.pathname + address.hash);
    await theirs.getByText('This link no longer works').waitFor();
    await done(theirs);
  });

  test('they sign in by password, read what they may do, and choose their language', async () => {
    const page = await web.page('/sign-in?next=/profile', { signedOut: true });
    await signIn(page, 'Anna@Example.com', password);
    await page.waitForURL('**/profile');
    await eventually(() => page.getByRole('region', { name: 'Who I am' }).innerText()).toContain('See e-mail addresses and phones whole');
    await eventually(() => page.getByRole('region', { name: 'Sessions' }).innerText()).toMatch(/Chrome · Linux[\s\S]*This one/);
    await picture(page, 'profile-light');
    await page.getByRole('button', { name: 'End 1 other session' }).click();
    await page.getByText('1 session ended.').waitFor();
    await choose(page, 'Language', 'Русский');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually(() => heading(page)).toBe('Профиль');
    await eventually(() => person('anna')).toMatchObject({ locale: 'ru' });
    await page.getByLabel('Текущий пароль').fill('not this one');
    await page.getByRole('textbox', { name: 'Новый пароль' }).fill('other four words');
    await page.getByRole('button', { name: 'Сменить пароль' }).click();
    await page.getByText('Это не ваш текущий пароль').waitFor();
    await done(page);
  });

  test('after five failures the page says for how long; an administrator ends the lock', async () => {
    const page = await web.page('/sign-in', { signedOut: true });
    for (let n = 0; n < 5; n++) await web.system.send('POST', '/api/v1/admin/session', { login: 'anna@example.com', password: 'wrong' }, null);
    await signIn(page, 'anna@example.com', password);
    await eventually(() => page.getByRole('alert').innerText()).toMatch(/The next one is possible in (1 minute|\d+ seconds)/);
    const { user_id } = (await person('anna')) as { user_id: string };
    const admin = await web.page(`/admin/people?person=${user_id}`);
    await picture(admin, 'people-light');
    await admin.getByRole('button', { name: 'End the lock' }).click();
    await eventually(() => person('anna')).toMatchObject({ status: 'active' });
    await signIn(page, 'anna@example.com', password);
    await page.waitForURL('**/intervals**');
    await admin.getByRole('button', { name: 'Disable' }).click();
    await eventually(() => person('anna')).toMatchObject({ status: 'disabled' });
    await admin.getByRole('button', { name: 'Undo', exact: true }).click();
    await eventually(() => person('anna')).toMatchObject({ status: 'active' });
    await done(admin);
    await page.context().close();
  });

  test('a key is made narrow, works, is replaced and revoked; the audit tells it field by field and is intact', async () => {
    const page = await web.page('/admin/keys?key=*');
    await page.getByRole('textbox', { name: 'What it is for' }).fill('Wallboard');
    await choose(page, 'Operations', 'admin.whoami');
    await choose(page, 'Services', 'SUPPORT');
    await page.getByRole('textbox', { name: 'Works until' }).fill('31.12.2040');
    await page.getByRole('button', { name: 'Make a key' }).last().click();
    const secret = page.getByRole('textbox', { name: 'Key', exact: true });
    await eventually(() => secret.inputValue()).toMatch(/^qh_/);
    const key = await secret.inputValue();
    await picture(page, 'key-once-light');
    const { status, body } = await web.system.get('/api/v1/admin/whoami', key);
    expect({ status, body }).toMatchObject({ status: 200, body: { role: 'viewer', operations: ['admin.whoami'], service_ids: [1] } });
    await page.getByRole('button', { name: 'I have kept it' }).click();
    const keyId = key.split('_')[1]!;
    await page.goto(`${web.base}/admin/keys?key=${keyId}`);
    // To the end of that day in Yekaterinburg.
    expect((await items('keys')).find(({ name }) => name === 'Wallboard')).toMatchObject({ expires_at: '2040-12-31T18:59:59+00:00' });
    await eventually(() => page.getByRole('textbox', { name: 'Works until' }).inputValue()).toBe('31.12.2040');
    await page.getByRole('textbox', { name: 'What it is for' }).fill('Big wallboard');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually(async () => (await items('keys')).map(({ name }) => name)).toContain('Big wallboard');
    await page.getByRole('button', { name: 'Make the successor' }).click();
    await eventually(() => secret.inputValue()).toMatch(/^qh_/);
    expect((await web.system.get('/api/v1/admin/whoami', key)).status).toBe(200);
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByRole('button', { name: 'Revoke: are you sure?' }).click();
    await eventually(async () => (await web.system.get('/api/v1/admin/whoami', key)).status).toBe(401);
    await done(page);

    const trail = await web.page(`/admin/audit?object=key_id=${keyId}`);
    await eventually(() => trail.getByRole('grid').innerText()).toContain('admin.revoke_key');
    await trail.getByRole('gridcell', { name: 'admin.update_key' }).click();
    const row = trail.getByRole('dialog').getByRole('row', { name: /^name/ });
    await eventually(() => row.innerText()).toMatch(/Wallboard\s+Big wallboard/);
    await picture(trail, 'audit-light');
    await trail.keyboard.press('Escape');
    await trail.getByRole('button', { name: 'Verify' }).click();
    await trail.getByText('Intact').waitFor();
    const csv = await trail.getByRole('link', { name: 'CSV' }).getAttribute('href');
    expect(String((await web.system.get(csv!)).body)).toContain('admin.revoke_key');
    await done(trail);
  });

  test('a role is changed by a click and changed back by undo', async () => {
    const page = await web.page('/admin/roles');
    await picture(page, 'roles-light');
    const scopes = async () =>
      ((await web.system.get('/api/v1/admin/roles')).body as { role: string; scopes: string[] }[]).find(({ role }) => role === 'viewer')?.scopes;
    await page.getByRole('checkbox', { name: 'Viewer: See imports' }).click();
    await eventually(scopes).toContain('ingest:read');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await eventually(scopes).not.toContain('ingest:read');
    await eventually(() => page.getByRole('checkbox', { name: /^Administrator: Change people/ }).isDisabled()).toBe(true);
    await done(page);
  });

  test.each(['en', 'ru', 'es'] as const)('the name of no role is broken in two in %s', async (language) => {
    const page = await web.page('/admin/roles', { language });
    const heads = page.getByRole('columnheader');
    expect(await heads.count()).toBeGreaterThan(7);
    expect(await brokenWords(heads)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await done(page);
  });

  test('a person is erased only when the name is typed, and the certificate is shown', async () => {
    const page = await web.page('/admin/personal');
    await choose(page, 'Whom', 'Anna Berg');
    const erase = page.getByRole('button', { name: 'Erase for good' });
    await page.getByLabel(/^Type “Anna Berg/).fill('Anna');
    await eventually(() => erase.isDisabled()).toBe(true);
    await page.getByLabel(/^Type “Anna Berg/).fill('Anna Berg (anna@example.com)');
    await erase.click();
    await page.getByRole('cell', { name: /platform\.users\.login/ }).waitFor();
    await picture(page, 'personal-light');
    await eventually(() => person('anna')).toBeUndefined();
    await done(page);
  });

  test('a backup is made and verified from the page', async () => {
    const page = await web.page('/admin/backups');
    await page.getByText('There is no backup yet').waitFor();
    await page.getByRole('button', { name: 'Back up now' }).first().click();
    await eventually(() => page.getByRole('gridcell', { name: 'Verified', exact: true }).count()).toBe(1);
    await picture(page, 'backups-light');
    await eventually(() => page.getByRole('region', { name: 'Bring one back' }).innerText()).toMatch(/qh backup restore \S+\d{8}T\d{6}Z --into/);
    await done(page);
  });

  const words = new Set('Support Sales Big Wallboard erased JSON Lines Chrome Linux boris Boris wallboard admin whoami'.split(' '));
  // A job that did something is named in the audit as everywhere; which have run by now depends on the clock.
  for (const { name } of jobDefinitions) for (const word of name.split(/[._]/)) words.add(word);
  test(
    'every page of it has no serious finding of axe, speaks Russian without English, and fits a laptop and a phone',
    { timeout: 180_000 },
    async () => {
      const page = await web.page('/sign-in', { language: 'ru' });
      const { body } = await web.system.send('POST', '/api/v1/admin/users', { login: 'boris', role: 'analyst', display_name: 'Boris' });
      const { user_id } = body as { user_id: string };
      const addresses = ['/sign-in', '/sign-in?with=key', '/accept#not-a-link-that-anybody-made', '/profile', '/admin/roles', '/admin/audit'];
      for (const address of [...addresses, `/admin/people?person=${user_id}`, '/admin/keys?key=*', '/admin/personal', '/admin/backups']) {
        await page.setViewportSize({ width: 1280, height: 720 });
        await page.emulateMedia({ colorScheme: 'light' });
        await page.goto('about:blank');
        await page.goto(web.base + address);
        await settle(page);
        expect.soft(await seriousFindings(page), `${address} light`).toEqual([]);
        await page.emulateMedia({ colorScheme: 'dark' });
        expect.soft(await seriousFindings(page), `${address} dark`).toEqual([]);
        expect
          .soft(
            (await latinWords(page)).filter((word) => !words.has(word)),
            address,
          )
          .toEqual([]);
        expect.soft(await overflow(page), address).toBeLessThanOrEqual(0);
        if (address.startsWith('/admin/keys')) await picture(page, 'keys-ru-dark');
        await page.setViewportSize({ width: 390, height: 800 });
        expect.soft(await overflow(page), `${address} phone`).toBeLessThanOrEqual(0);
      }
      await done(page);
    },
  );
});
