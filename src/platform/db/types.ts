/** What PostgreSQL's values become in TypeScript; the driver's defaults are strings for numbers and local dates for days. */
import pg from 'pg';

const oid = { int8: 20, numeric: 1700, date: 1082, timestamp: 1114, interval: 1186 } as const;
const arrayOid = { int8: 1016, numeric: 1231, date: 1182, timestamp: 1115, interval: 1187 } as const;

/** A bigint that a number cannot hold exactly stays text, so that no digit is lost silently. */
function parseBigint(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

const asText = (text: string): string => text;
const scalars = new Map<number, (text: string) => unknown>([
  [oid.int8, parseBigint],
  [oid.numeric, Number],
  [oid.date, asText],
  [oid.timestamp, asText],
  [oid.interval, asText],
]);

/** The driver parses text[] into strings and nulls; each element then goes through the scalar parser. */
const textArrayOid: number = 1009;
const parseTextArray: (text: string) => unknown = pg.types.getTypeParser(textArrayOid);

function arrayOf(parse: (text: string) => unknown): (text: string) => unknown {
  return (text) => parseElements(parseTextArray(text), parse);
}

function parseElements(value: unknown, parse: (text: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => parseElements(item, parse));
  return typeof value === 'string' ? parse(value) : value;
}

const arrays = new Map<number, (text: string) => unknown>([
  [arrayOid.int8, arrayOf(parseBigint)],
  [arrayOid.numeric, arrayOf(Number)],
  [arrayOid.date, arrayOf(asText)],
  [arrayOid.timestamp, arrayOf(asText)],
  [arrayOid.interval, arrayOf(asText)],
]);

export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(id: number, format?: string) {
    const own = format === 'binary' ? undefined : (scalars.get(id) ?? arrays.get(id));
    return own ?? pg.types.getTypeParser(id, format === 'binary' ? 'binary' : 'text');
  },
};
