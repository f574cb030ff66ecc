import { mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { collectFile, rawOf, type StagedRow } from '../../../../test/fixtures/staged_rows.ts';
import { loadHeader, loadRow, type Parts, rawParts, rawRow, reportWorkbook, writeZip } from '../../../../test/fixtures/workbooks.ts';
import { createRandom, integer, type Random } from '../../../numerics/statistics/random.ts';
import { WorkbookRefused } from './refused.ts';

/** Whatever is changed in a workbook: it is read, or it is refused. It never hangs and nothing else is thrown. */

const seed = Number(process.env.QH_SEED ?? 20_250_124);
const rounds = process.env.QH_CHAOS === '1' ? 50_000 : 2_000;
const folder = mkdtempSync(join(tmpdir(), 'qh-fuzz-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const file = join(folder, 'fuzz.xlsx');

const worksheet = (rows: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="m" xmlns:x="m"><dimension ref="A1:E9"/><sheetData>${rows}</sheetData><mergeCells/></worksheet>`;
const sharedStrings = `<sst count="7">${loadHeader.map((text) => `<si><t>${text}</t></si>`).join('')}<si><t>01.05.2025 09:00:00</t></si><si><r><t>a&amp;</t></r><r><t>b</t></r></si></sst>`;
const sharedRow = (number: number, first: number) =>
  `<row r="${number}">${['A', 'B', 'C', 'D', 'E'].map((letter, i) => `<c r="${letter}${number}" t="s"><v>${first + i}</v></c>`).join('')}</row>`;
const sheet = worksheet(
  `${sharedRow(1, 0)}${loadRow(2)}${sharedRow(3, 2)}<row r="4" spans="1:5"><c r="A4" s="5"><v>45778.375</v></c><c r="B4" t="str"><f>1+1</f><v>2</v></c><c r="C4" t="b"><v>1</v></c><c r="D4" t="e"><v>#N/A</v></c><c r="E4" t="d"><v>2025-05-01</v></c></row><!-- c --><row r="6"/>${rawRow(7, ['<![CDATA[x]]>', '&#1055;_x000D_', 1.5])}`,
);
const parts = rawParts({ sheets: [sheet, rawRow(1, ['x'])], sharedStrings });

const snippets = [
  '<',
  '>',
  '/',
  '"',
  "'",
  '&',
  '&#0;',
  '&#x110000;',
  '&lt',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?',
  '?>',
  '<!DOCTYPE a>',
  '</row>',
  '<row>',
  '<row r="2">',
  '</c>',
  '<c',
  '<v>',
  '</v>',
  '<is>',
  '</sheetData>',
  '</worksheet>',
  'r="A1048577"',
  'r="ZZZZ1"',
  ' t="s"',
  ' t="zz"',
  '\u0000',
  '\ufeff',
  '99999999999999999999',
  '-',
  'x:',
  '_x0000_',
];

/** Changes some bytes: flips, cuts, doubles, or puts in what may hurt. */
function mutate(random: Random, bytes: Buffer): Buffer {
  let result = Buffer.from(bytes);
  for (let changes = 1 + integer(random, 3); changes > 0; changes--) {
    const at = integer(random, result.length + 1);
    const length = integer(random, random.next() < 0.8 ? 12 : result.length);
    const choice = integer(random, 6);
    const snippet = Buffer.from(snippets[integer(random, snippets.length)]!);
    if (choice === 0 && at < result.length) result[at] = integer(random, 256);
    else if (choice === 1) result = Buffer.concat([result.subarray(0, at), result.subarray(at + length)]);
    else if (choice === 2) result = Buffer.concat([result.subarray(0, at + length), result.subarray(at)]);
    else if (choice === 3) result = Buffer.concat([result.subarray(0, at), snippet, result.subarray(at)]);
    else if (choice === 4) result = Buffer.concat([result.subarray(0, at), snippet, result.subarray(at + snippet.length)]);
    else if (choice === 5 && at < result.length) result[at] = result[at]! ^ (1 << integer(random, 8));
  }
  return result;
}

/** What the database would accept without a second look. */
function checkRow(row: StagedRow): void {
  for (const [name, value] of Object.entries(rawOf(row))) if (typeof value !== 'string' || !(name in row)) throw new Error(`raw ${row.raw}`);
  for (const [name, value] of Object.entries(row)) {
    if (value === null || name === 'raw' || name === 'source_name') continue;
    if (name === 'period') {
      const date = new Date(`${value.replace(' ', 'T')}Z`);
      if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value) || date.toISOString().slice(0, 19).replace('T', ' ') !== value)
        throw new Error(`period ${value}`);
    } else if (!/^-?\d{1,15}(\.\d{1,6})?$/.test(value)) throw new Error(`${name} ${value}`);
  }
}

async function outcome(round: number): Promise<'read' | 'refused'> {
  try {
    for (const row of (await collectFile(file)).rows) checkRow(row);
    return 'read';
  } catch (error) {
    if (error instanceof WorkbookRefused && error.message !== '' && error.hint !== '') return 'refused';
    throw new Error(`round ${round} of seed ${seed}: ${(error as Error).stack}`, { cause: error });
  }
}

test(`${rounds} changed workbooks are read or refused`, async () => {
  console.info(`QH_SEED=${seed}`);
  const random = createRandom(seed);
  const pieces: Buffer[] = [];
  for await (const piece of reportWorkbook({ rows: 40, text: 'shared', title: true })) pieces.push(piece);
  const whole = Buffer.concat(pieces);
  await writeZip(file, parts);
  const raw = await readFile(file);
  expect(await outcome(-1)).toBe('read');
  const names = Object.keys(parts);
  const counts = { read: 0, refused: 0 };
  for (let round = 0; round < rounds; round++) {
    // Half of the changes are made inside a part, so that the checksum does not hide them.
    if (random.next() < 0.6) {
      const weighted = random.next() < 0.6 ? 'xl/worksheets/sheet1.xml' : names[integer(random, names.length)]!;
      const changed: Parts = { ...parts, [weighted]: mutate(random, Buffer.from(parts[weighted] as string)) };
      await writeZip(file, changed, 1);
    } else await writeFile(file, mutate(random, random.next() < 0.5 ? whole : raw));
    const start = performance.now();
    counts[await outcome(round)]++;
    expect(performance.now() - start).toBeLessThan(5_000);
  }
  console.info(counts);
  expect(counts.read).toBeGreaterThan(rounds / 50);
  expect(counts.refused).toBeGreaterThan(rounds / 3);
}, 3_600_000);
