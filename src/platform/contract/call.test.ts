import Type from 'typebox';
import { describe, expect, test } from 'vitest';
import { QhError } from '../errors.ts';
import { decodeCursor, encodeCursor, statement } from './call.ts';
import { parseInput } from './input.ts';
import { defineOperation } from './operation.ts';

const list = defineOperation({
  name: 'room.list',
  summary: 'List',
  scope: null,
  method: 'GET',
  path: '/list',
  input: Type.Object({
    service: Type.Optional(Type.String()),
    from: Type.Optional(Type.String({ format: 'date-time' })),
    rows: Type.Optional(Type.Array(Type.Object({ a: Type.Integer() }))),
    ids: Type.Optional(Type.Array(Type.Integer())),
  }),
  output: Type.Object({ at: Type.String(), id: Type.Integer() }),
  result: 'list',
  key: ['at', 'id'],
  sql: 'api.list',
  zone: { function: 'org.zone', input: 'service' },
  examples: [{ title: 'all', input: {} }],
});

describe('call', () => {
  test('only what was given is passed, by name; one row more than a page is asked for', () => {
    const { text, values, limit } = statement(list, { service: 'A', limit: 10 });
    expect(text).toBe('select to_json(t)::text as json from api.list(p_service => $1) as t order by t.at asc, t.id asc limit $2');
    expect(values).toEqual(['A', 11]);
    expect(limit).toBe(10);
  });

  test('values are always bound, never written into the statement', () => {
    const { text, values } = statement(list, { service: "'; drop table x; --" });
    expect(text).not.toContain('drop');
    expect(values[0]).toBe("'; drop table x; --");
  });

  test('lists of objects go as JSON, lists of numbers as an array', () => {
    const { values } = statement(list, { rows: [{ a: 1 }], ids: [1, 2] });
    expect(values.slice(0, 2)).toEqual(['[{"a":1}]', [1, 2]]);
  });

  test('a time without an offset is read in the zone that the operation names, one with an offset as it is', () => {
    expect(statement(list, { service: 'A', from: '2025-03-01T00:00:00' }).text).toContain('p_from => ($3::timestamp at time zone org.zone($2))');
    expect(statement(list, { service: 'A', from: '2025-03-01T00:00:00+05:00' }).text).toContain('p_from => $2');
  });

  test('a cursor continues behind the last item, and nothing else is taken for one', () => {
    const cursor = encodeCursor(list, { at: '2025-03-01T00:00:00+00:00', id: 5, other: 1 });
    expect(decodeCursor(list, cursor)).toEqual(['2025-03-01T00:00:00+00:00', 5]);
    expect(statement(list, { cursor, limit: 1 }).text).toContain('where (t.at, t.id) > ($1, $2)');
    for (const wrong of ['', 'x', Buffer.from('[1]').toString('base64url'), Buffer.from('[{"a":1},2]').toString('base64url')])
      expect(() => decodeCursor(list, wrong)).toThrow(QhError);
  });
});

describe('chosen fields', () => {
  test('only these are written, each once; the place in the list stands beside them for the cursor', () => {
    const { text, values } = statement(list, { service: 'A', fields: ['id', 'id'] });
    expect(text).toContain(
      '(select to_json(f)::text from (select t."id") as f) as json, (select to_json(f)::text from (select t."at", t."id") as f) as place',
    );
    expect(values).toEqual(['A', 101]);
  });

  test('a name that no item has is refused', () => {
    expect(parseInput(list, { fields: 'at,id' }, true)).toEqual({ fields: ['at', 'id'] });
    const refused = (() => {
      try {
        return parseInput(list, { fields: 'at,nothing' }, true);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toMatchObject({ errors: [{ path: 'fields.1', value: 'nothing', hint: expect.stringContaining('One of: at, id') }] });
    for (const fields of ['at,nothing', '', 'id"']) expect(() => parseInput(list, { fields }, true), fields).toThrow(QhError);
  });
});
