/** What a page must not have: words of English in Russian, broken words, figures that are cut, and lines that leave the screen. */
import type { Locator, Page } from 'playwright-core';

/** Latin words that are no English: names of things and people, units, and abbreviations that Russian reports use too. */
const abroad = new Set(
  'Quarterhour API AHT ASA ACW SQL CSV XLSX Excel Argus UTC SHA xlsx HC CDO SL AC RU EN kB Asia Yekaterinburg Ctrl Shift Enter Esc Escape test local nowhere'.split(
    ' ',
  ),
);

// The headers of a load import stand in its findings as the file prints them.
for (const word of 'Start time Unique Non unique incoming'.split(' ')) abroad.add(word);

/** Words in Latin letters that the page shows outside code and what is marked as another language. */
export async function latinWords(page: Page): Promise<string[]> {
  const text = await page.evaluate(() => {
    const parts: string[] = [];
    const foreign = '[lang]:not(html):not([lang="ru"]), code, pre, kbd, script, style, noscript';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element && !element.closest(foreign) && element.checkVisibility()) parts.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      if (element.closest(foreign)) continue;
      for (const name of ['aria-label', 'title', 'placeholder']) parts.push(element.getAttribute(name) ?? '');
    }
    return parts.join(' ');
  });
  return [...new Set(text.match(/\b[A-Za-z]{2,}\b/g))].filter((word) => !abroad.has(word));
}

/** Texts with a word that is broken in two: they take more lines than they have words. */
export const brokenWords = (parts: Locator): Promise<string[]> =>
  parts.evaluateAll((all) =>
    all.flatMap((part) => {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      const broken: string[] = [];
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(node);
        const words = (node.textContent ?? '').trim().split(/\s+/);
        if (new Set([...range.getClientRects()].map(({ top }) => top)).size > words.length) broken.push(words.join(' '));
      }
      return broken;
    }),
  );

/** Numbers and times whose end does not fit into their cell: half of one is another one. */
export const cutFigures = (page: Page): Promise<string[]> =>
  page
    .locator('[role="gridcell"]:is([data-type="number"], [data-type="time"])')
    .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent ?? ''));

/** How many pixels lie beyond the right edge, when the layout has had the time to follow the size of the screen. */
export async function overflow(page: Page): Promise<number> {
  const fits = () => document.documentElement.scrollWidth <= window.innerWidth;
  await page.waitForFunction(fits, undefined, { timeout: 10_000 }).catch(() => undefined);
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}
