import { expect, test } from 'vitest';
import { rangeOf } from './send.ts';

test('a range is one stretch of bytes, both ends included, and never beyond the file', () => {
  expect(rangeOf('bytes=0-0', 10)).toEqual({ start: 0, end: 0 });
  expect(rangeOf('bytes=4-', 10)).toEqual({ start: 4, end: 9 });
  expect(rangeOf('bytes=4-99', 10)).toEqual({ start: 4, end: 9 });
  expect(rangeOf('bytes=-3', 10)).toEqual({ start: 7, end: 9 });
  expect(rangeOf('bytes=-30', 10)).toEqual({ start: 0, end: 9 });
});

test('a range behind the end cannot be satisfied', () => {
  for (const range of ['bytes=10-', 'bytes=10-12', 'bytes=-0']) expect(rangeOf(range, 10), range).toBe('unsatisfiable');
  expect(rangeOf('bytes=-3', 0)).toBe('unsatisfiable');
});

test('no range, several, or one that cannot be read is the whole file', () => {
  for (const range of [undefined, '', 'bytes=-', 'bytes=5-4', 'bytes=1-2,4-5', 'rows=1-2', 'bytes=a-b']) expect(rangeOf(range, 10), range).toBeNull();
});
