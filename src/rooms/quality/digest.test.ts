import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { loadRows } from '../../../test/fixtures/small.ts';
import { createLog } from '../../platform/log/log.ts';
import { type JobContext, Jobs } from '../../platform/jobs/jobs.ts';
import { jobs } from './jobs.ts';

/** The week in short, growth and drift, counted by hand. */

const database = await testDatabase();
const { owner } = database;
type Row = Record<string, unknown>;
const calls = (at: string, offered: number, answered: number | null) => ({
  service_id: 1,
  source_id: 1,
  interval_start_time: at,
  interval_minutes: 60,
  offered,
  ...(answered === null ? {} : { handled: answered, answered_in_threshold: answered }),
});

beforeAll(async () => {
  await database.db.query(`select * from api.create_service('A', p_time_zone => 'UTC')`);
  await owner.query(`insert into org.sources (service_id, kind, external_name, created_at) values (1, 'report', '', now())`);
  // Four Mondays alike, the fifth all at nine and without a service level; the day after it has begun.
  const mondays = ['2031-03-03', '2031-03-10', '2031-03-17', '2031-03-24'];
  await loadRows(database, [
    ...mondays.flatMap((day) => ['08', '09', '10', '11'].map((hour) => calls(`${day}T${hour}:00Z`, 25, 20))),
    calls('2031-03-31T09:00Z', 120, null),
    calls('2031-04-01T09:00Z', 1, 1),
  ]);
});
afterAll(() => database.setNow(null));

test('drift of volume, of the busiest hour and of what is unknown, each against the same weekday', async () => {
  const drift = await database.api.query<Row>(
    'select measure, day::text, value::float8, expected::float8, change_pct::float8, days_compared, severity from api.volume_drift() order by measure',
  );
  const day = { day: '2031-03-31', days_compared: 4 };
  expect(drift).toEqual([
    // All of 120 in one hour; a quarter of the day before.
    { ...day, measure: 'peak hour', value: 100, expected: 25, change_pct: 75, severity: 'critical' },
    { ...day, measure: 'unknown', value: 100, expected: 0, change_pct: 100, severity: 'critical' },
    { ...day, measure: 'volume', value: 120, expected: 100, change_pct: 20, severity: 'ok' },
  ]);
});

test('a table that grew by 2000 bytes and 20 writes in two days grows by 1000 and 10 a day', async () => {
  const grown = await database.inTransaction(async (tx) => {
    await tx.query(`delete from quality.snapshots; select quality.take_snapshot()`);
    await tx.query(
      `update quality.snapshots set taken_at = platform.now() - interval '2 days', tables = (
         select jsonb_agg(t || jsonb_build_object('bytes', (t ->> 'bytes')::bigint - 2000, 'writes', (t ->> 'writes')::bigint - 20))
         from jsonb_array_elements(tables) t where t ->> 'name' = 'org.services')`,
    );
    return tx.query<Row>(
      `select table_name, bytes_per_day::int, bytes_in_90_days - bytes as growth, writes_per_day::int from api.table_growth()
       where table_name in ('org.services', 'org.sources') order by 1`,
    );
  }, 'owner');
  expect(grown).toEqual([
    { table_name: 'org.services', bytes_per_day: 1000, growth: 90_000, writes_per_day: 10 },
    { table_name: 'org.sources', bytes_per_day: null, growth: null, writes_per_day: null },
  ]);
});

describe('the digest', () => {
  test('is written by its job: errors, broken rules and trends of the week before midnight, each held against the week before that', async () => {
    const queue = new Jobs(
      database.url('server'),
      [{ name: 'test.job', summary: 'Nothing.', run: async () => {} }],
      createLog({ level: 'silent', readable: false }),
    );
    await queue.start(null);
    for (let n = 0; n < 3; n++) await queue.send('test.job', {});
    await queue.stop();
    // Two failed within the week, one after it.
    await database.db.query(
      `update jobs.job j set state = 'failed', completed_on = case when p.place < 3 then timestamptz '2031-03-27T10:00Z' else '2031-04-01T10:00Z' end
       from (select id, row_number() over (order by id) as place from jobs.job where name = 'test.job') p where p.id = j.id`,
    );
    await owner.query(
      `insert into quality.rule_changes (rule, changed_at, former, severity, value, evidence) values
         ('jobs.failed', '2031-03-26T10:00Z', 'ok', 'warning', 2, 'failed: test.job'), ('jobs.failed', '2031-03-28T10:00Z', 'warning', 'ok', 0, ''),
         ('jobs.failed', '2031-03-20T10:00Z', 'ok', 'warning', 1, 'before')`,
    );
    await owner.query(
      `insert into quality.rule_states values ('data.freshness', 'critical', 9, 'old figures', '2031-03-28T10:00Z', '2031-03-31T10:00Z'), ('jobs.failed', 'ok', 0, '', '2031-03-28T10:00Z', '2031-03-31T10:00Z')`,
    );
    await owner.query(
      `insert into quality.validation_runs select t.at::timestamptz, 'point_query', t.value, 10, 'ms', false, 'ok', null
       from (values ('2031-03-20T03:40Z', 2), ('2031-03-21T03:40Z', 4), ('2031-03-26T03:40Z', 5), ('2031-03-27T03:40Z', 6)) t (at, value)`,
    );
    database.setNow('2031-04-01T05:15Z');
    const job = jobs.find(({ name }) => name === 'quality.digest')!;
    expect(job.schedule).toEqual({ cron: '15 5 * * 1', timeZone: 'UTC' });
    await job.run({}, { db: database.db } as unknown as JobContext);
    const [digest] = await database.api.query<{ period_start: Date; period_end: Date; content: Row }>('select * from api.digests()');
    expect([digest!.period_start, digest!.period_end]).toEqual([new Date('2031-03-25T00:00Z'), new Date('2031-04-01T00:00Z')]);
    expect(digest!.content).toMatchObject({
      errors: { failed_imports: 0, rejected_rows: 0, failed_jobs: 2, rule_breaks: 1 },
      broken_rules: [{ rule: 'data.freshness', severity: 'critical', evidence: 'old figures' }],
      slow_statements: expect.any(Array),
      trends: {
        calls: 120,
        calls_before: 100,
        sla: [{ test: 'point_query', now: 5.5, before: 3, target: 10, unit: 'ms' }],
      },
    });
  });
});
