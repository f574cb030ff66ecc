/** A real browser on the built pages, served by the real server on a database of its own. */
import { existsSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
import { expect, onTestFailed } from 'vitest';
import { findPart } from '../parts.ts';
import { openTestSystem, type TestSystem, type TestSystemOptions } from '../system.ts';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface View {
  theme?: 'light' | 'dark';
  language?: 'en' | 'ru' | 'es';
  size?: [width: number, height: number];
  /** A phone: fingers instead of a mouse. */
  touch?: boolean;
  /** Left out: signed in. */
  signedOut?: boolean;
}

export interface WebTest extends AsyncDisposable {
  system: TestSystem;
  base: string;
  browser: Browser;
  /** A page of its own session; any error in its console fails the test that closes it. */
  page(address: string, view?: View): Promise<Page>;
  close(): Promise<void>;
}

export async function openWeb(options: Omit<TestSystemOptions, 'work'> = {}): Promise<WebTest> {
  const executablePath = findPart('chromium');
  if (executablePath === null) throw new Error('Chromium is missing; guard the test with skipWithout("chromium").');
  const system = await openTestSystem({ ...options, work: true });
  const base = await system.app.listen({ host: '127.0.0.1', port: 0 });
  // In the C locale it finds no file whose name has other letters than ASCII.
  const browser = await chromium.launch({ executablePath, args: flags, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  const close = async () => {
    await browser.close();
    await system.close();
  };
  return {
    system,
    base,
    browser,
    async page(address, view = {}) {
      const { theme = 'light', language = 'en', size = [1280, 720], touch = false, signedOut = false } = view;
      const context = await browser.newContext({
        viewport: { width: size[0], height: size[1] },
        colorScheme: theme,
        // What fades in would be judged half faded on a busy machine.
        reducedMotion: 'reduce',
        locale: language === 'en' ? 'en-GB' : language,
        timezoneId: 'Asia/Yekaterinburg',
        hasTouch: touch,
        isMobile: touch,
        acceptDownloads: true,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      if (!signedOut) await signIn(context, base, system.adminKey);
      const page = await context.newPage();
      watch(page);
      onTestFailed(async ({ task }) => {
        const folder = process.env.QH_FAILURE_PICTURES;
        if (folder) await page.screenshot({ path: path.join(folder, `${task.name.replaceAll(/\W+/g, '_')}.png`) }).catch(() => undefined);
      });
      await page.goto(base + address);
      await settle(page);
      return page;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function signIn(context: BrowserContext, base: string, key: string): Promise<void> {
  const answer = await context.request.post(`${base}/api/v1/admin/session`, { data: { key } });
  expect(answer.status()).toBe(200);
}

/** Waits until what is read is as expected: a page and an import take their time on a busy machine. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 50 });

const complaints = new WeakMap<Page, string[]>();
const underWay = new WeakMap<Page, Set<Request>>();

function watch(page: Page): void {
  const list: string[] = [];
  complaints.set(page, list);
  const requests = new Set<Request>();
  underWay.set(page, requests);
  page.on('request', (request) => request.isNavigationRequest() || requests.add(request));
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
  page.on('pageerror', (error) => list.push(error.message));
  // What the network answered is the business of the test; the browser repeats it in the console.
  page.on('console', (message) => message.type() === 'error' && !message.text().startsWith('Failed to load resource') && list.push(message.text()));
}

/** Closes the page's session; nothing may have gone wrong in it unseen. */
export async function done(page: Page): Promise<void> {
  expect(complaints.get(page)).toEqual([]);
  await page.context().close();
}

/** Until nothing loads, for longer than a skeleton waits to be shown: no request, no skeleton, no old data under new. */
export async function settle(page: Page): Promise<void> {
  // The state of the network is told once a document; what a click asks for is seen in the requests.
  await page.waitForLoadState('networkidle');
  const isCalm = () =>
    document.querySelector('h1') !== null &&
    document.querySelector('[aria-busy="true"], [role="status"][aria-label], .mantine-Skeleton-root') === null;
  let calmLooks = 0;
  await eventually(async () => {
    calmLooks = (underWay.get(page)?.size ?? 0) === 0 && (await page.evaluate(isCalm)) ? calmLooks + 1 : 0;
    return calmLooks;
  }).toBeGreaterThan(5);
}

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  violations: { id: string; impact: string | null; nodes: { html: string; failureSummary?: string }[] }[];
}

/** Serious and critical findings of axe, as text; none is what is wanted. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Colours are judged when nothing is half faded in; on a busy machine that takes longer. What turns for ever is not waited for.
  await page.waitForTimeout(300);
  await page.waitForFunction(() =>
    document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().iterations === Infinity),
  );
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run());
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`).join(' | ')}`);
}

const root = path.join(import.meta.dirname, '../..');

/** Pictures are taken only when asked, because they differ between machines: what the docs show for them, the others to be looked at in `var`. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.QH_SCREENSHOTS !== '1') return;
  const shown = path.join(root, 'docs/images', `${name}.png`);
  const file = existsSync(shown) ? shown : path.join(root, 'var/images', `${name}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  await page.waitForTimeout(400);
  await page.screenshot({ path: file });
}
