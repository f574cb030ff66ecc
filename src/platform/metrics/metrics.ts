import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AnswerCache } from '../cache/answers.ts';
import type { Db } from '../db/pool.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Log } from '../log/log.ts';
import type { RedisLink } from '../redis/redis.ts';
import type { SlowStatements } from '../slow/slow.ts';

/** Figures of a room for Prometheus: a query whose rows are the labels and a `value`. It must be cheap: it runs at every scrape. */
export interface MetricSource {
  name: string;
  help: string;
  labels: readonly string[];
  sql: string;
}

/** Something that this process counted itself: its values by one label. */
export interface ProcessFigure {
  name: string;
  help: string;
  label: string;
  values: () => Record<string, number>;
}

/** How something stands that should hold; with its value where there is one. */
export interface Check {
  name: string;
  severity: 'ok' | 'warning' | 'critical' | 'skipped';
  value?: number | null;
  unit?: string;
}

export interface Measured {
  db: Db;
  log: Log;
  jobs: Jobs;
  answers: AnswerCache | null;
  redis: RedisLink | null;
  slow: SlowStatements | null;
  sources: readonly MetricSource[];
  /** What rooms count in this process. */
  processFigures?: readonly ProcessFigure[];
  /** What should hold, measured at most every few seconds. */
  checks: () => Promise<Check[]>;
  databaseAnswers: () => Promise<boolean>;
}

export interface Metrics {
  /** One answered request. */
  observe(operation: string, status: number, seconds: number): void;
  text(): Promise<{ contentType: string; body: string }>;
}

const severities = { ok: 0, warning: 1, critical: 2, skipped: -1 } as const;

/** Everything that Prometheus is told. Rate and errors are counts of the duration histogram by status class. */
export function createMetrics(measured: Measured): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'qh_operation_duration_seconds',
    help: 'Duration of operations by name and status class.',
    labelNames: ['operation', 'status'] as const,
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 30],
    registers,
  });
  const errors = new Counter({
    name: 'qh_operation_errors_total',
    help: 'Answers of 400 and above by operation and status.',
    labelNames: ['operation', 'status'] as const,
    registers,
  });
  ownFigures(registry, measured);
  databaseFigures(registry, measured);
  return {
    observe(operation, status, seconds) {
      durations.observe({ operation, status: `${Math.floor(status / 100)}xx` }, seconds);
      if (status >= 400) errors.inc({ operation, status: String(status) });
    },
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

/** What this process knows by itself. */
function ownFigures(registry: Registry, { db, jobs, answers, redis, slow, processFigures = [] }: Measured): void {
  const registers = [registry];
  const gauge = (name: string, help: string, labelNames: string[], rows: () => (readonly [Record<string, string>, number])[]) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const [labels, value] of rows()) this.set(labels, value);
      },
    });
  const named = (label: string, values: Record<string, number>) => Object.entries(values).map(([name, value]) => [{ [label]: name }, value] as const);
  gauge('qh_pool_connections', 'Database connections of this process by state; waiting: callers without one.', ['state'], () =>
    named('state', db.connections()),
  );
  gauge('qh_job_runs_total', 'Runs of jobs in this process by outcome.', ['job', 'outcome'], () =>
    [...jobs.runs].flatMap(([job, { done, failed }]) =>
      named('outcome', { done, failed }).map(([labels, value]) => [{ job, ...labels }, value] as const),
    ),
  );
  gauge('qh_job_seconds_total', 'Time that jobs ran in this process.', ['job'], () =>
    [...jobs.runs].map(([job, { seconds }]) => [{ job }, seconds] as const),
  );
  if (slow !== null) gauge('qh_slow_statements_total', 'Statements that took longer than QH_SLOW_QUERY_MS.', [], () => [[{}, slow.count]]);
  if (redis !== null) gauge('qh_redis_up', '1 when Redis answers.', [], () => [[{}, redis.isUp() ? 1 : 0]]);
  for (const { name, help, label, values } of processFigures) gauge(name, help, [label], () => named(label, values()));
  if (answers === null) return;
  gauge(
    'qh_cache_answers_total',
    'Answers of operations that may be kept: hit, shared (found in Redis), miss, bypass; forgotten: dropped by a change.',
    ['outcome'],
    () => named('outcome', answers.counts),
  );
  gauge('qh_cache_entries', 'Answers kept in this process.', [], () => [[{}, answers.size.entries]]);
  gauge('qh_cache_bytes', 'Memory of the answers kept in this process.', [], () => [[{}, answers.size.bytes]]);
}

/** What only the database knows; while it is away these are missing rather than wrong. */
function databaseFigures(registry: Registry, { db, log, sources, checks, databaseAnswers }: Measured): void {
  const registers = [registry];
  const up = new Gauge({
    name: 'qh_database_up',
    help: '1 when the database answers.',
    registers: [],
    async collect() {
      this.set((await databaseAnswers()) ? 1 : 0);
    },
  });
  const value = new Gauge({
    name: 'qh_check_value',
    help: 'Measured value of a check of /health, in its unit.',
    labelNames: ['check', 'unit'],
    registers,
  });
  const severity = new Gauge({
    name: 'qh_check_severity',
    help: 'Severity of a check: 0 ok, 1 warning, 2 critical, -1 cannot be known.',
    labelNames: ['check'],
    registers: [],
    async collect() {
      this.reset();
      value.reset();
      for (const result of await checks()) {
        this.set({ check: result.name }, severities[result.severity]);
        if (typeof result.value === 'number') value.set({ check: result.name, unit: result.unit ?? '' }, result.value);
      }
    },
  });
  const counted = [jobQueues, ...sources].map(
    ({ name, help, labels, sql }) =>
      new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers: [],
        async collect() {
          this.reset();
          const rows = await db.query<Record<string, string | number>>(sql).catch((error: unknown) => {
            log.debug({ err: error, metric: name }, 'a metric could not be measured');
            return [];
          });
          for (const row of rows) this.set(Object.fromEntries(labels.map((label) => [label, String(row[label])])), Number(row.value));
        },
      }),
  );
  for (const metric of [up, severity, ...counted]) registry.registerMetric(metric);
}

/** As pg-boss counted them last, at most a minute ago. */
const jobQueues: MetricSource = {
  name: 'qh_jobs',
  help: 'Jobs in the queues by state.',
  labels: ['job', 'state'],
  sql: `select q.name as job, s.state, s.value
    from jobs.queue q
    cross join lateral (values ('waiting', q.queued_count), ('deferred', q.deferred_count), ('active', q.active_count), ('failed', q.failed_count)) s (state, value)
    where left(q.name, 2) <> '__'`,
};
