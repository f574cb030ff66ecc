import { ByteWindow } from './byte_window.ts';
import { elements } from './xml_elements.ts';
import { limits } from './limits.ts';

/** Number formats that every program knows without a definition and that show dates or times. */
function builtinDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** Whether a number format shows a date or a time. */
function isDateFormat(code: string): boolean {
  const plain = code
    .replace(/"[^"]*"?/g, '')
    .replace(/\\.|_.|\*./gs, '')
    .replace(/\[(?:h+|m+|s+)\]/gi, 'h')
    .replace(/\[[^\]]*\]/g, '');
  const first = plain.split(';')[0] ?? '';
  return !/general/i.test(first) && /[ymdhs]/i.test(first);
}

/** For each cell style of `styles.xml`: 1 when it shows a date. */
export function dateStyles(xml: Buffer): Uint8Array {
  const custom = new Map<number, boolean>();
  const styles: number[] = [];
  let inCellFormats = false;
  const window = new ByteWindow('xl/styles.xml', limits.smallPartBytes + 1);
  window.append(xml);
  window.finish();
  for (const element of elements(window)) {
    if (element.local === 'cellXfs') inCellFormats = element.opens;
    else if (element.opens && element.local === 'numFmt') {
      custom.set(Number(element.attribute('numFmtId')), isDateFormat(element.attribute('formatCode') ?? ''));
    } else if (element.opens && element.local === 'xf' && inCellFormats) {
      const id = Number(element.attribute('numFmtId') ?? 0);
      styles.push((custom.get(id) ?? builtinDate(id)) ? 1 : 0);
    }
  }
  return Uint8Array.from(styles);
}
