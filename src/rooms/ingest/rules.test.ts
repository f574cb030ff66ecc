import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { testImports } from '../../../test/fixtures/imports.ts';
import { loadRow, periods, reportRow, writeRows } from '../../../test/fixtures/report_rows.ts';
import { argusLoad, argusReport, importKinds } from '../statistics/imports.ts';
import { stagingColumns } from './workbook/staging.ts';
import type { ReportRow, ReportSpec } from './workbook/write_report.ts';

/** What a row is judged by: its cells, by themselves and against each other. */

const database = await testDatabase();
const imports = testImports(database);
let count = 0;

async function importRows(rows: ReportRow[], spec: Partial<ReportSpec> = {}) {
  const file = await writeRows(path.join(imports.dataDir, `${++count}`, 'rows-15м.xlsx'), rows, spec);
  const record = await imports.import(file, { service: `S${count}` });
  const findings = await imports.findings(record.batch_id);
  return { record, findings, told: findings.map(({ cell, rule }) => `${cell} ${rule}`) };
}

const [first, second, third] = periods('2025-03-03T09:00', 3) as [string, string, string];
const good = reportRow(first);
const of = (given: Parameters<typeof reportRow>[1]) => reportRow(second, given);

/** One call more handled than offered. */
const more = {
  offered: 19,
  reported_handled_pct: 100,
  abandoned: 0,
  wait_abandoned_seconds: 0,
  reported_wait_abandoned_avg_seconds: null,
  max_wait_abandoned_seconds: 0,
  reported_abandonment_pct: 0,
  reported_handled_less_short_abandons_pct: 100,
  reported_service_level_pct: 100,
};

describe('one row of the report', () => {
  test.each<[string, Parameters<typeof reportRow>[1], string[]]>([
    ['a count that is blank is rejected', { failed: null }, ['L3 VALUE_BLANK']],
    ['a count that is white space is blank', { failed: ' \u00a0 ' }, ['L3 VALUE_BLANK']],
    ['a share that is blank is rejected', { reported_service_level_pct: null }, ['G3 VALUE_BLANK']],
    ['both average waits may be blank', { reported_wait_handled_avg_seconds: null, reported_wait_abandoned_avg_seconds: null }, []],
    ['a blank average may be printed as NaN', { reported_wait_abandoned_avg_seconds: 'NaN' }, []],
    ['text that is no number is rejected', { failed: 'нет' }, ['L3 NOT_A_NUMBER']],
    ['a fraction of a call is rejected', { failed: 1.5 }, ['L3 NOT_A_WHOLE_NUMBER']],
    ['a negative number is rejected', { max_wait_handled_seconds: -1 }, ['W3 NEGATIVE_VALUE']],
    ['a number that no interval holds is rejected', { failed: 3_000_000_000 }, ['L3 NUMBER_TOO_LARGE']],
    ['a number of forty digits is rejected', { failed: '9'.repeat(40) }, ['L3 NOT_A_NUMBER']],
    ['a number of twenty digits is too large', { failed: '9'.repeat(20) }, ['L3 NUMBER_TOO_LARGE']],
    ['a share above 100 is rejected', { reported_service_level_pct: 101.5 }, ['G3 PERCENT_OUT_OF_RANGE']],
    ['a share below 0 is rejected', { reported_abandonment_pct: -0.1 }, ['K3 PERCENT_OUT_OF_RANGE']],
    ['more handled than offered is rejected', { ...more, handled: 20 }, ['C3 HC_GT_CDO']],
    ['more in threshold than handled is rejected', { answered_in_threshold: 21 }, ['F3 HC_SL_GT_HC']],
    ['more short abandons than abandons is rejected', { abandoned_in_5s: 1 }, ['J3 AC5_GT_AC']],
    [
      'calls that were neither handled nor abandoned are a warning',
      { offered: 20, handled: 20, abandoned: 1, reported_abandonment_pct: 5, reported_wait_abandoned_avg_seconds: 0 },
      ['B3 HC_AC_NE_CDO'],
    ],
    ['more than 1000 calls in a quarter-hour are a warning', { offered: 1001 }, ['B3 CALLS_HIGH']],
    ['a reported ratio off by more than its rounding is a warning', { reported_service_level_pct: 99.9 }, ['G3 REPORTED_DIFFERS']],
    ['a printed zero of nothing does not differ', { offered: 0, reported_handled_pct: 0 }, []],
    ['a printed share of nothing differs', { offered: 0, reported_handled_pct: 12.5 }, ['D3 REPORTED_DIFFERS']],
    ['a reported sum that is not the sum of its parts is a warning', { reported_handle_seconds: 1999 }, ['P3 REPORTED_DIFFERS']],
  ])('%s', async (_title, given, wanted) => {
    const { told, record } = await importRows([good, of(given), reportRow(third)]);
    expect(told).toEqual(wanted);
    expect(record.rows_rejected).toBe(wanted.length > 0 && (await isError(wanted[0]!)) ? 1 : 0);
  });

  test('an average handle time above an hour is a warning', async () => {
    const long = {
      talk_seconds: 80_000,
      reported_handle_seconds: 80_000,
      reported_aht_seconds: 4000,
      reported_handle_and_wrap_seconds: 80_200,
      reported_aht_with_wrap_seconds: 4010,
    };
    expect((await importRows([good, of(long)])).told).toEqual(['T3 AHT_HIGH']);
  });

  test('ratios are held against the rounding that their column prints', async () => {
    // 2 of 3 is 66.666…: as a whole number 67, with one decimal 66.7, with two 66.67.
    const share = (pct: number) =>
      of({
        offered: 3,
        handled: 2,
        reported_handled_pct: pct,
        reported_handled_less_short_abandons_pct: 66.7,
        reported_service_level_pct: 66.7,
        reported_abandonment_pct: 33.3,
      });
    const other = (pct: number) =>
      reportRow(third, {
        offered: 3,
        handled: 2,
        reported_handled_pct: pct,
        reported_handled_less_short_abandons_pct: 66.7,
        reported_service_level_pct: 66.7,
        reported_abandonment_pct: 33.3,
      });
    expect((await importRows([good, share(67)])).told).toEqual([]);
    expect((await importRows([good, share(67), other(66.7)])).told).toEqual(['D3 REPORTED_DIFFERS']);
    expect((await importRows([good, share(66.7), other(66.67)])).told).toEqual(['D3 REPORTED_DIFFERS']);
  });

  test('numbers stored as text are numbers: spaces, thin spaces, decimal commas', async () => {
    const texts: Record<string, string> = {
      offered: '1\u00a0020',
      handled: '1\u202f020',
      answered_in_threshold: ' 1020',
      reported_service_level_pct: '100,0',
    };
    const row = of({ offered: 1020 }).map((value, i) => texts[argusReport.columns[i]!.name] ?? value);
    const { record, told, findings } = await importRows([good, row]);
    expect(record).toMatchObject({ rows_valid: 2, rows_rejected: 0 });
    expect(told.toSorted()).toEqual(['B3 CALLS_HIGH', 'B3 TEXT_NUMBER', 'C3 TEXT_NUMBER', 'F3 TEXT_NUMBER', 'G3 TEXT_NUMBER']);
    expect(findings.every(({ rule, occurrences }) => rule === 'CALLS_HIGH' || occurrences === 1)).toBe(true);
  });

  test('a rejected row tells at most five errors and no warnings, the rest is counted', async () => {
    const { findings, record } = await importRows([good, of(Object.fromEntries(argusReport.columns.slice(2).map(({ name }) => [name, 'x'])))]);
    expect(findings.filter(({ row_number }) => row_number === 3)).toHaveLength(5);
    expect(findings.reduce((sum, { occurrences }) => sum + occurrences, 0)).toBe(25);
    expect(record).toMatchObject({ rows_rejected: 1, rows_valid: 1 });
  });

  test('a name is kept letter by letter; one that is no text or too long is rejected', async () => {
    const name = ' ВТМ  «Бизнес» 24\u00a0';
    const { record, told } = await importRows([reportRow(first, { source_name: name }), of({ source_name: 'x'.repeat(256) })]);
    expect(told).toEqual(['B3 NAME_TOO_LONG']);
    expect(
      await imports.one(
        `select external_name from org.sources where service_id = (select service_id from ingest.import_batches where batch_id = $1)`,
        [record.batch_id],
      ),
    ).toEqual({ external_name: name });
  });
});

describe('one row of the load import', () => {
  const row = (given: Parameters<typeof loadRow>[1]) => loadRow(`${second}:00`, given);
  test.each<[string, ReportRow, string[]]>([
    ['fewer contacts than unique ones', row({ unique_offered: 16 }), ['C3 NON_UNIQUE_LT_UNIQUE']],
    ['an average that makes an impossible sum', row({ offered: 2_000_000_000, talk_avg_seconds: 2_000_000_000 }), ['D3 NUMBER_TOO_LARGE']],
    ['a start without seconds', loadRow(second), ['A3 DATE_FORMAT']],
    ['a start that is empty', loadRow(null), ['A3 START_BLANK']],
    ['an average above an hour is a warning', row({ talk_avg_seconds: 4000 }), ['D3 AHT_HIGH']],
  ])('%s', async (_title, bad, wanted) => {
    expect((await importRows([loadRow(`${first}:00`), bad, loadRow(`${third}:00`)], { kind: argusLoad })).told).toEqual(wanted);
  });

  test('white space where a start or a number belongs is told as it stands there', async () => {
    const blank = loadRow('   ');
    const { findings } = await importRows([loadRow(`${first}:00`), blank, row({ offered: ' \u00a0' }), loadRow(`${third}:00`)], { kind: argusLoad });
    expect(findings.map(({ cell, rule, value }) => [cell, rule, value])).toEqual([
      ['A3', 'START_BLANK', '   '],
      ['C4', 'VALUE_BLANK', ' \u00a0'],
    ]);
  });

  test('sums are average × non-unique contacts; what a load does not say stays unknown', async () => {
    const { record } = await importRows([loadRow(`${first}:00`, { unique_offered: 10, offered: 15, talk_avg_seconds: 300, wrap_avg_seconds: 30 })], {
      kind: argusLoad,
    });
    expect(
      await imports.one(
        `select unique_offered, offered, talk_seconds, wrap_seconds, reported_talk_avg_seconds as talk, handled, abandoned, answered_in_threshold from statistics.contact_statistics where batch_id = $1`,
        [record.batch_id],
      ),
    ).toEqual({
      unique_offered: 10,
      offered: 15,
      talk_seconds: 4500,
      wrap_seconds: 450,
      talk: 300,
      handled: null,
      abandoned: null,
      answered_in_threshold: null,
    });
  });
});

describe('rows against each other', () => {
  test('equal rows are one, of contradicting ones the last is kept and each earlier one names it', async () => {
    const three = [of({ offered: 7 }), of({ offered: 8 }), of({ offered: 8 }), of({ offered: 9 })];
    const { record, findings } = await importRows([good, good, ...three]);
    expect(record).toMatchObject({ rows_total: 6, rows_valid: 3, rows_duplicates: 1, rows_rejected: 3, rows_inserted: 2 });
    expect(findings.map(({ row_number, rule, other_row }) => [row_number, rule, other_row])).toEqual([
      [3, 'DUPLICATE_EQUAL', 2],
      [4, 'DUPLICATE_CONFLICT', 7],
      [5, 'DUPLICATE_CONFLICT', 7],
      [6, 'DUPLICATE_CONFLICT', 7],
    ]);
    expect(await imports.one(`select sum(offered) as offered from statistics.contact_statistics where batch_id = $1`, [record.batch_id])).toEqual({
      offered: 29,
    });
  });

  test('a rejected row contradicts nobody', async () => {
    const { told, record } = await importRows([good, reportRow(first, { failed: -1 })]);
    expect({ told, valid: record.rows_valid }).toEqual({ told: ['L3 NEGATIVE_VALUE'], valid: 1 });
  });

  test('a total that is not the sum of its projects is a warning with both values', async () => {
    const { record } = await importRows([
      reportRow(first, { source_name: 'A', offered: 10 }),
      reportRow(first, { source_name: 'B', offered: 5 }),
      reportRow(first, { offered: 16 }),
    ]);
    expect(record.warnings).toContainEqual(expect.objectContaining({ code: 'TOTAL_NE_SUM', message: expect.stringContaining('16 against 15') }));
    expect(record.warnings).toContainEqual(expect.objectContaining({ code: 'NAME_BLANK' }));
  });
});

test('more findings than are listed are counted, and that is said', async () => {
  const result = await database.inTransaction(async (tx) => {
    await tx.query('select ingest.open_staging($1)', [JSON.stringify(argusLoad.columns)]);
    await tx.query(
      `insert into pg_temp.found (place, name, rule, value) select n, 'offered', 'NEGATIVE_VALUE', '-1' from generate_series(1, 100005) n`,
    );
    return tx.query(
      `select row_number is null as counted, count(*), sum(occurrences) as occurrences from ingest.told_findings() group by 1 order by 1`,
    );
  });
  expect(result).toEqual([
    { counted: false, count: 100_000, occurrences: 100_000 },
    { counted: true, count: 1, occurrences: 5 },
  ]);
});

test('thousands of bad rows and names do not stop the good ones', async () => {
  const many = Array.from({ length: 4000 }, (_, i) =>
    reportRow(i % 2 === 0 ? first : second, { source_name: `P${i}`, offered: i % 2 === 0 ? 3 : -1 }),
  );
  const { record } = await importRows(many);
  expect(record.detail).toBeNull();
  expect(record).toMatchObject({ rows_valid: 2000, rows_rejected: 2000, rows_inserted: 2000 });
});

test('the staging table of SQL is the one that the reader writes for', async () => {
  for (const kind of importKinds) {
    const columns = await database.inTransaction(async (tx) => {
      await tx.query('select ingest.open_staging($1)', [JSON.stringify(kind.columns)]);
      return tx.query(
        `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a where a.attrelid = 'pg_temp.staged_rows'::regclass and a.attnum > 0 order by a.attnum`,
      );
    });
    const long: Record<string, string> = { int: 'integer', timestamp: 'timestamp without time zone' };
    expect(columns).toEqual(stagingColumns(kind).map(({ name, type }) => ({ name, type: long[type] ?? type })));
  }
});

test('the load import that SQL stages from JSON is the declared one', async () => {
  const [row] = await database.owner.query<{ columns: object[] }>('select ingest.argus_load_columns() as columns');
  expect(row!.columns).toEqual(argusLoad.columns.map(({ name, kind, header }) => ({ name, kind, header })));
});

test('every rule has one severity and words, and every rule that SQL uses is there', async () => {
  const rules = await database.owner.query<{ rule: string; severity: string; message: string }>('select * from ingest.rules');
  expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
  const used = await database.owner.query<{ rule: string }>(
    `select distinct m[1] as rule from pg_proc p, regexp_matches(p.prosrc, '''([A-Z][A-Z0-9]*_[A-Z0-9_]+)''', 'g') m where p.pronamespace = 'ingest'::regnamespace`,
  );
  const codes = new Set(rules.map(({ rule }) => rule));
  const warnings = new Set([
    'SERVICE_CREATED',
    'SERVICE_NEW',
    'SOURCE_UNMAPPED',
    'NAME_BLANK',
    'INTERVAL_DIFFERS',
    'INTERVAL_NAME_DIFFERS',
    'INTERVAL_ASSUMED',
    'TITLE_OFFSET_DIFFERS',
    'TOTAL_NE_SUM',
  ]);
  expect(used.map(({ rule }) => rule).filter((rule) => !codes.has(rule) && !warnings.has(rule))).toEqual([]);
});

async function isError(told: string): Promise<boolean> {
  const { severity } = await imports.one('select severity from ingest.rules where rule = $1', [told.split(' ')[1]]);
  return severity === 'error';
}
