/** Small workbooks for the browser: a good one, a broken one, an empty one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { rawRow, writeRawWorkbook, writeReportWorkbook } from '../fixtures/workbooks.ts';
import { eventually } from './browser.ts';
import type { TestSystem } from '../system.ts';

export interface Files extends AsyncDisposable {
  /** Five projects, one week of March 2025, consolidated. */
  good: string;
  /** A–E with an impossible date, a negative number and more unique callers than calls. */
  broken: string;
  /** A workbook without a row. */
  empty: string;
  /** Two employees, the second in a department that does not exist. */
  people: string;
  /** One queue, 13 months by quarter-hours. */
  long: string;
}

const text = (cell: string, value: string) => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`;
const number = (cell: string, value: number) => `<c r="${cell}"><v>${value}</v></c>`;
const row = (at: number, cells: string[]) => `<row r="${at}">${cells.join('')}</row>`;
const load = (at: number, start: string, unique: number, all: number) =>
  row(at, [text(`A${at}`, start), number(`B${at}`, unique), number(`C${at}`, all), number(`D${at}`, 180), number(`E${at}`, 20)]);

const headers = ['Start time', 'Unique incoming', 'Non-unique incoming', 'Average talk time', 'Post-processing'];

export async function makeFiles(wanted: readonly (keyof Omit<Files, typeof Symbol.asyncDispose>)[]): Promise<Files> {
  const folder = await mkdtemp(path.join(tmpdir(), 'qh-files-'));
  const files = {
    good: path.join(folder, 'ОтчетВходящиеПроекты-ЛИНИЯ-15м.xlsx'),
    broken: path.join(folder, 'ОтчетВходящиеПроекты-БИЗНЕС-15м.xlsx'),
    empty: path.join(folder, 'пусто.xlsx'),
    people: path.join(folder, 'сотрудники.xlsx'),
    long: path.join(folder, 'ОтчетВходящиеПроекты-ГОД-15м.xlsx'),
  };
  const makers = {
    good: () => writeReportWorkbook(files.good, { layout: 'A27', title: true, totals: true, days: 7, callsPerDay: 6000 }),
    broken: () =>
      writeRawWorkbook(files.broken, {
        sheets: [
          [
            row(
              1,
              headers.map((header, column) => text(`${'ABCDE'[column]}1`, header)),
            ),
            load(2, '01.03.2025 09:00:00', 10, 15),
            load(3, '32.03.2025 09:15:00', 10, 15),
            load(4, '01.03.2025 09:30:00', 20, 15),
            load(5, '01.03.2025 09:45:00', -1, 15),
            load(6, '01.03.2025 10:00:00', 12, 18),
          ].join(''),
        ],
      }),
    people: () =>
      writeRawWorkbook(files.people, {
        sheets: [
          rawRow(1, ['Personnel number', 'Last name', 'First name', 'Department', 'Hire date']) +
            rawRow(2, ['1001', 'Петрова', 'Анна', 'CARE', '01.02.2024']) +
            rawRow(3, ['1002', 'Сидоров', 'Павел', 'CARRE', '01.03.2024']),
        ],
      }),
    empty: () => writeRawWorkbook(files.empty, { sheets: [''] }),
    long: () => writeReportWorkbook(files.long, { layout: 'A26', days: 396, callsPerDay: 8000, start: '2024-03-01T00:00', keepEmpty: true }),
  };
  for (const name of wanted) await makers[name]();
  return { ...files, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Imports a file as a person would: choose, look, confirm, wait for the result. */
export async function importFile(page: Page, file: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await eventually(() =>
    page
      .getByRole('button', { name: 'Details and errors' })
      .or(page.getByRole('link', { name: 'Details and errors' }))
      .count(),
  ).toBeGreaterThan(0);
  await eventually(() => page.getByText('You can leave this page').count()).toBe(0);
}

/** Imports a file through the API, where the page is not what is tested. */
export async function importQuietly(system: TestSystem, file: string, options: Record<string, string> = {}): Promise<void> {
  const { exitCode, error } = await system.cli([
    'import',
    file,
    '--json',
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
  ]);
  expect([0, 3], error).toContain(exitCode);
}
