import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv, readJsonLines, type FileRecord } from './read_csv.ts';

async function* pieces(text: string, size = text.length): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function all(batches: AsyncIterable<readonly FileRecord[]>): Promise<FileRecord[]> {
  const records: FileRecord[] = [];
  for await (const some of batches) {
    expect(some.length).toBeGreaterThan(0);
    records.push(...some);
  }
  return records;
}
const csv = (text: string, size?: number) => all(readCsv(pieces(text, size)));

describe('records of CSV', () => {
  test('are told with the line on which they begin; blank is null, quoted blank is not', async () => {
    expect(await csv('\ufeffa;b;c\r\n"x;y";"say ""no""";\r\n"one\ntwo";"";é\r\n;;5" wide\n')).toEqual([
      { line: 1, fields: ['a', 'b', 'c'] },
      { line: 2, fields: ['x;y', 'say "no"', null] },
      { line: 3, fields: ['one\ntwo', '', 'é'] },
      { line: 5, fields: [null, null, '5" wide'] },
    ]);
  });

  test('lose the apostrophe before what looks like a formula, and no other', async () => {
    expect(await csv("a,b,c\n'=1+1,'tis,''=x")).toEqual([
      { line: 1, fields: ['a', 'b', 'c'] },
      { line: 2, fields: ['=1+1', "'tis", "''=x"] },
    ]);
  });

  test('of nothing are none; of a header without an end, one', async () => {
    expect(await csv('')).toEqual([]);
    expect(await csv('a\tb')).toEqual([{ line: 1, fields: ['a', 'b'] }]);
  });

  test('with a quote that is never closed are refused by its line', async () => {
    await expect(csv('a,b\n1,"2\n3,4\n')).rejects.toMatchObject({
      code: 'unsupported_file',
      message: expect.stringContaining('line 2 is never closed'),
    });
  });

  const field = fc.oneof(
    fc.constant(null),
    fc.string({ unit: fc.constantFrom('a', ' ', ',', ';', '"', '\n', '\r', "'", '=', 'ё', '😀'), maxLength: 6 }),
  );
  const table = fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 8 }));

  test('are those that were written, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 20 }), async (rows, size) => {
        const header = ['h', ...(rows[0] ?? []).slice(1).map((_, at) => `h${at}`)];
        const quoted = (value: string | null) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`);
        // A record of one blank field is an empty line: it has one field that is null.
        const text = [header, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
        const read = await csv(text, size);
        const told = rows.map((row) => row.map((value) => value?.replace(/^'(?=[=\r])/, '') ?? null));
        expect(read.map(({ fields }) => fields)).toEqual([header, ...told]);
      }),
      { numRuns: 300 },
    );
  });

  test('do not depend on the pieces in which they come, whatever the text', async () => {
    const outcome = (text: string, size?: number) => csv(text, size).catch((error: Error) => error.message);
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', "'", '='), maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        async (body, size) => {
          expect(await outcome(`h,i\n${body}`, size)).toEqual(await outcome(`h,i\n${body}`));
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('records of JSON lines have the fields of the first; blank lines count', async () => {
  const text = '{"a":1,"b":"x"}\n\n{"b":null}\n{"a":{"c":[1]}}';
  for (const size of [1, 7, undefined])
    expect(await all(readJsonLines(pieces(text, size)))).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 1, fields: ['1', 'x'] },
      { line: 3, fields: [null, null] },
      { line: 4, fields: ['{"c":[1]}', null] },
    ]);
  await expect(all(readJsonLines(pieces('{"a":1}\n{"z":1}')))).rejects.toThrow('line 2 has the field “z”');
  await expect(all(readJsonLines(pieces('{"a":1}\n[1]')))).rejects.toThrow('line 2 is no JSON object');
});
