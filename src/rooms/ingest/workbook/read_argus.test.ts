import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { collect, collectFile, rawOf, type StagedRow } from '../../../../test/fixtures/staged_rows.ts';
import { sharedPath, skipWithoutShared } from '../../../../test/shared.ts';
import { readWorkbookInThread } from './read_in_thread.ts';
import { importKinds } from '../../statistics/imports.ts';

/** The report files with known truth: every row, sum and date range is as their maker says. */

interface Expected {
  layout: 'A26' | 'A27' | 'B';
  header_row: number;
  sheet: string;
  other_rows?: { title?: number; blank?: number; totals?: number };
  totals_row?: number;
  data_rows?: number;
  data_rows_in_file?: number;
  rows_with_cdo_as_text?: number;
  projects?: number;
  period_min?: string;
  period_max?: string;
  sums?: Record<string, number>;
}

const without = skipWithoutShared();
const expected: Record<string, Expected> = without
  ? {}
  : (JSON.parse(readFileSync(sharedPath('data/argus/expected.json'), 'utf8')) as { files: Record<string, Expected> }).files;
const file = (name: string) => sharedPath('data/argus', name);

const reportNames: Record<string, string> = {
  CDO: 'offered',
  HC: 'handled',
  HC_SL: 'answered_in_threshold',
  AC: 'abandoned',
  AC5: 'abandoned_in_5s',
  TT: 'talk_seconds',
  THT: 'reported_handle_seconds',
  ACW: 'wrap_seconds',
  TWT_HC: 'wait_handled_seconds',
  TWT_AC: 'wait_abandoned_seconds',
};

/** Typed value, else the raw one as a number. */
function value(row: StagedRow, name: string): number {
  return Number(row[name] ?? rawOf(row)[name] ?? 0);
}

function sum(rows: readonly StagedRow[], of: (row: StagedRow) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

/** The last row of a report may be its totals: its period is no date. */
const isData = (row: StagedRow) => row.period !== null;

describe.skipIf(without)('the report files', () => {
  const names = Object.keys(expected);

  test.each(names)('%s: rows, header, blanks and period', async (name) => {
    const truth = expected[name]!;
    const { sheets, ends, rows, warnings } = await collectFile(file(name));
    expect(sheets.map(({ sheetName, headerRow, kind }) => ({ sheetName, headerRow, kind }))).toEqual([
      { sheetName: truth.sheet, headerRow: truth.header_row, kind: truth.layout === 'B' ? 'argus_load' : 'argus_report' },
    ]);
    expect(sheets[0]!.columns).toHaveLength(truth.layout === 'A26' ? 26 : truth.layout === 'A27' ? 27 : 5);
    expect(warnings).toEqual([]);
    const { title = 0, blank = 0, totals = 0 } = truth.other_rows ?? {};
    const dataRows = truth.data_rows ?? truth.data_rows_in_file!;
    expect(rows).toHaveLength(dataRows + totals);
    const [end] = ends;
    expect(end!.rowsAboveHeader).toBe(truth.header_row - 1);
    expect(end!.rowsBlank + end!.rowsAboveHeader).toBe(title + blank);
    expect(end!.rowsStaged).toBe(rows.length);
    if (truth.totals_row !== undefined) {
      expect(rows.at(-1)).toMatchObject({ row_number: String(truth.totals_row), period: null });
      expect(rawOf(rows.at(-1)!).period).toBe('Итого');
    }
    if (truth.period_min) {
      const periods = rows
        .filter(isData)
        .map((row) => row.period!.replace(' ', 'T').slice(0, 16))
        .toSorted();
      expect([periods[0], periods.at(-1)]).toEqual([truth.period_min, truth.period_max]);
    }
    if (truth.projects) expect(new Set(rows.filter(isData).map((row) => row.source_name)).size).toBe(truth.projects);
  });

  test.each(names.filter((name) => expected[name]!.sums))('%s: sums', async (name) => {
    const truth = expected[name]!;
    const data = (await collectFile(file(name))).rows.filter(isData);
    if (truth.layout === 'B') {
      expect({
        unique: sum(data, (row) => value(row, 'unique_offered')),
        non_unique: sum(data, (row) => value(row, 'offered')),
        talk: sum(data, (row) => value(row, 'talk_avg_seconds') * value(row, 'offered')),
        post: sum(data, (row) => value(row, 'wrap_avg_seconds') * value(row, 'offered')),
      }).toEqual({
        unique: truth.sums!.unique,
        non_unique: truth.sums!.non_unique,
        talk: truth.sums!.talk_s_times_non_unique,
        post: truth.sums!.post_s_times_non_unique,
      });
      return;
    }
    const sums = Object.fromEntries(Object.entries(reportNames).map(([short, column]) => [short, sum(data, (row) => value(row, column))]));
    expect(sums).toEqual(truth.sums);
  });

  test('titles give the range of days and the clock', async () => {
    const { sheets } = await collectFile(file('ОтчетВходящиеПроекты-ВТМ-15м.xlsx'));
    expect(sheets[0]!.title).toEqual({
      text: 'Входящие проекты [ c 24.01.2025 по 24.05.2025(+5) ]',
      from: '2025-01-24',
      to: '2025-05-24',
      utcOffsetMinutes: 300,
    });
  });

  test('digits stored as text are kept as text, row by row', async () => {
    const { rows, sheets } = await collectFile(file('ОтчетВходящиеПроекты-ВТМ-15м-дефекты.xlsx'));
    const truth = JSON.parse(readFileSync(file('defects.json'), 'utf8')) as Record<
      string,
      { cdo_stored_as_text: { rows: number[] }; defects: { row: number; column: string; value: number | string; rule: string }[] }
    >;
    const [defects] = Object.values(truth);
    const asText = rows.filter((row) => 'offered' in rawOf(row)).map((row) => Number(row.row_number));
    expect(asText).toEqual(defects!.cdo_stored_as_text.rows);
    const bad = defects!.defects.filter((defect) => defect.rule === 'PERIOD_NOT_A_DATE').map((defect) => [defect.row, defect.value]);
    expect(rows.filter((row) => row.period === null).map((row) => [Number(row.row_number), rawOf(row).period])).toEqual(bad);
    expect(sheets[0]!.title).toBeNull();
  });

  test('values that are wrong or unlike are kept letter by letter', async () => {
    const { rows } = await collectFile(file('A-E/ОтчетВходящиеПроекты-Бизнес-15м-ошибки.xlsx'));
    const row = (number: number) => rawOf(rows.find((candidate) => candidate.row_number === String(number))!);
    expect(row(182)).toMatchObject({ period: '31.02.2025 10:00:00' });
    expect(row(232)).toMatchObject({ period: '2025-02-27 12:00:00' });
    expect(row(351)).toMatchObject({ unique_offered: 'двенадцать' });
    expect(row(441)).toMatchObject({ unique_offered: '12.5' });
    expect(row(475)).toMatchObject({ talk_avg_seconds: '180,5' });
    expect(row(478)).toMatchObject({ wrap_avg_seconds: '-30' });
    expect(rows.some((candidate) => candidate.row_number === '339')).toBe(false);
  });

  test('a thread of its own reads the same', async () => {
    const name = file('ОтчетВходящиеПроекты-ВТМ-1ч.xlsx');
    expect(await collect(readWorkbookInThread(name, { kinds: importKinds }))).toEqual(await collectFile(name));
  });
});
