import { expect, expectTypeOf, test } from 'vitest';
import { admin, createClient, statistics } from './client.ts';

/** What the types of a call promise. The compiler checks it (npm run check); at run time it is only asked whether the server is asked so. */

const asked: string[] = [];
const client = createClient({
  fetch: async (url) => {
    asked.push(String(url));
    return Response.json({ items: [{ offered: 3 }], next_cursor: null });
  },
});
const period = { service: 'SUPPORT', start_time: '2025-03-03', end_time: '2025-03-04' };

test('an answer with chosen fields promises none of them, one without promises all', async () => {
  const whole = await client.call(statistics.intervals, period);
  expectTypeOf(whole.items[0]!.offered).toEqualTypeOf<number | null>();
  const some = await client.call(statistics.intervals, { ...period, fields: ['offered'] });
  expectTypeOf(some.items[0]!.offered).toEqualTypeOf<number | null | undefined>();
  expectTypeOf(some.next_cursor).toEqualTypeOf<string | null>();
  const items = [];
  for await (const item of client.all(statistics.intervals, { ...period, fields: ['offered'] })) items.push(item);
  expectTypeOf(items[0]!.offered).toEqualTypeOf<number | null | undefined>();
  for await (const item of client.all(statistics.intervals, period)) expectTypeOf(item.offered).toEqualTypeOf<number | null>();
  expect(items).toEqual([{ offered: 3 }]);
  expect(asked[1]).toContain('fields=offered');
});

test('an input that the operation does not have is refused by the compiler', () => {
  // @ts-expect-error no such input
  expectTypeOf(() => client.call(statistics.intervals, { ...period, servise: 'x' })).toBeFunction();
  // @ts-expect-error a single answer has no fields to choose
  expectTypeOf(() => client.call(admin.erasePerson, { confirm: 'erase', fields: ['name'] })).toBeFunction();
});
