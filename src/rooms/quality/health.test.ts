import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../test/database.ts';
import { loadRows, loadSmall } from '../../../test/fixtures/small.ts';

/** Each check is seen to hold, to break, and to hold again. */

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await loadSmall(database);
});

interface Check {
  check_category: string;
  check_name: string;
  status: string;
  details: string;
  severity: string;
  value: number | null;
  advice: string | null;
  fix: string | null;
}
const checks = (db: Pick<TestDatabase['api'], 'query'> = database.api) => db.query<Check>('select * from api.database_health_check()');
async function check(name: string, db: Pick<TestDatabase['api'], 'query'> = database.api): Promise<Check> {
  const found = (await checks(db)).find(({ check_name: rule }) => rule === name);
  if (found === undefined) throw new Error(`no check ${name}`);
  return found;
}
/** What the health check says inside a transaction that is rolled back, after some statements of the owner. */
const after = (statements: string[], name: string): Promise<Check> =>
  database.inTransaction(async (tx) => {
    for (const statement of statements) await tx.query(statement);
    return check(name, tx);
  }, 'owner');

describe('the health check', () => {
  test('answers every rule: none fails, and what is skipped says why', async () => {
    const found = await checks();
    expect(found.length).toBeGreaterThanOrEqual(24);
    expect(found.filter(({ details }) => details.startsWith('The measurement failed'))).toEqual([]);
    expect(found.filter(({ severity, details }) => severity === 'skipped' && !details)).toEqual([]);
    expect(new Set(found.map(({ check_name: rule }) => rule)).size).toBe(found.length);
    expect(found.filter(({ severity, advice }) => (severity === 'warning' || severity === 'critical') !== (advice !== null))).toEqual([]);
  });

  test('reads no big table: neither facts nor rollups are scanned', async () => {
    const scans = async (tx: { query: TestDatabase['owner']['query'] }) =>
      (
        await tx.query<{ scans: number }>(
          `select sum(pg_stat_get_xact_numscans(c.oid))::int as scans from pg_class c where c.relname ~ '^contact_statistics_2' and c.relkind = 'r'`,
        )
      )[0]!.scans;
    await database.inTransaction(async (tx) => {
      const before = await scans(tx);
      await checks(tx);
      expect(await scans(tx)).toBe(before);
    }, 'owner');
  });

  test('works in a read-only transaction, and again in the same one', async () => {
    await database.inTransaction(async (tx) => {
      await tx.query('set transaction read only');
      expect(await checks(tx)).toHaveLength((await checks(tx)).length);
    }, 'api');
  });

  test('has the words of the seed in status, and ours beside them', async () => {
    const words = Object.fromEntries(
      (
        await database.owner.query<{ word: string; at: string }>(
          `select c || ' ' || s as at, quality.seed_status(c, s) as word
           from unnest('{performance,throughput,resources,data_freshness,connections}'::text[]) c, unnest('{ok,warning,critical,skipped}'::text[]) s`,
        )
      ).map(({ at, word }) => [at, word]),
    );
    expect(words).toMatchObject({
      'performance ok': 'HEALTHY',
      'performance critical': 'DEGRADED',
      'throughput critical': 'WARNING',
      'resources ok': 'OK',
      'resources critical': 'WARNING',
      'data_freshness warning': 'WARNING',
      'data_freshness critical': 'CRITICAL',
      'connections critical': 'CRITICAL',
      'connections skipped': 'SKIPPED',
    });
  });
});

describe('thresholds', () => {
  test('are data: one that is set holds at once, its history stays, and without numbers the default holds again', async () => {
    const set = (warning: number | null, critical: number | null, reason: string) =>
      database.api.query<{ warning: number; critical: number; reason: string }>('select * from api.set_threshold($1, $2, $3, $4)', [
        'connections.used',
        warning,
        critical,
        reason,
      ]);
    expect((await check('connections.used')).severity).toBe('ok');
    expect(await set(0.1, 0.2, 'a test')).toMatchObject([{ warning: 0.1, critical: 0.2, reason: 'a test' }]);
    expect(await check('connections.used')).toMatchObject({ severity: 'critical', status: 'CRITICAL' });
    expect(await set(0.1, 99, 'between')).toHaveLength(1);
    expect(await check('connections.used')).toMatchObject({ severity: 'warning', status: 'WARNING' });
    expect(await set(null, null, 'back')).toMatchObject([{ warning: 80, critical: 90 }]);
    expect((await check('connections.used')).severity).toBe('ok');
    const history = await database.api.query<{ warning: number | null }>(
      `select warning from api.threshold_history('connections.used') order by changed_at`,
    );
    expect(history.map(({ warning }) => warning)).toEqual([0.1, 0.1, null]);
  });

  test('that contradict themselves or name no rule are refused', async () => {
    const refused = (values: string) => database.api.query(`select * from api.set_threshold(${values})`);
    await expect(refused(`'no.rule', 1, 2`)).rejects.toMatchObject({ code: 'QH404' });
    await expect(refused(`'connections.used', 90, 80`)).rejects.toMatchObject({ code: 'QH400' });
    await expect(refused(`'storage.disk_free', 3, 10`)).rejects.toMatchObject({ code: 'QH400' });
    await expect(refused(`'connections.used', 90`)).rejects.toMatchObject({ code: 'QH400' });
  });
});

describe('a check breaks and recovers', () => {
  test('sessions that wait for a lock for more than five seconds are named with their blocker', async () => {
    const blocker = new pg.Client({ connectionString: database.url('server') });
    const waiter = new pg.Client({ connectionString: database.url('server') });
    await Promise.all([blocker.connect(), waiter.connect()]);
    try {
      await blocker.query('select pg_advisory_lock(1)');
      const waiting = waiter.query('select pg_advisory_lock(1)');
      const pid = (await blocker.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
      await expect.poll(async () => (await check('connections.blocked')).severity, { timeout: 20_000, interval: 300 }).toBe('warning');
      expect(await check('connections.blocked')).toMatchObject({ value: 1, fix: `select pg_terminate_backend(${pid})` });
      await blocker.query('select pg_advisory_unlock(1)');
      await waiting;
      expect(await check('connections.blocked')).toMatchObject({ severity: 'ok', value: 0 });
    } finally {
      await Promise.all([blocker.end(), waiter.end()]);
    }
  });

  test('an old transaction of another session is named', async () => {
    const idle = new pg.Client({ connectionString: database.url('server'), application_name: 'forgotten' });
    await idle.connect();
    try {
      await database.api.query(`select api.set_threshold('connections.oldest_transaction', 0.2, 1000)`);
      await idle.query('begin; select 1');
      await expect.poll(async () => (await check('connections.oldest_transaction')).severity, { timeout: 20_000, interval: 100 }).toBe('warning');
      expect((await check('connections.oldest_transaction')).details).toContain('(forgotten) has had one open');
      await idle.query('commit');
      await expect.poll(async () => (await check('connections.oldest_transaction')).severity, { timeout: 20_000, interval: 100 }).toBe('ok');
    } finally {
      await idle.end();
      await database.api.query(`select api.set_threshold('connections.oldest_transaction')`);
    }
  });

  test('an invalid index comes with the statement that builds it anew', async () => {
    // What create index concurrently leaves behind when it fails: two rows that are equal under a unique index.
    await database.owner.query('create table quality.broken (a int); insert into quality.broken values (1), (1)');
    try {
      const client = new pg.Client({ connectionString: database.url('migrate') });
      await client.connect();
      await client.query('create unique index concurrently broken_index on quality.broken (a)').catch(() => undefined);
      await client.end();
      expect(await check('storage.invalid_indexes')).toMatchObject({
        severity: 'warning',
        value: 1,
        details: 'quality.broken_index',
        fix: 'reindex index concurrently quality.broken_index',
      });
    } finally {
      await database.owner.query('drop table quality.broken');
    }
    expect(await check('storage.invalid_indexes')).toMatchObject({ severity: 'ok', value: 0 });
  });

  test('a sequence near its end', async () => {
    expect(await after([`create sequence quality.small as smallint; select setval('quality.small', 30000)`], 'storage.sequences')).toMatchObject({
      severity: 'critical',
      value: 91.6,
      details: 'quality.small is at 30000 of 32767',
    });
    expect((await check('storage.sequences')).severity).toBe('ok');
  });

  test('a duplicate index is named with what it repeats', async () => {
    const made = 'create index thresholds_again on quality.thresholds (rule, changed_at)';
    expect(await after([made], 'resources.duplicate_indexes')).toMatchObject({
      severity: 'warning',
      details: 'quality.thresholds_again on quality.thresholds repeats quality.thresholds_pkey',
      fix: 'drop index quality.thresholds_again',
    });
    // Of the other order it is another index.
    expect((await after(['create index other_order on quality.thresholds (rule, changed_at desc)'], 'resources.duplicate_indexes')).severity).toBe(
      'ok',
    );
  });

  test('a foreign key of a large table without an index comes with the plan that shows the scan', async () => {
    const statements = [
      `create table quality.parents (id int primary key); create table quality.children (id int, parent_id int references quality.parents)`,
      `insert into quality.parents select 1; insert into quality.children select n, 1 from generate_series(1, 10001) n; analyze quality.children`,
    ];
    expect(await after(statements, 'resources.missing_indexes')).toMatchObject({
      severity: 'warning',
      value: 1,
      details: 'quality.children (10001 rows) has no index on parent_id, which refers to quality.parents',
      fix: 'create index concurrently on quality.children (parent_id)',
    });
    const plan = await database.inTransaction(async (tx) => {
      for (const statement of statements) await tx.query(statement);
      return tx.query<{ plan: string }>(`select plan from api.index_advice() where kind = 'missing'`);
    }, 'owner');
    expect(plan[0]?.plan).toMatch(/Seq Scan on children/);
    expect((await after([...statements, 'create index on quality.children (parent_id, id)'], 'resources.missing_indexes')).severity).toBe('ok');
  });

  test('a missing partition of this month and the next is critical, and the fix makes it', async () => {
    database.setNow('2031-05-10T12:00Z');
    const broken = await check('statistics.next_partition');
    expect(broken).toMatchObject({ severity: 'critical', value: 2, details: 'without a partition: 2031-05, 2031-06' });
    await database.owner.query(broken.fix!);
    expect(await check('statistics.next_partition')).toMatchObject({ severity: 'ok', value: 0 });
    database.setNow('2031-06-30T23:59:59Z');
    expect(await check('statistics.next_partition')).toMatchObject({ severity: 'warning', details: 'without a partition: 2031-07' });
    database.setNow(null);
  });

  test('rows in the default partition', async () => {
    // Only a writer that goes around the loader gets there.
    const stray = `insert into statistics.contact_statistics (service_id, source_id, interval_start_time, interval_minutes, offered, batch_id, created_at, updated_at)
      values (1, 1, '2045-01-01T00:00Z', 15, 1, gen_random_uuid(), now(), now())`;
    expect(await after([stray], 'statistics.default_partition')).toMatchObject({ severity: 'warning', value: 1, fix: 'qh maintain' });
    expect((await check('statistics.default_partition')).severity).toBe('ok');
  });

  test('touched buckets that are not folded', async () => {
    const touch = `insert into statistics.touched_log (service_id, group_id, bucket) select 1, 0, '2025-03-03T00:00Z' from generate_series(1, 50000)`;
    expect(await after([touch], 'statistics.refresh_lag')).toMatchObject({ severity: 'warning', value: 50_000 });
    expect((await check('statistics.refresh_lag')).severity).toBe('ok');
  });

  test('freshness counts hours from the newest interval: within one healthy, within four a warning, then critical', async () => {
    await loadRows(database, [{ service_id: 1, source_id: 1, interval_start_time: '2031-06-02T09:00Z', interval_minutes: 15, offered: 1 }]);
    const at = async (now: string) => {
      database.setNow(now);
      return (await check('data.freshness')).status;
    };
    expect(await at('2031-06-02T11:00Z')).toBe('HEALTHY');
    expect(await at('2031-06-02T11:01Z')).toBe('WARNING');
    expect(await at('2031-06-02T14:00Z')).toBe('WARNING');
    expect(await at('2031-06-02T14:01Z')).toBe('CRITICAL');
    database.setNow(null);
  });

  test('failed imports of the last day', async () => {
    const failed = `insert into ingest.import_batches (batch_id, filename, sha256, file_bytes, status, detail, created_by, created_at, updated_at)
      values (gen_random_uuid(), 'march.xlsx', repeat('0', 64), 1, 'failed', 'the file is empty', 'test', platform.now(), platform.now())`;
    expect(await after([failed], 'jobs.failed_imports')).toMatchObject({
      severity: 'warning',
      value: 1,
      details: 'the last one: march.xlsx – the file is empty',
    });
    expect((await check('jobs.failed_imports')).severity).toBe('ok');
  });
});

afterAll(() => database.setNow(null));
