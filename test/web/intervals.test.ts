import { readFile } from 'node:fs/promises';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithout } from '../parts.ts';
import { done, eventually, openWeb, picture, settle, type WebTest } from './browser.ts';
import { importQuietly, makeFiles } from './files.ts';

type Item = Record<string, number | string | null>;

const card = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) }).first();
const parameter = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);

async function saved(page: Page, kind: 'CSV' | 'Excel (XLSX)'): Promise<Download> {
  await page.getByRole('button', { name: 'Download' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: kind }).click()]);
  return download;
}

const lines = (csv: string) => parseCsv(csv) as string[][];

describe.skipIf(skipWithout('chromium'))('intervals', () => {
  let web: WebTest;
  beforeAll(async () => {
    web = await openWeb();
    await using files = await makeFiles(['good', 'long']);
    await importQuietly(web.system, files.good);
    await importQuietly(web.system, files.long);
    for (const [at, name] of ['Продажи', 'Поддержка'].entries()) {
      await web.system.send('POST', '/api/v1/org/queues', { service: 'ЛИНИЯ', group_code: `Q${at + 1}`, group_name: name });
      const { items } = (await web.system.get('/api/v1/org/sources?service=ЛИНИЯ&unmapped=true')).body as { items: { source_id: number }[] };
      for (const { source_id } of items.slice(0, at + 1))
        await web.system.send('POST', `/api/v1/org/sources/${source_id}/mappings`, { queue: `Q${at + 1}` });
    }
  });
  afterAll(() => web.close());

  const figures = async (query: string) =>
    ((await web.system.get(`/api/v1/statistics/intervals?limit=100000&${query}`)).body as { items: Item[] }).items;

  test('without any service the page teaches how to begin', async () => {
    await using empty = await openWeb();
    const page = await empty.page('/');
    await eventually(() => page.getByText('No figures yet').count()).toBe(1);
    await page.getByRole('main').getByRole('link', { name: 'Import a workbook' }).click();
    await page.waitForURL('**/import');
    await done(page);
  });

  test('the cards say what the API says for the same period', async () => {
    const page = await web.page('/intervals?service=ЛИНИЯ');
    const [total] = await figures('service=ЛИНИЯ&start_time=2025-03-01&end_time=2025-03-08&interval_minutes=0');
    await eventually(() => card(page, 'Calls offered').innerText()).toContain(Number(total?.offered).toLocaleString('en-GB'));
    await eventually(() => card(page, 'Service level').innerText()).toContain(Number(total?.service_level_pct).toFixed(1));
    await eventually(() => card(page, 'AHT').innerText()).toContain(Number(total?.aht_seconds).toFixed(0));
    // Its report says (+5), which IANA calls Etc/GMT-5.
    expect(await page.getByRole('main').innerText()).toContain('· UTC+05:00');
    expect(await page.locator('input[aria-label="Time zone"]').inputValue()).toBe('UTC+05:00');
    await settle(page);
    await picture(page, 'intervals-light');
    await done(page);
  });

  test('what is downloaded is what is shown, and what the API says, as CSV and as a workbook', async () => {
    const page = await web.page('/intervals?service=ЛИНИЯ&view=table&filters=offered:>100&sort=-offered');
    await eventually(() => page.getByRole('grid').count()).toBe(1);
    const items = (await figures('service=ЛИНИЯ&start_time=2025-03-01&end_time=2025-03-08'))
      .filter(({ offered }) => Number(offered) > 100)
      .toSorted((a, b) => Number(b.offered) - Number(a.offered));
    const [headers = [], ...rows] = lines(await readFile(await (await saved(page, 'CSV')).path(), 'utf8'));
    expect(rows).toHaveLength(items.length);
    const at = (name: string) => headers.findIndex((header) => header.startsWith(name));
    const column = (name: string) => rows.map((row) => Number(row[at(name)]));
    expect(column('Calls offered')).toEqual(items.map(({ offered }) => offered));
    expect(column('Service level')).toEqual(items.map(({ service_level_pct }) => service_level_pct));
    expect(column('ASA')).toEqual(items.map(({ asa_seconds }) => asa_seconds));
    const workbook = await readXlsx(await readFile(await (await saved(page, 'Excel (XLSX)')).path()));
    const sheet = workbook.sheets[0]?.rows ?? [];
    expect(sheet.slice(1).map((row) => row[at('Service level')])).toEqual(items.map(({ service_level_pct }) => service_level_pct));
    expect(sheet[1]?.[0]).toBeInstanceOf(Date);
    await picture(page, 'intervals-table-light');
    await done(page);
  });

  test('the download of the charts holds exactly the intervals that are seen', async () => {
    const page = await web.page('/intervals?service=ЛИНИЯ&zoom=2025-03-03T09:00~2025-03-03T12:00');
    await eventually(() => card(page, 'Calls offered').count()).toBe(1);
    const rows = lines(await readFile(await (await saved(page, 'CSV')).path(), 'utf8'));
    expect(rows.slice(1).map(([start]) => start)).toEqual(
      Array.from(
        { length: 12 },
        (_, at) => `2025-03-03 ${String(9 + Math.floor(at / 4)).padStart(2, '0')}:${String((at % 4) * 15).padStart(2, '0')}`,
      ),
    );
    await done(page);
  });

  test('a click on a number opens its rows, its formula and its SQL, which gives the same number', async () => {
    const page = await web.page('/intervals?service=ЛИНИЯ&zoom=2025-03-03T09:00~2025-03-03T12:00');
    await card(page, 'Service level').click();
    const drawer = page.getByRole('dialog', { name: 'Behind the number' });
    await eventually(() => drawer.getByRole('grid').count()).toBe(1);
    await eventually(() => drawer.getByText('60 rows').count()).toBe(1);
    await picture(page, 'drill-down-light');
    await drawer.getByRole('tab', { name: 'Formula' }).click();
    await eventually(() => drawer.locator('pre').nth(1).innerText()).toContain('answered_in_threshold');
    await drawer.getByRole('tab', { name: 'SQL' }).click();
    await eventually(() => drawer.locator('pre').first().innerText()).toContain('from api.intervals(');
    const sql = await drawer.locator('pre').first().innerText();
    const [row] = await web.system.test.inTransaction((tx) => tx.query<{ service_level_pct: number }>(sql.replace(/;\s*$/, '')), 'api');
    const [total] = await figures('service=ЛИНИЯ&start_time=2025-03-03T09:00&end_time=2025-03-03T12:00&interval_minutes=0');
    expect(row?.service_level_pct).toBeCloseTo(Number(total?.service_level_pct), 9);
    await page.goBack();
    await eventually(() => page.getByRole('dialog').count()).toBe(0);
    await done(page);
  });

  test('dragging zooms, the address holds it, Back and a double-click take it away', async () => {
    const page = await web.page('/intervals?service=ЛИНИЯ');
    const chart = page.locator('canvas').last();
    await chart.waitFor();
    const box = (await chart.boundingBox())!;
    await page.mouse.move(box.x + 300, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 500, box.y + 100, { steps: 5 });
    await page.mouse.up();
    await eventually(() => parameter(page, 'zoom')).not.toBeNull();
    const zoomed = page.url();
    await page.goBack();
    await eventually(() => parameter(page, 'zoom')).toBeNull();
    const other = await web.page(zoomed.slice(web.base.length));
    await eventually(() => other.getByRole('button', { name: 'Whole period' }).count()).toBe(1);
    const again = (await other.locator('canvas').last().boundingBox())!;
    await other.mouse.dblclick(again.x + 400, again.y + 100);
    await eventually(() => parameter(other, 'zoom')).toBeNull();
    await eventually(() => other.getByRole('dialog').count()).toBe(0);
    await done(other);
    await done(page);
  });

  test('the crosshair shows one moment in every chart, by pointer and by keyboard', async () => {
    const page = await web.page('/intervals?service=ЛИНИЯ&from=2025-03-03&to=2025-03-03&compare=before');
    await page.locator('canvas').last().waitFor();
    const chart = page.getByRole('application');
    await chart.focus();
    await page.keyboard.press('End');
    await eventually(() => chart.innerText()).toContain('23:45 – 00:00');
    await page.keyboard.press('ArrowLeft');
    await eventually(() => chart.innerText()).toContain('23:30 – 23:45');
    await page.keyboard.press('Enter');
    await eventually(() => page.getByRole('dialog').count()).toBe(1);
    await done(page);
  });

  test('queues stand side by side, and one leads into its own charts', async () => {
    const page = await web.page('/intervals?service=ЛИНИЯ&view=queues');
    await eventually(() => page.getByRole('grid').innerText()).toContain('Поддержка');
    await picture(page, 'intervals-queues-light');
    await page.getByRole('gridcell', { name: 'Поддержка' }).click();
    await eventually(() => parameter(page, 'queue')).toBe('Q2');
    const [total] = await figures('service=ЛИНИЯ&queue=Q2&by=queue&start_time=2025-03-01&end_time=2025-03-08&interval_minutes=0');
    await eventually(() => card(page, 'Calls offered').innerText()).toContain(Number(total?.offered).toLocaleString('en-GB'));
    await done(page);
  });

  test('a selection is copied with its types', async () => {
    const page = await web.page('/intervals?service=ЛИНИЯ&view=table');
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+c');
    await eventually(() => page.getByText('2 rows copied').count()).toBe(1);
    const html = await page.evaluate(async () => (await (await navigator.clipboard.read())[0]!.getType('text/html')).text());
    const items = await figures('service=ЛИНИЯ&start_time=2025-03-01&end_time=2025-03-08');
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text.split('\n').slice(1)).toEqual(items.slice(0, 2).map(({ offered }) => String(offered)));
    expect(html).toContain('<td');
    await done(page);
  });

  test('13 months by quarter-hours move without a stutter', async () => {
    const page = await web.page('/intervals?service=ГОД&range=all&grain=15&compare=week');
    await eventually(() => page.locator('canvas').count()).toBe(2);
    await settle(page);
    await picture(page, 'intervals-year-light');
    const items = await figures('service=ГОД&start_time=2024-03-01&end_time=2025-04-01');
    expect(items.length).toBeGreaterThan(35_000);
    const box = (await page.locator('canvas').last().boundingBox())!;
    const frames = await page.evaluate(
      async ({ left, top }) => {
        const canvas = [...document.querySelectorAll('canvas')].at(-1)!;
        const spent: number[] = [];
        for (let step = 0; step < 100; step += 1) {
          const began = performance.now();
          canvas.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, clientX: left + 100 + step * 8, clientY: top + 100 }));
          spent.push(performance.now() - began);
          await new Promise((next) => requestAnimationFrame(next));
        }
        return spent.toSorted((a, b) => a - b);
      },
      { left: box.x, top: box.y },
    );
    // A frame has 16 ms; what the page itself spends on the crosshair must be a small part of it.
    expect(frames[50]).toBeLessThan(16);
    await page.mouse.move(box.x + 300, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 500, box.y + 100, { steps: 3 });
    await page.mouse.up();
    await eventually(() => parameter(page, 'zoom')).not.toBeNull();
    await done(page);
  });
});
