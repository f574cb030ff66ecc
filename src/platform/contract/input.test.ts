import Type from 'typebox';
import { describe, expect, test } from 'vitest';
import { QhError } from '../errors.ts';
import { parseInput } from './input.ts';
import { defineOperation } from './operation.ts';

const example = defineOperation({
  name: 'room.example',
  summary: 'Example',
  scope: null,
  method: 'GET',
  path: '/example/{id}',
  input: Type.Object({
    id: Type.Integer(),
    name: Type.Optional(Type.String({ maxLength: 5, description: 'a short name' })),
    ids: Type.Optional(Type.Array(Type.Integer())),
    flag: Type.Optional(Type.Boolean()),
    at: Type.Optional(Type.String({ format: 'date-time' })),
    kind: Type.Optional(Type.Enum(['a', 'b'])),
  }),
  output: Type.Object({}),
  result: 'list',
  key: ['id'],
  sql: 'api.example',
  examples: [{ title: 'one', input: { id: 1 } }],
});

function problems(raw: unknown, text = true) {
  try {
    parseInput(example, raw, text);
  } catch (error) {
    if (error instanceof QhError) return error.errors;
    throw error;
  }
  return [];
}

describe('input', () => {
  test('texts are read as what the schema names', () => {
    const input = parseInput(example, { id: '7', ids: '1,2, 3', flag: 'true', limit: '5' }, true);
    expect(input).toEqual({ id: 7, ids: [1, 2, 3], flag: true, limit: 5 });
  });

  test('JSON is taken as it is: a number in quotes is not a number', () => {
    expect(problems({ id: '7' }, false)).toMatchObject([{ path: 'id', value: '7' }]);
  });

  test('every wrong field is named once, with its value and what it should be', () => {
    const found = problems({ id: 'seven', name: 'too long', kind: 'c', nonsense: 1 });
    expect(found.map((problem) => problem.path).toSorted()).toEqual(['id', 'kind', 'name', 'nonsense']);
    expect(found.find((problem) => problem.path === 'kind')).toMatchObject({ value: 'c', hint: 'One of: a, b' });
    expect(found.find((problem) => problem.path === 'name')).toMatchObject({ value: 'too long', hint: 'a short name' });
    expect(found.find((problem) => problem.path === 'nonsense')?.hint).toContain('cursor, limit');
  });

  test('a missing field is required, by name', () => {
    expect(problems({})).toMatchObject([{ path: 'id', rule: 'is required' }]);
  });

  test.each([['0'], ['100001'], ['-1'], ['1.5'], ['ten']])('limit %s is refused, never clamped', (limit) => {
    expect(problems({ id: '1', limit })).toMatchObject([{ path: 'limit' }]);
  });

  test('a hostile name of a field is only a name', () => {
    expect(problems(JSON.parse('{"id": "1", "__proto__": {"x": 1}}'))).toHaveLength(1);
  });

  test('an impossible moment is refused', () => {
    expect(problems({ id: '1', at: '2025-02-31T10:00:00Z' })).toHaveLength(1);
    for (const at of ['2025-02-31', '2025-02-31T10:00', '2025-03-01T24:30', '2025-3-1', 'now', '2025-03-01T10:00 05:00', ''])
      expect(problems({ id: '1', at })).toMatchObject([{ path: 'at', value: at, hint: expect.stringContaining('2025-03-01T09:15:00+05:00') }]);
  });

  test.each([
    ['2025-03-01', '2025-03-01T00:00:00Z'],
    ['2025-03-01T09:15', '2025-03-01T09:15:00Z'],
    ['2025-03-01 09:15:30.25', '2025-03-01T09:15:30.25Z'],
    ['2025-03-01T09:15:00+05:00', '2025-03-01T09:15:00+05:00'],
  ])('the time %s is %s, or left to the zone of the operation', (at, moment) => {
    for (const text of [true, false]) {
      expect(parseInput(example, { id: text ? '1' : 1, at }, text)).toEqual({ id: 1, at: moment });
      expect(parseInput({ ...example, zone: { function: 'org.zone', input: null } }, { id: text ? '1' : 1, at }, text)).toEqual({ id: 1, at });
    }
  });
});
