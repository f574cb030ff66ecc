import { expect, test } from 'vitest';
import type { TableColumn, TableRow } from './table.ts';
import { type CsvOptions, writeCsv } from './write_csv.ts';

async function csv(columns: TableColumn[], rows: TableRow[], options?: CsvOptions): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of writeCsv({ columns, rows }, options)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
const text = (header: string): TableColumn => ({ header, type: 'text' });

test('fields are quoted as RFC 4180 says, lines end with CRLF', async () => {
  const out = await csv(
    [text('a'), text('b,c')],
    [
      ['x', 'say "no"'],
      ['one\ntwo', ' y'],
      [null, undefined],
      ['', 'ё'],
    ],
  );
  expect(out).toBe('a,"b,c"\r\nx,"say ""no"""\r\n"one\ntwo"," y"\r\n,\r\n,ё\r\n');
});

test('a mark and another separator on request', async () => {
  expect(await csv([text('a'), text('b')], [['1;2', '3,4']], { byteOrderMark: true, separator: ';' })).toBe('\ufeffa;b\r\n"1;2";3,4\r\n');
});

test('text that looks like a formula gets an apostrophe, numbers stay', async () => {
  const columns: TableColumn[] = [text('t'), { header: 'n', type: 'integer' }];
  const rows: TableRow[] = [
    ['=1+1', -5],
    ['+7', '-5'],
    ['-x', '-x'],
    ['@a', 1n],
    ['\tx', Number.NaN],
    ['\rx', 12.5],
    ['a=1', true],
  ];
  expect(await csv(columns, rows)).toBe("t,n\r\n'=1+1,-5\r\n'+7,-5\r\n'-x,'-x\r\n'@a,1\r\n'\tx,\r\n\"'\rx\",12.5\r\na=1,true\r\n");
});

test('dates are written as clock readings', async () => {
  const columns: TableColumn[] = [
    { header: 'at', type: 'datetime' },
    { header: 'day', type: 'date' },
  ];
  expect(
    await csv(columns, [
      [new Date('2025-05-01T09:15:00Z'), '2025-05-01'],
      ['2025-05-01T09:15', 'soon'],
    ]),
  ).toBe('at,day\r\n2025-05-01 09:15:00,2025-05-01\r\n2025-05-01 09:15:00,soon\r\n');
});
