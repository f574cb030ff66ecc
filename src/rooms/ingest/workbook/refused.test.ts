import { readFile, rm, writeFile } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import {
  loadHeader,
  loadRow,
  rawParts,
  rawRow,
  reportWorkbook,
  writeRawWorkbook,
  writeReportWorkbook,
  writeZip,
} from '../../../../test/fixtures/workbooks.ts';
import { createRandom, integer } from '../../../numerics/statistics/random.ts';
import { workbookRelationshipsXml } from '../../../platform/sheets/xlsx_parts.ts';
import { importKinds } from '../../statistics/imports.ts';
import { limits } from './limits.ts';
import { readWorkbook } from './read_workbook.ts';
import { WorkbookRefused } from './refused.ts';

/** A hostile or broken file is refused with its reason, quickly, in little memory, and nothing but a refusal is thrown. */

const folder = mkdtempSync(join(tmpdir(), 'qh-refused-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
let count = 0;
const path = () => join(folder, `file-${count++}.xlsx`);

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
const worksheet = (inside: string) =>
  `${declaration}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${inside}</sheetData></worksheet>`;
const good = rawRow(1, loadHeader) + loadRow(2);

/** Reads a file to its end, keeping nothing; what was thrown, or null. */
async function drain(file: string): Promise<unknown> {
  try {
    for await (const event of readWorkbook(file, { kinds: importKinds })) if (event.type === 'rows') expect(event.rows).toBeGreaterThan(0);
    return null;
  } catch (error) {
    return error;
  }
}

async function refusal(file: string): Promise<WorkbookRefused> {
  const memory = process.memoryUsage().rss;
  const start = performance.now();
  const error = await drain(file);
  const ms = performance.now() - start;
  const growth = (process.memoryUsage().rss - memory) / 1024 ** 2;
  console.info(`${expect.getState().currentTestName?.split(' > ').pop()}: ${ms.toFixed(0)} ms, ${growth.toFixed(0)} MiB`);
  expect(error).toBeInstanceOf(WorkbookRefused);
  const refused = error as WorkbookRefused;
  expect(refused.hint).not.toBe('');
  expect(growth).toBeLessThan(256);
  return refused;
}

/** So many times the same text, in pieces. */
function* repeated(text: string, times: number, before = '', after = ''): Generator<Buffer> {
  const piece = Buffer.from(text.repeat(1000));
  yield Buffer.from(before);
  for (let i = 0; i < times; i += 1000) yield piece;
  yield Buffer.from(after);
}

async function raw(
  sheet: string | Iterable<Uint8Array> | Uint8Array,
  rest: Omit<Parameters<typeof writeRawWorkbook>[1], 'sheets'> = {},
): Promise<string> {
  const file = path();
  await writeRawWorkbook(file, { sheets: [sheet], ...rest });
  return file;
}

async function bytes(content: string | Uint8Array): Promise<string> {
  const file = path();
  await writeFile(file, content);
  return file;
}

/** An OLE2 container whose directory names these streams. */
function oleFile(...streams: string[]): Buffer {
  const file = Buffer.alloc(2048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  streams.forEach((name, i) => file.write(name, 1024 + 128 * i, 'utf16le'));
  return file;
}

describe('what is no workbook', () => {
  const cases: [string, () => Promise<string>, RegExp][] = [
    ['an empty file', () => bytes(''), /is empty/],
    ['an encrypted workbook', () => bytes(oleFile('Root Entry', 'EncryptedPackage')), /encrypted with a password/],
    ['an .xls file', () => bytes(oleFile('Root Entry', 'Workbook')), /old Excel workbook \(\.xls\)/],
    ['CSV under the name of a workbook', () => bytes('Период;CDO\n24.01.2025 00:00;7\n'), /plain text \(CSV/],
    [
      'CSV in an old code page',
      () => bytes(Buffer.from([0xcf, 0xe5, 0xf0, 0xe8, 0xee, 0xe4, 0x3b, 0x43, 0x44, 0x4f, 0x0a, 0x31])),
      /plain text in an old code page/,
    ],
    ['HTML under the name of a workbook', () => bytes('\n<html><table><tr><td>1</td></tr></table></html>'), /web page/],
    ['XML of 2003', () => bytes('<?xml version="1.0"?><Workbook/>'), /is XML/],
    ['a PDF', () => bytes('%PDF-1.7\n%\xe2'), /PDF/],
    ['noise', () => bytes(Buffer.from([1, 2, 3, 4, 5, 6, 7, 200, 201])), /is no workbook/],
    [
      'an empty archive',
      async () => {
        const file = path();
        await writeZip(file, {});
        return file;
      },
      /archive without a workbook/,
    ],
    [
      'a binary workbook',
      async () => {
        const file = path();
        await writeZip(file, { 'xl/workbook.bin': 'x' });
        return file;
      },
      /binary workbook \(\.xlsb\)/,
    ],
    [
      'an OpenDocument file',
      async () => {
        const file = path();
        await writeZip(file, { 'content.xml': '<x/>' });
        return file;
      },
      /OpenDocument/,
    ],
  ];
  test.each(cases)('%s', async (_name, make, message) => {
    const { code, message: said } = await refusal(await make());
    expect(said).toMatch(message);
    expect(code).toBe('unsupported_file');
  });

  test('a directory that is cut off', async () => {
    const whole = path();
    await writeReportWorkbook(whole, { days: 2 });
    const content = await readFile(whole);
    for (const share of [0.99, 0.5, 0.01]) {
      expect((await refusal(await bytes(content.subarray(0, Math.floor(content.length * share))))).message).toMatch(/damaged/);
    }
  });
});

describe('what would use the machine up', () => {
  test('a zip bomb', async () => {
    const { code, message } = await refusal(await raw(repeated(' '.repeat(1000), 200_000, declaration)));
    expect(code).toBe('too_large');
    expect(message).toMatch(/200 times/);
  });

  test('a zip bomb in the styles', async () => {
    const file = path();
    await writeZip(file, { ...rawParts({ sheets: [good] }), 'xl/styles.xml': repeated(' '.repeat(1000), 100_000, declaration) });
    expect((await refusal(file)).code).toBe('too_large');
  });

  test('thousands of entries', async () => {
    const file = path();
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`part${i}.xml`, 'x']));
    await writeZip(file, { ...rawParts({ sheets: [good] }), ...many });
    expect(await refusal(file)).toMatchObject({ code: 'too_large', message: expect.stringMatching(/30\d\d entries/) as string });
  });

  test('a row number beyond the last one', async () => {
    expect(await refusal(await raw(good + loadRow(limits.rows + 1)))).toMatchObject({
      code: 'too_large',
      message: expect.stringMatching(/more than 1048576 rows/) as string,
    });
  });

  test('1,048,577 rows', async () => {
    function* rows(): Generator<Buffer> {
      yield Buffer.from(worksheet(good).replace('</sheetData></worksheet>', ''));
      for (let row = 3; row <= limits.rows + 1; row += 4096) {
        let text = '';
        for (let r = row; r < row + 4096; r++) text += `<row r="${r}"><c r="B${r}"><v>${(r * 7919) % 1009}</v></c></row>`;
        yield Buffer.from(text);
      }
    }
    expect((await refusal(await raw(rows()))).code).toBe('too_large');
  });

  test('a table of texts beyond its limit', async () => {
    function* strings(): Generator<Buffer> {
      yield Buffer.from('<sst>');
      for (let i = 0; i < 70_000; i++)
        yield Buffer.from(
          `<si><t>${deflateRawSync(Buffer.from(String(i)))
            .toString('hex')
            .repeat(50)
            .padEnd(1000, String(i * 7919))}</t></si>`,
        );
      yield Buffer.from('</sst>');
    }
    expect((await refusal(await raw(good, { sharedStrings: strings() }))).code).toBe('too_large');
  });

  test('a row without an end', async () => {
    function* endless(): Generator<Buffer> {
      yield Buffer.from(worksheet('').replace('</sheetData></worksheet>', '<row r="1">'));
      let seed = 1;
      for (let i = 0; i < 40; i++) {
        const noise = Buffer.alloc(1024 ** 2);
        for (let k = 0; k < noise.length; k++) noise[k] = 97 + (((seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) >> 16) % 26);
        yield Buffer.concat([Buffer.from('<!--'), noise, Buffer.from('-->')]);
      }
    }
    expect(await refusal(await raw(endless()))).toMatchObject({ code: 'too_large', message: expect.stringMatching(/larger than 32 MiB/) as string });
  });

  test('elements nested too deeply', async () => {
    expect((await refusal(await raw(`${good}<row r="3">${'<a>'.repeat(500)}`))).message).toMatch(/nested too deeply/);
    expect((await refusal(await raw(good, { other: { 'xl/styles.xml': '<a>'.repeat(5000) } }))).message).toMatch(/nested too deeply/);
  });

  test('more columns and longer texts than a sheet can have', async () => {
    expect((await refusal(await raw(`${good}<row r="3"><c r="XFE3"><v>1</v></c></row>`))).message).toMatch(/beyond the last column/);
    expect((await refusal(await raw(good + rawRow(3, ['x'.repeat(limits.cellText + 1)])))).message).toMatch(/32767/);
  });
});

/** White space that hardly compresses. */
function* spaces(): Generator<Buffer> {
  yield Buffer.from('<?xml version="1.0"?><worksheet>');
  const random = createRandom(1);
  const piece = Buffer.alloc(1024 ** 2);
  for (let i = 0; i < 8; i++) {
    for (let at = 0; at < piece.length; at++) piece[at] = [32, 9, 10][integer(random, 3)]!;
    yield Buffer.from(piece);
  }
}

describe('what XML must not hold', () => {
  const cases: [string, () => Promise<string>, RegExp][] = [
    [
      'external entities',
      () => raw(`${declaration}<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>${worksheet('&x;').slice(declaration.length)}`),
      /document type or entities/,
    ],
    [
      'a billion laughs',
      () => raw(good, { sharedStrings: '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>' }),
      /document type or entities/,
    ],
    ['a document type in a small part', () => raw(good, { styles: '<!DOCTYPE x><styleSheet/>' }), /document type or entities/],
    ['an entity nobody declared', () => raw(good + rawRow(3, ['&laugh;'])), /entity &laugh; .* not known/],
    ['a bare ampersand', () => raw(good + rawRow(3, ['a & b'])), /bare &/],
    ['a zero byte', () => raw(good + rawRow(3, ['a\u0000b'])), /zero byte/],
    ['a forbidden character', () => raw(good + rawRow(3, ['&#2;'])), /forbidden character/],
    [
      'bytes of another code page',
      () =>
        raw(
          Buffer.concat([
            Buffer.from(worksheet(good).replace('</sheetData></worksheet>', '')),
            Buffer.from([0xcf, 0xe5, 0xf0, 0xe8]),
            Buffer.from('</sheetData></worksheet>'),
          ]),
        ),
      /not valid UTF-8/,
    ],
    ['a declared code page', () => raw(worksheet(good).replace('UTF-8', 'windows-1251')), /code page windows-1251/],
    ['UTF-16 without a mark', () => raw(Buffer.from(worksheet(good), 'utf16le')), /without a byte order mark/],
    [
      'a shared text that is not there',
      () => raw(`${good}<row r="3"><c r="A3" t="s"><v>5</v></c></row>`, { sharedStrings: '<sst><si><t>a</t></si></sst>' }),
      /refers to text 5 of a table of 1/,
    ],
    ['a shared text in a file without any', () => raw(`${good}<row r="3"><c r="A3" t="s"><v>0</v></c></row>`), /refers to text 0 of a table of 0/],
    ['a sheet that ends in the middle', () => raw(worksheet(good).slice(0, -20)), /ends in the middle/],
    ['rows out of order', () => raw(good + loadRow(2)), /row 2 comes after row 2/],
    ['cells out of order', () => raw(`${good}<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>1</v></c></row>`), /cells of row 3 are out of order/],
    ['a cell of another row', () => raw(`${good}<row r="3"><c r="B4"><v>1</v></c></row>`), /address B4/],
    ['tags that do not match', () => raw(`${good}<row r="3"><c r="B3"><v>1</x></c></row>`), /not well formed/],
    [
      'two sheets that share their rows',
      () =>
        raw(good, { names: ['a', 'b'], other: { 'xl/_rels/workbook.xml.rels': workbookRelationshipsXml(2).replace('sheet2.xml', 'sheet1.xml') } }),
      /two sheets share the part/,
    ],
    ['endless space before the rows', () => raw(spaces()), /no rows come for too long/],
    ['a macro sheet', () => raw('<?xml version="1.0"?><macrosheet/>'), /no worksheet/],
  ];
  test.each(cases)('%s', async (_name, make, message) => {
    const { code, message: said } = await refusal(await make());
    expect(said).toMatch(message);
    expect(code).toBe('unsupported_file');
  });
});

describe('a container that lies', () => {
  test('a changed byte is seen by the checksum', async () => {
    const pieces: Buffer[] = [];
    for await (const piece of reportWorkbook({ days: 3, level: 1 })) pieces.push(piece);
    const content = Buffer.concat(pieces);
    let refused = 0;
    for (let at = 2000; at < 40_000; at += 1900) {
      const changed = Buffer.from(content);
      changed[at] = changed[at]! ^ 0x10;
      expect(await drain(await bytes(changed))).toBeInstanceOf(WorkbookRefused);
      refused++;
    }
    expect(refused).toBe(20);
  });

  test('a declared size that is not the real one', async () => {
    const file = path();
    await writeRawWorkbook(file, { sheets: [good] });
    const content = await readFile(file);
    const central = content.lastIndexOf(Buffer.from('xl/worksheets/sheet1.xml')) - 46;
    content.writeUInt32LE(10, central + 24);
    expect((await refusal(await bytes(content))).message).toMatch(/does not match its checksum/);
  });
});
