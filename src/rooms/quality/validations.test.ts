import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { loadRows, loadSmall } from '../../../test/fixtures/small.ts';

/** The validations of seed 001: they measure, they write nothing, and what they cannot know they say. */

let database: TestDatabase;
let empty: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  empty = await testDatabase();
  await loadSmall(database);
  await empty.owner.query('select statistics.maintain()');
});

type Row = Record<string, string | number | boolean | null>;
const functions = [
  'validate_query_performance',
  'validate_throughput_capacity',
  'monitor_resource_usage',
  'test_integration_performance',
  'run_all_validations',
];
const call = (name: string, db: Pick<TestDatabase['api'], 'query'> = database.api) => db.query<Row>(`select * from api.${name}()`);
const columns: Record<string, string> = {
  validate_query_performance: 'query_type,test_description,avg_ms,p95_ms,p99_ms,max_ms,sample_size,meets_sla,sla_target_ms',
  validate_throughput_capacity: 'test_name,metric,value,unit,meets_requirement,notes',
  monitor_resource_usage: 'resource_type,metric_name,current_value,threshold,status,recommendation',
  test_integration_performance: 'integration_point,operation,avg_latency_ms,throughput_per_sec,status',
  run_all_validations: 'validation_suite,total_tests,passed,failed,warnings,overall_status',
  database_health_check: 'check_category,check_name,status,details',
  analyze_query_performance: 'query_pattern,avg_time_ms,calls,recommendation',
};

describe('every function of the seed', () => {
  test.each(Object.entries(columns))('%s begins with the columns of the seed', async (name, wanted) => {
    const [row] = await call(name);
    expect(Object.keys(row!).slice(0, wanted.split(',').length).join()).toBe(wanted);
  });

  test('runs in a read-only transaction, twice in the same one, and changes no row anywhere', async () => {
    await database.inTransaction(async (tx) => {
      await tx.query('set transaction read only');
      for (const name of [...functions, ...functions, 'database_health_check', 'analyze_query_performance', 'index_advice', 'volume_drift'])
        expect((await call(name, tx)).length, name).toBeGreaterThanOrEqual(name === 'index_advice' || name === 'volume_drift' ? 0 : 1);
    }, 'api');
  });

  test('on an empty database says what it cannot know, and fails nothing', async () => {
    for (const name of ['validate_query_performance', 'test_integration_performance'])
      expect(new Set((await call(name, empty.api)).map(({ severity }) => severity)), name).toEqual(new Set(['skipped']));
    expect((await call('run_all_validations', empty.api)).map(({ validation_suite: suite, failed }) => [suite, failed])).toEqual([
      ['performance', 0],
      ['throughput', 0],
      ['resources', 0],
      ['integration', 0],
      ['invariants', 0],
      ['OVERALL', 0],
    ]);
  });
});

describe('what was measured', () => {
  test('percentiles are samples: of 1 to 100 the mean is 50.5, p95 95, p99 99', async () => {
    const [summary] = await database.owner.query(
      `select s.* from quality.summarise(array(select n::double precision from generate_series(1, 100) n)) s`,
    );
    expect(summary).toEqual({ avg_ms: 50.5, p95_ms: 95, p99_ms: 99, max_ms: 100, sample_size: 100 });
    const [one] = await database.owner.query(`select s.* from quality.summarise('{7}') s`);
    expect(one).toEqual({ avg_ms: 7, p95_ms: 7, p99_ms: 7, max_ms: 7, sample_size: 1 });
  });

  test('queries: as many samples as the seed says, against its targets', async () => {
    const rows = await call('validate_query_performance');
    expect(rows.map((row) => [row.query_type, row.sample_size, row.sla_target_ms])).toEqual([
      ['point_query', 100, 10],
      ['range_query', 50, 100],
      ['aggregation_query', 20, 500],
      ['api_integration', 30, 200],
    ]);
    for (const row of rows) {
      expect(row.meets_sla).toBe(Number(row.p95_ms) < Number(row.sla_target_ms));
      expect(Number(row.p95_ms)).toBeLessThanOrEqual(Number(row.max_ms));
    }
  });

  test('a value is ok with a quarter to spare, a warning within the promise, critical at it', async () => {
    const severities = await database.owner.query<{ s: string }>(
      `select quality.measured_severity(v, 100) as s from unnest('{74,75,99,100}'::numeric[]) v
       union all select quality.measured_severity(v, 100, true) from unnest('{134,133,100}'::numeric[]) v
       union all select quality.measured_severity(null, 100)`,
    );
    expect(severities.map(({ s }) => s)).toEqual(['ok', 'warning', 'warning', 'critical', 'ok', 'warning', 'critical', 'skipped']);
  });

  test('capacity is the rate of real imports: the median of 100, 200 and 600 rows a second carries 17,280,000 rows a day', async () => {
    const rows = await database.inTransaction(async (tx) => {
      for (const rate of [100, 200, 600])
        await tx.query(
          `insert into ingest.import_batches (batch_id, filename, sha256, file_bytes, status, rows_total, rows_valid, rows_inserted, created_by, created_at, started_at, finished_at, updated_at)
           values (gen_random_uuid(), 'f', repeat('0', 64), 1, 'completed', $1 * 10, $1 * 10, $1 * 10, 't', platform.now(), platform.now() - interval '10 seconds', platform.now(), platform.now())`,
          [rate],
        );
      return call('validate_throughput_capacity', tx);
    }, 'owner');
    expect(rows.slice(0, 3)).toMatchObject([
      { test_name: 'daily_capacity', value: 17_280_000, meets_requirement: true, target: 100_000, headroom: 172.8 },
      { test_name: 'peak_hour_capacity', value: 720_000, meets_requirement: true, target: 10_000 },
      { test_name: 'batch_insert_rate', value: 200, meets_requirement: true, target: 100, headroom: 2 },
    ]);
    expect((await call('validate_throughput_capacity'))[2]).toMatchObject({ value: null, meets_requirement: null, severity: 'skipped' });
  });

  test('resources answer one row each, also when all is well', async () => {
    const rows = await call('monitor_resource_usage');
    expect(rows.map(({ metric_name: name }) => name)).toEqual(
      expect.arrayContaining(['cache_hits', 'unused_indexes', 'duplicate_indexes', 'blocked', 'pruning', 'used']),
    );
    expect(rows.filter(({ status }) => !['OK', 'WARNING', 'SKIPPED'].includes(String(status)))).toEqual([]);
    expect(rows.find(({ metric_name: name }) => name === 'duplicate_indexes')).toMatchObject({
      status: 'OK',
      current_value: 0,
      recommendation: 'Nothing to do.',
    });
  });

  test('pruning is what a plan shows: of 28 partitions a day reads one or two', async () => {
    const months = `array(select generate_series('2040-01-01'::timestamp, '2042-03-01', '1 month')::date)`;
    const [read] = await database.inTransaction(async (tx) => {
      await tx.query(`select statistics.ensure_partitions(${months})`);
      return tx.query<{ read: number; total: number }>(
        `select read, total from statistics.partitions_read('2041-05-10T00:00Z', '2041-05-11T00:00Z')`,
      );
    }, 'owner');
    expect(read!.total).toBeGreaterThanOrEqual(28);
    expect(read!.read).toBe(1);
  });
});

describe('invariants', () => {
  const invariants = (db: Pick<TestDatabase['owner'], 'query'>) =>
    db.query<{ name: string; severity: string; value: number }>('select * from quality.invariants(400)');
  const severityOf = async (name: string, statements: string[]) =>
    database.inTransaction(async (tx) => {
      for (const statement of statements) await tx.query(statement);
      return (await invariants(tx)).find((entry) => entry.name === name)?.severity;
    }, 'owner');

  test('hold, and a rollup that was changed behind the back of the store is found', async () => {
    expect((await invariants(database.owner)).filter(({ severity }) => severity === 'critical')).toEqual([]);
    expect(await severityOf('rollups equal a recomputation', [])).toBe('ok');
    expect(await severityOf('rollups equal a recomputation', ['update statistics.rollups set offered = offered + 1 where grain = 60'])).toBe(
      'critical',
    );
    expect(await severityOf('rollups equal a recomputation', ['delete from statistics.rollups where grain = 60'])).not.toBe('ok');
  });

  test('a load without its source and a rule that the table does not check any more are found', async () => {
    const orphan = `insert into statistics.loads (batch_id, service_id, source_id, load_number, first_start_time, last_start_time, loaded_at)
      values (gen_random_uuid(), 999, 999, 1, now(), now(), now())`;
    expect(await severityOf('no figures without their source', [orphan])).toBe('critical');
    expect(
      await severityOf('answered within handled within received', [
        'alter table statistics.contact_statistics drop constraint handled_within_offered',
      ]),
    ).toBe('critical');
  });
});

describe('snapshots', () => {
  test('counters are compared, never read as sums of a lifetime: the cache is judged by what happened since', async () => {
    const cache = async (hit: number, read: number) =>
      database.inTransaction(async (tx) => {
        await tx.query(`delete from quality.snapshots`);
        await tx.query(`select quality.take_snapshot()`);
        await tx.query(
          `update quality.snapshots s set taken_at = platform.now() - interval '2 hours', blocks_hit = d.blks_hit - $1, blocks_read = d.blks_read - $2
           from pg_stat_database d where d.datname = current_database()`,
          [hit, read],
        );
        await tx.query(`update quality.snapshots set blocks_hit = greatest(blocks_hit, 0), blocks_read = greatest(blocks_read, 0)`);
        return tx.query<{ severity: string }>(`select severity, value, evidence from quality.check_rules('{resources.cache_hits}')`);
      }, 'owner');
    expect((await cache(0, 0))[0]?.severity).toBe('skipped');
    expect((await cache(12_000, 0))[0]?.severity).toBe('ok');
  });

  test('an index that was not scanned for a week is unused; below a week nobody knows', async () => {
    const unused = async (days: number) =>
      database.inTransaction(async (tx) => {
        await tx.query('delete from quality.snapshots; create index digests_made_at on quality.digests (made_at)');
        await tx.query('select quality.take_snapshot()');
        await tx.query(
          `insert into quality.snapshots select s.taken_at - $1 * interval '1 day', null, s.database_bytes, null, null, s.connections, s.max_connections, 0, 0, 0, 0, 0, 0, s.tables,
             (select jsonb_agg(case when i ->> 'name' = 'quality.digests_made_at' then i else jsonb_set(i, '{scans}', '-1') end) from jsonb_array_elements(s.indexes) i), null
           from quality.snapshots s`,
          [days],
        );
        await tx.query('update quality.snapshots set stats_reset = null');
        return tx.query<{ severity: string; evidence: string; fix: string | null }>(
          `select severity, evidence, fix from quality.check_rules('{resources.unused_indexes}')`,
        );
      }, 'owner');
    expect(await unused(8)).toEqual([{ severity: 'warning', evidence: 'quality.digests_made_at', fix: 'drop index quality.digests_made_at' }]);
    expect(await unused(3)).toMatchObject([{ severity: 'skipped', evidence: 'Snapshots of seven days are needed; there are 3' }]);
  });

  test('growth of 1 GB a day on a disk with 20 GB left ends in 20 days', async () => {
    const disk = async (free: number | null, growth: number) =>
      database.inTransaction(async (tx) => {
        await tx.query('delete from quality.snapshots');
        for (const day of [0, 10])
          await tx.query(
            `insert into quality.snapshots values (platform.now() - interval '10 days' + $1 * interval '1 day', null, 1000000000 + $1::bigint * $2, $3, 100000000000, 5, 100, 0, 0, 0, 0, 0, 0, '[]', '[]', null)`,
            [day, growth, free],
          );
        return (await tx.query<Row>(`select severity, value from quality.check_rules('{storage.disk_full_in_days}')`))[0];
      }, 'owner');
    expect(await disk(20e9, 1e9)).toEqual({ severity: 'warning', value: 20 });
    expect(await disk(5e9, 1e9)).toEqual({ severity: 'critical', value: 5 });
    expect(await disk(20e9, 0)).toEqual({ severity: 'ok', value: 9999 });
    expect(await disk(null, 1e9)).toMatchObject({ severity: 'skipped' });
  });

  test('a query that gets a millisecond slower a day misses a promise of 10 ms in 3 days when it takes 7', async () => {
    const [left] = await database.inTransaction(async (tx) => {
      await tx.query(
        `insert into quality.validation_runs select platform.now() - (6 - n) * interval '1 day', 'point_query', n + 1, 10, 'ms', false, 'ok', null from generate_series(0, 6) n`,
      );
      return tx.query<Row>(`select days_left, round(slope::numeric, 3) as slope from quality.sla_projection()`);
    }, 'owner');
    expect(left).toEqual({ days_left: 3, slope: 1 });
  });

  test('old snapshots are thinned: hourly for 14 days, then the first of each day for 400', async () => {
    database.setNow('2030-01-15T12:00Z');
    const left = await database.inTransaction(async (tx) => {
      await tx.query('delete from quality.snapshots');
      await tx.query(
        `insert into quality.snapshots select t, null, 1, null, null, 1, 1, 0, 0, 0, 0, 0, 0, '[]', '[]', null
         from unnest('{2028-12-01 05:00+00,2029-12-20 05:00+00,2029-12-20 06:00+00,2030-01-10 05:00+00,2030-01-10 06:00+00}'::timestamptz[]) t`,
      );
      await tx.query('select quality.take_snapshot()');
      return tx.query<{ at: string }>(`select to_char(taken_at at time zone 'UTC', 'YYYY-MM-DD HH24') as at from quality.snapshots order by 1`);
    }, 'owner');
    database.setNow(null);
    expect(left.map(({ at }) => at)).toEqual(['2029-12-20 05', '2030-01-10 05', '2030-01-10 06', '2030-01-15 12']);
  });
});

describe('what the jobs keep', () => {
  test('a rule that breaks is told once, and again when it recovers', async () => {
    const watch = (tx: { query: TestDatabase['owner']['query'] }) => tx.query<Row>(`select rule, former, severity from quality.watch_rules()`);
    const told = await database.inTransaction(async (tx) => {
      await tx.query(`set local qh.now = '2030-12-31T23:55Z'`);
      const first = (await watch(tx)).filter(({ rule }) => rule === 'connections.used');
      await tx.query(`select quality.set_threshold('connections.used', 0.01, 99.9, null); set local qh.now = '2031-01-01T00:00Z'`);
      const broken = (await watch(tx)).filter(({ rule }) => rule === 'connections.used');
      await tx.query(`set local qh.now = '2031-01-01T00:05Z'`);
      const still = (await watch(tx)).filter(({ rule }) => rule === 'connections.used');
      await tx.query(`select quality.set_threshold('connections.used', null, null, null); set local qh.now = '2031-01-01T00:10Z'`);
      const well = (await watch(tx)).filter(({ rule }) => rule === 'connections.used');
      const changes = await tx.query<Row>(`select severity from quality.rule_changes where rule = 'connections.used' order by changed_at`);
      return { first, broken, still, well, changes: changes.map(({ severity }) => severity) };
    }, 'owner');
    expect(told).toEqual({
      first: [],
      broken: [{ rule: 'connections.used', former: 'ok', severity: 'warning' }],
      still: [],
      well: [{ rule: 'connections.used', former: 'warning', severity: 'ok' }],
      changes: ['ok', 'warning', 'ok'],
    });
  });

  test('the nightly validation keeps what it measured', async () => {
    await database.db.query('select quality.keep_validation()');
    const runs = await database.api.query<Row>('select test_name, target, severity from api.validation_runs()');
    expect(runs.map(({ test_name: name }) => name)).toEqual(
      expect.arrayContaining(['point_query', 'range_query', 'aggregation_query', 'batch_insert_rate']),
    );
  });

  test('the digest of a week counts its calls and those of the week before', async () => {
    await loadRows(database, [
      { service_id: 1, source_id: 1, interval_start_time: '2031-02-10T09:00Z', interval_minutes: 15, offered: 40 },
      { service_id: 1, source_id: 1, interval_start_time: '2031-02-17T09:00Z', interval_minutes: 15, offered: 50 },
    ]);
    database.setNow('2031-02-19T00:00Z');
    const [digest] = await database.api.query<{ content: { trends: Row; errors: Row } }>('select content from api.make_digest()');
    database.setNow(null);
    expect(digest?.content.trends).toMatchObject({ calls: 50, calls_before: 40 });
    expect(digest?.content.errors).toMatchObject({ failed_imports: 0 });
    expect(await database.api.query('select count(*)::int as n from api.digests()')).toEqual([{ n: 1 }]);
  });

  test('a day with twice the calls of the same weekday before is a warning of volume', async () => {
    const weeks = [3, 10, 17, 24, 31].map((day, n) => ({
      service_id: 1,
      source_id: 1,
      interval_minutes: 15,
      interval_start_time: `2031-03-${String(day).padStart(2, '0')}T09:00Z`,
      offered: n === 4 ? 150 : 100,
    }));
    await loadRows(database, [...weeks, { service_id: 1, source_id: 1, interval_start_time: '2031-04-01T09:00Z', interval_minutes: 15, offered: 1 }]);
    const drift = await database.api.query<Row>(
      `select value, expected, change_pct, days_compared, severity from api.volume_drift() where measure = 'volume'`,
    );
    expect(drift[0]).toEqual({ value: 150, expected: 100, change_pct: 50, days_compared: 4, severity: 'warning' });
  });
});

describe('next run of a job', () => {
  test.each([
    ['* * * * *', 'UTC', '2025-03-01T10:00:30Z', '2025-03-01T10:01:00Z'],
    ['20 2 * * *', 'UTC', '2025-02-28T02:20:00Z', '2025-03-01T02:20:00Z'],
    ['*/15 9-17 * * 1-5', 'UTC', '2025-02-28T17:50:00Z', '2025-03-03T09:00:00Z'],
    ['15 5 * * 1', 'Europe/Moscow', '2025-03-03T02:14:00Z', '2025-03-03T02:15:00Z'],
    ['0 0 1 * *', 'UTC', '2025-12-31T23:59:00Z', '2026-01-01T00:00:00Z'],
    ['0 3 * * 7', 'UTC', '2025-03-01T00:00:00Z', '2025-03-02T03:00:00Z'],
  ])('%s in %s after %s is %s', async (cron, zone, after, next) => {
    const [row] = await empty.owner.query<{ next: Date }>('select platform.next_run($1, $2, $3) as next', [cron, zone, after]);
    expect(row!.next.toISOString()).toBe(new Date(next).toISOString());
  });
});
