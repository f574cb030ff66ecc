import { unsupported } from './refused.ts';

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const entity = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][\w.-]*));|&/g;

/** Characters that XML 1.0 allows. */
function allowed(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= 0x10ffff);
}

/** Replaces the five named entities and numeric ones; any other was declared by nobody, since a DTD is refused. */
export function decodeEntities(text: string, part: string): string {
  if (!text.includes('&')) return text;
  return text.replace(entity, (whole: string, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) {
      const character = Object.hasOwn(named, name) ? named[name] : undefined;
      if (character === undefined) throw unsupported(`The entity ${whole} in ${part} is not known: only the five of XML are.`);
      return character;
    }
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : -1;
    if (!allowed(code)) throw unsupported(`${part} holds ${whole === '&' ? 'a bare &' : `the forbidden character ${whole}`}.`);
    return String.fromCodePoint(code);
  });
}

/** Line ends as XML reads them. */
export function normaliseLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

const escaped = /_x([0-9a-fA-F]{4})_/g;

/** `_x000D_` is how a workbook writes characters that XML cannot hold; those that no database can hold stay as written. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(escaped, (whole: string, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return allowed(code) ? String.fromCharCode(code) : whole;
  });
}
