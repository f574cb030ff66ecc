import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../src/app/catalogue.ts';
import { addressOf } from '../src/platform/contract/client.ts';
import { fullInput, pathInputs, type AnyOperation } from '../src/platform/contract/operation.ts';
import { holds } from './fixtures/replay.ts';
import { openTestSystem, type TestSystem } from './system.ts';

/** Whatever is sent, nobody gets a 5xx, and no answer tells of the inside. Inputs are drawn from each operation's own schema, right and wrong. */

let qh: TestSystem;
beforeAll(async () => {
  qh = await openTestSystem({ data: 'small' });
});
afterAll(() => qh.close());

interface Schema {
  type?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
}

const hostileTexts = [
  '',
  ' ',
  "'; drop table org.services; --",
  '%00',
  '\u0000',
  '../../etc/passwd',
  '=cmd|calc',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u202e',
  'null',
  '-infinity',
  '9'.repeat(400),
  '{"a":1}',
  'SUPPORT',
  'SALES',
  'LINE_1',
];
const moments = [
  '2025-03-03',
  '2025-03-03T09:00',
  '2025-03-03T09:00:00Z',
  '2025-02-30',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '+10000-01-01',
  'infinity',
  'now',
];
const numbers = [-1, 0, 1, 2, 7, 15, 60, 999, 2_147_483_647, 2_147_483_648, -2_147_483_649, Number.MAX_SAFE_INTEGER, 1e300, 0.5];
const uuids = ['00000000-0000-0000-0000-000000000000', '01890000-0000-7000-8000-000000000001', 'not-a-uuid'];

/** Values of the kind that is wanted, most of them right in form; about one in eight of another kind altogether. */
function valueOf(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  const wrong = fc.constantFrom<unknown>(null, true, -1, 1e300, '', [], {}, [[]], 'x'.repeat(2000));
  return fc.oneof({ arbitrary: rightOf(schema, depth), weight: 7 }, { arbitrary: wrong, weight: 1 });
}

function rightOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((part) => rightOf(part, depth)));
  if (schema.format === 'uuid') return fc.constantFrom(...uuids);
  switch (schema.type) {
    case 'integer':
    case 'number':
      return fc.constantFrom(...numbers, ...[schema.minimum, schema.maximum].filter((bound) => bound !== undefined));
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valueOf(schema.items ?? {}, depth + 1), { maxLength: 3 });
    case 'object':
      return depth > 3 ? fc.constant({}) : objectOf(schema, depth);
    case 'null':
      return fc.constant(null);
    default:
      return fc.oneof(fc.constantFrom(...hostileTexts, ...moments), fc.string({ unit: 'binary', maxLength: 20 }));
  }
}

function objectOf({ properties = {}, required = [] }: Schema, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(properties).map(([name, part]) =>
    // A required field is left out now and then, an optional one mostly.
    fc.tuple(fc.constant(name), fc.integer({ min: 0, max: 5 }), valueOf(part, depth + 1)).map(([key, chance, value]) => ({
      key,
      value,
      isGiven: chance < (required.includes(name) ? 5 : 2),
    })),
  );
  return fc.tuple(...fields).map((parts) => Object.fromEntries(parts.filter(({ isGiven }) => isGiven).map(({ key, value }) => [key, value])));
}

const reasons: Record<string, string> = {
  'admin.make_backup': 'writes files for minutes',
  'admin.verify_backup': 'restores a database',
};
const fuzzed = operations.filter((operation) => operation.upload !== true && !(operation.name in reasons));

/** Words of PostgreSQL, of Node or of our code, which no caller is to read. */
const inside =
  /\bsyntax error at|relation "|column "[^"]*" (?:does not|of relation)|function [\w.]+\([^)]*\) does not exist|PL\/pgSQL|\bat .*\.(?:ts|js):\d+|node_modules|ECONN|duplicate key value violates|TypeError|undefined is not|Cannot read propert/i;

function requestOf(operation: AnyOperation, input: Record<string, unknown>) {
  const inPath = pathInputs(operation);
  // What stands in the path must be something, or it is another address.
  const given = { ...input, ...Object.fromEntries(inPath.map((name) => [name, plain(input[name])])) };
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE';
  const body = Object.fromEntries(Object.entries(given).filter(([name]) => !inPath.includes(name)));
  return {
    method: operation.method,
    url: inQuery ? addressOf(operation, given) : addressOf(operation, Object.fromEntries(inPath.map((name) => [name, given[name]]))),
    ...(inQuery ? {} : { payload: body }),
  };
}

const plain = (value: unknown): string => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : 'x';
  return text.trim() === '' || /^\.+$/.test(text) ? 'x' : text.toWellFormed();
};

const title = 'no 5xx, and nothing of the inside';

test.each(fuzzed.map((operation) => [operation.name, operation] as const))(`%s: ${title}`, async (name, operation) => {
  const property = fc.asyncProperty(objectOf(fullInput(operation) as unknown as Schema, 0), async (input) => {
    const { url, ...request } = requestOf(operation, input);
    const answer = await qh.app.inject({ ...request, url, headers: { 'x-api-key': qh.adminKey }, remoteAddress: '192.0.2.1' });
    expect(answer.statusCode, `${operation.method} ${url}\n${answer.body.slice(0, 500)}`).toBeLessThan(500);
    if (answer.statusCode >= 400) expect(answer.body).not.toMatch(inside);
  });
  await holds('test/contract_fuzz.test.ts', name, property, 5);
});
