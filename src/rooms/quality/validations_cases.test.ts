import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { loadRows } from '../../../test/fixtures/small.ts';

/** The validations of seed 001 where data are scarce or days are odd: none fails, none invents, and what cannot be known is skipped. */

const quarters = (start: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => new Date(Date.parse(start) + n * 900_000).toISOString());
const cases: [name: string, zone: string, rows: string[], now: string][] = [
  ['an empty store', 'UTC', [], '2025-03-30T22:00Z'],
  ['one row', 'Europe/Berlin', ['2025-05-05T10:00Z'], '2025-05-05T10:15Z'],
  ['a day of 92 quarters', 'Europe/Berlin', quarters('2025-03-29T23:00Z', 92), '2025-03-30T22:00Z'],
  ['a day of 100 quarters', 'Europe/Berlin', quarters('2025-10-25T22:00Z', 100), '2025-10-26T23:00Z'],
  ['the end of a month', 'Europe/Berlin', quarters('2025-04-30T21:00Z', 8), '2025-04-30T23:00Z'],
  ['the end of a year', 'Europe/Berlin', quarters('2024-12-31T22:00Z', 8), '2025-01-01T00:00Z'],
  ['a zone at half past', 'Asia/Kolkata', quarters('2025-06-10T17:30Z', 8), '2025-06-10T19:30Z'],
];
type Row = Record<string, string | number | boolean | null>;

describe.each(cases)('%s', (name, zone, rows, now) => {
  let database: TestDatabase;
  const ask = (text: string) => database.api.query<Row>(`select * from api.${text}`);
  const isEmpty = rows.length === 0;
  beforeAll(async () => {
    database = await testDatabase();
    await database.owner.query('select statistics.maintain()');
    if (!isEmpty) {
      await database.db.query('select * from api.create_service($1, p_time_zone => $2)', ['A', zone]);
      await database.db.query(`insert into org.sources (service_id, kind, external_name, created_at) values (1, 'report', '', now())`);
      await loadRows(
        database,
        rows.map((at) => ({
          service_id: 1,
          source_id: 1,
          interval_start_time: at,
          interval_minutes: 15,
          offered: 1,
          handled: 1,
          answered_in_threshold: 1,
        })),
      );
      await database.db.query('select statistics.refresh()');
    }
    database.setNow(now);
  });
  afterAll(() => database.close());

  test('queries are measured with all samples, or skipped where there is nothing to ask for', async () => {
    for (const row of await ask('validate_query_performance()')) {
      expect(row).toMatchObject(
        isEmpty
          ? { sample_size: 0, meets_sla: null, p95_ms: null, severity: 'skipped' }
          : { meets_sla: Number(row.p95_ms) < Number(row.sla_target_ms) },
      );
      if (!isEmpty) expect(row.sample_size).toBeGreaterThan(0);
    }
    for (const row of await ask('test_integration_performance()')) {
      expect(['PASS', 'FAIL', 'SKIPPED']).toContain(row.status);
      expect(row.status === 'SKIPPED').toBe(row.avg_latency_ms === null);
      expect(row.evidence).toBeTruthy();
    }
  });

  test('capacity and resources say what they know, and nothing fails', async () => {
    const capacity = await ask('validate_throughput_capacity()');
    expect(capacity.map(({ test_name: test }) => test)).toEqual(['daily_capacity', 'peak_hour_capacity', 'batch_insert_rate', 'concurrent_queries']);
    // Nothing was imported by a file: rates cannot be known.
    expect(capacity.slice(0, 3)).toMatchObject(Array.from({ length: 3 }, () => ({ value: null, meets_requirement: null, severity: 'skipped' })));
    const all = [...(await ask('monitor_resource_usage()')), ...(await ask('database_health_check()'))];
    expect(all.filter((row) => /The measurement failed/.test(JSON.stringify(row)))).toEqual([]);
    expect((await ask('analyze_query_performance()')).length).toBeGreaterThan(0);
  });

  test('the parts add up to the whole, and the invariants hold', async () => {
    const suites = await ask('run_all_validations()');
    expect(suites.map(({ validation_suite: suite }) => suite)).toEqual([
      'performance',
      'throughput',
      'resources',
      'integration',
      'invariants',
      'OVERALL',
    ]);
    for (const { total_tests: total, passed, failed, warnings, skipped } of suites)
      expect(Number(passed) + Number(failed) + Number(warnings) + Number(skipped)).toBe(total);
    const sum = (column: string) => suites.slice(0, 5).reduce((all, row) => all + Number(row[column]), 0);
    for (const column of ['total_tests', 'passed', 'failed', 'warnings', 'skipped']) expect(suites[5]![column]).toBe(sum(column));
    const invariants = await database.owner.query<Row>('select name, severity, value::float8, evidence from quality.invariants(400)');
    expect(invariants.filter(({ severity }) => severity === 'critical' || severity === 'warning')).toEqual([]);
    expect(invariants.find((one) => one.name === 'rollups equal a recomputation')).toMatchObject(
      isEmpty ? { severity: 'skipped' } : { severity: 'ok', value: 0 },
    );
  });

  test('freshness is counted from the newest hour', async () => {
    const [fresh] = await database.owner.query<Row>(`select severity, value::float8 from quality.check_rules('{data.freshness}')`);
    // The hour of the only row of 10:00 ends at 11:00, those of the others at the moment of asking or half an hour after it.
    const expected = isEmpty ? null : name === 'one row' ? -0.75 : name === 'a zone at half past' ? -0.5 : 0;
    expect(fresh).toEqual({ severity: isEmpty ? 'skipped' : 'ok', value: expected });
  });
});

test('the volume of a day of 92 quarters is held against Sundays of 96: 4.2 per cent less is no drift', async () => {
  const database = await testDatabase();
  await database.db.query(`select * from api.create_service('A', p_time_zone => 'Europe/Berlin')`);
  await database.db.query(`insert into org.sources (service_id, kind, external_name, created_at) values (1, 'report', '', now())`);
  const days = ['2025-03-01T23:00Z', '2025-03-08T23:00Z', '2025-03-15T23:00Z', '2025-03-22T23:00Z'].flatMap((start) => quarters(start, 96));
  await loadRows(
    database,
    [...days, ...quarters('2025-03-29T23:00Z', 93)].map((at) => ({
      service_id: 1,
      source_id: 1,
      interval_start_time: at,
      interval_minutes: 15,
      offered: 1,
    })),
  );
  expect(
    await database.api.query<Row>(
      `select day::text, value, expected, change_pct, days_compared, severity from api.volume_drift() where measure = 'volume'`,
    ),
  ).toEqual([{ day: '2025-03-30', value: 92, expected: 96, change_pct: -4.2, days_compared: 4, severity: 'ok' }]);
});
