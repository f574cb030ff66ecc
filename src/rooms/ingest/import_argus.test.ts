import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports, type RowFinding } from '../../../test/fixtures/imports.ts';
import { sharedPath, skipWithoutShared } from '../../../test/shared.ts';

/** The report files whose contents are known, each held against its truth. */

const skip = skipWithoutShared();
const truth = (file: string): Record<string, object> => (skip ? {} : JSON.parse(readFileSync(sharedPath('data/argus', file), 'utf8')));
const expected = (skip ? { files: {} } : truth('expected.json')) as unknown as { files: Record<string, Expected> };

interface Expected {
  layout: 'A26' | 'A27' | 'B';
  interval_minutes: number;
  data_rows?: number;
  data_rows_in_file?: number;
  projects?: number | null;
  period_min?: string;
  period_max?: string;
  other_rows?: Record<string, number>;
  sums: Record<string, number>;
  good_rows?: { last_kept: { data_rows: number; sums: Record<string, number> } };
}

const sumsOfReport = `sum(offered) as "CDO", sum(handled) as "HC", sum(answered_in_threshold) as "HC_SL", sum(abandoned) as "AC",
  sum(abandoned_in_5s) as "AC5", sum(talk_seconds) as "TT", sum(talk_seconds + outbound_talk_seconds + hold_seconds) as "THT",
  sum(wrap_seconds) as "ACW", sum(wait_handled_seconds) as "TWT_HC", sum(wait_abandoned_seconds) as "TWT_AC"`;
const sumsOfLoad = `sum(unique_offered) as "unique", sum(offered) as non_unique, sum(talk_seconds) as talk_s_times_non_unique,
  sum(wrap_seconds) as post_s_times_non_unique`;

describe.skipIf(skip)('the report files', async () => {
  const database = await testDatabase();
  const imports = testImports(database);
  const facts = (batchId: string, columns: string) =>
    imports.one(`select ${columns} from statistics.contact_statistics where batch_id = $1`, [batchId]);

  /** Each file goes into a service of its own. */
  const importAlone = (file: string) => imports.import(sharedPath('data/argus', file), { service: file });

  describe.each(Object.keys(expected.files))('%s', async (file) => {
    const { layout, interval_minutes: minutes, sums, data_rows: rows, good_rows: good, ...about } = expected.files[file]!;
    const record = await importAlone(file);
    const findings = await imports.findings(record.batch_id);

    test('holds exactly the sums of its truth', async () => {
      const wanted = Object.entries(good?.last_kept.sums ?? sums).filter(([name]) => !name.endsWith('_times_unique'));
      expect(await facts(record.batch_id, layout === 'B' ? sumsOfLoad : sumsOfReport)).toEqual(Object.fromEntries(wanted));
      expect(record.rows_inserted).toBe(good?.last_kept.data_rows ?? rows);
    });

    test('counts every row once', () => {
      const other = Object.values(about.other_rows ?? {}).reduce((sum, count) => sum + count, 0);
      expect(record).toMatchObject({
        rows_ignored: other,
        rows_total: (about.data_rows_in_file ?? rows!) + other,
        layout: layout === 'B' ? 'argus_load' : 'argus_report',
      });
      expect(record.rows_total).toBe(record.rows_valid + record.rows_rejected + record.rows_ignored);
      expect(record.rows_valid).toBe(record.rows_inserted + record.rows_updated + record.rows_unchanged + record.rows_duplicates);
      expect(record.interval_type).toBe(minutes === 60 ? '1h' : `${minutes}m`);
    });

    test('has no finding that its truth does not name', () => {
      if (good === undefined) expect(findings.filter((finding) => finding.severity !== 'info')).toEqual([]);
      else
        expect(findings.filter((finding) => finding.severity !== 'info').map(({ row_number, rule }) => `${row_number} ${rule}`)).toEqual(
          wantedFindings(file),
        );
    });
  });

  test('the zone is the title’s, and first and last interval are where the report says', async () => {
    const { period_min: first } = expected.files['ОтчетВходящиеПроекты-ВТМ-15м.xlsx']!;
    const found = await imports.one(
      `select min(interval_start_time) at time zone 'Asia/Yekaterinburg' as first, min(time_zone) as zone
       from statistics.contact_statistics f join api.import_batches b on b.id = f.batch_id where b.service_code = $1`,
      ['ОтчетВходящиеПроекты-ВТМ-15м.xlsx'],
    );
    expect(found).toEqual({ first: `${first!.replace('T', ' ')}:00`, zone: 'Etc/GMT-5' });
  });

  test('the faults of the report with faults are found where they are', async () => {
    const file = 'ОтчетВходящиеПроекты-ВТМ-15м-дефекты.xlsx';
    const record = await importAlone(file);
    const findings = await imports.findings(record.batch_id);
    const { defects, cdo_stored_as_text: texts } = truth('defects.json')[file] as unknown as {
      defects: Defect[];
      cdo_stored_as_text: { rows: number[] };
    };
    for (const defect of defects.filter(({ rule }) => rule !== 'BLANK_ROW' && rule !== 'DUPLICATE_CONFLICT'))
      expectFinding(findings, defect, defect.column);
    // The truth names the later row of the pair; the earlier one is the one that is rejected.
    const pair = defects.find(({ rule }) => rule === 'DUPLICATE_CONFLICT')!;
    expectFinding(findings, { ...pair, row: pair.other_row!, other_row: pair.row }, 'Период');
    const info = findings.find(({ rule }) => rule === 'TEXT_NUMBER')!;
    expect(info).toMatchObject({ column_name: 'CDO', severity: 'info', occurrences: 407 });
    expect(rowsOf(info)).toEqual(texts.rows);
  });

  test('the mistakes of the load import are found where they are', async () => {
    const file = 'A-E/ОтчетВходящиеПроекты-Бизнес-15м-ошибки.xlsx';
    const record = await importAlone(file);
    const findings = await imports.findings(record.batch_id);
    const { errors } = truth('errors.json')[file] as unknown as { errors: Defect[] };
    const headers: Record<string, string> = {
      A: 'Start time',
      B: 'Unique incoming',
      C: 'Non-unique incoming',
      D: 'Average talk time',
      E: 'Post-processing',
    };
    for (const error of errors.filter(({ rule }) => !['BLANK_ROW', 'DUPLICATE_CONFLICT', 'DIGITS_AS_TEXT'].includes(rule))) {
      expectFinding(findings, error, headers[error.column!]!);
      expect(findings.some(({ cell }) => cell === `${error.column}${error.row}`)).toBe(true);
    }
    const pair = errors.find(({ rule }) => rule === 'DUPLICATE_CONFLICT')!;
    expectFinding(findings, { ...pair, row: pair.other_row!, other_row: pair.row }, 'Start time');
    const texts = findings.filter(({ rule }) => rule === 'DIGITS_AS_TEXT');
    expect(texts.map((finding) => finding.cell![0]!).toSorted((a, b) => a.localeCompare(b))).toEqual(['B', 'C', 'D', 'E']);
    for (const finding of texts) expect(rowsOf(finding)).toEqual(errors.filter(({ rule }) => rule === 'DIGITS_AS_TEXT').map(({ row }) => row));
  });

  test('the 15-, 30- and 60-minute files of the same traffic agree hour by hour', async () => {
    const hours = (file: string) =>
      database.owner.query(
        `select date_trunc('hour', interval_start_time) as hour, sum(offered) as offered, sum(handled) as handled, sum(talk_seconds) as talk,
           sum(answered_in_threshold) as answered, max(max_wait_handled_seconds) as longest
         from statistics.contact_statistics f join api.import_batches b on b.id = f.batch_id where b.service_code = $1 group by 1 order by 1`,
        [file],
      );
    const quarter = await hours('ОтчетВходящиеПроекты-ВТМ-15м.xlsx');
    expect(quarter.length).toBe(2801);
    expect(await hours('ОтчетВходящиеПроекты-ВТМ-30м.xlsx')).toEqual(quarter);
    expect(await hours('ОтчетВходящиеПроекты-ВТМ-1ч.xlsx')).toEqual(quarter);
  });

  test('a total and the projects that it consists of are never added up: March holds 221,399 calls', async () => {
    for (const file of ['ОтчетВходящиеПроекты-ВТМ-15м.xlsx', 'сводные/ОтчетВходящиеПроекты-ВТМ-15м.xlsx'])
      await imports.import(sharedPath('data/argus', file), { service: 'ВТМ' });
    const march = await database.owner.query<{ offered: number }>(
      `select offered from api.intervals(p_service => 'ВТМ', p_start_time => '2025-03-01T00:00:00+05:00', p_end_time => '2025-04-01T00:00:00+05:00', p_interval_minutes => 43200)`,
    );
    expect(march).toEqual([expect.objectContaining({ offered: 221_399 })]);
    const records = await database.owner.query<{ codes: string[] }>(
      `select array(select w ->> 'code' from jsonb_array_elements(warnings) w) as codes from ingest.import_batches where service_code = 'ВТМ' order by created_at`,
    );
    expect(records.map(({ codes }) => codes)).toEqual([['SERVICE_CREATED'], ['SOURCE_UNMAPPED']]);
  });
});

interface Defect {
  row: number;
  other_row?: number;
  column: string | null;
  rule: string;
  severity: string;
  value: string | number | null;
}

function expectFinding(findings: RowFinding[], { row, other_row, rule, severity, value }: Defect, column: string | null): void {
  const text = value === null ? null : String(value);
  expect(findings.filter((finding) => finding.row_number === row && finding.rule === rule)).toEqual([
    expect.objectContaining({ column_name: column, severity, value: text, other_row: other_row ?? null, message: expect.stringMatching(/\w/) }),
  ]);
}

/** Every error and warning that the truth of a file names, as `row rule`, in the order of rows. */
function wantedFindings(file: string): string[] {
  const { defects, errors } = { ...truth('defects.json')[file], ...truth('errors.json')[file] } as unknown as {
    defects?: Defect[];
    errors?: Defect[];
  };
  return (defects ?? errors ?? [])
    .filter(({ severity }) => severity !== 'info')
    .map(({ row, other_row, rule }) => ({ row: rule === 'DUPLICATE_CONFLICT' ? other_row! : row, rule }))
    .toSorted((a, b) => a.row - b.row)
    .map(({ row, rule }) => `${row} ${rule}`);
}

/** `{[2,5),[8,9)}` → 2, 3, 4, 8. */
function rowsOf({ row_ranges: ranges }: RowFinding): number[] {
  return [...ranges!.matchAll(/\[(\d+),(\d+)\)/g)].flatMap(([, from, to]) =>
    Array.from({ length: Number(to) - Number(from) }, (_, i) => Number(from) + i),
  );
}
