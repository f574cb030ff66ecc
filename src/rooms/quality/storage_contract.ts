import Type from 'typebox';
import { Day, defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';
import { measured, severity } from './health_contract.ts';

/** Partitions, retention, indexes, growth, drift, jobs and the week in short. */

const scope = 'admin:read';
const bytes = Type.Integer({ description: 'bytes' });

export const partitions = defineOperation({
  name: 'quality.partitions',
  summary: 'Monthly partitions with rows and bytes, and months whose detail is gone',
  scope,
  method: 'GET',
  path: '/api/v1/quality/partitions',
  input: Type.Object({}),
  output: Type.Object({
    table_name: Type.String(),
    partition_name: Type.String(),
    month: Nullable(Day('first day of the month (UTC)')),
    is_default: Type.Boolean({ description: 'it holds rows of months without a partition' }),
    row_count: Type.Integer({ description: 'as the planner estimates; of months let go of: counted' }),
    bytes,
    kept: Type.Boolean(),
    dropped_at: Nullable(Moment('When its detail was let go of')),
  }),
  result: 'list',
  key: ['table_name', 'partition_name'],
  sql: 'api.partitions',
  examples: [{ title: 'All', input: {} }],
});

const Retention = Type.Object({
  keep_months: Nullable(Type.Integer({ description: 'whole months of detail that stay besides the present one; null: all' })),
  effective_on: Nullable(Day('the first day on which months go')),
  announced_at: Nullable(Moment('When it was announced')),
  announced_by: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  kept_since: Nullable(Day('detail before it is gone')),
  months_due: Type.Integer({ description: 'months that it lets go of now' }),
  notice_days: Type.Integer({ description: 'least days between announcing and applying' }),
});

export const retention = defineOperation({
  name: 'quality.retention',
  summary: 'For how long detail is kept',
  scope,
  method: 'GET',
  path: '/api/v1/quality/retention',
  input: Type.Object({}),
  output: Retention,
  result: 'row',
  sql: 'api.retention',
  examples: [{ title: 'The policy', input: {} }],
});

const keep_months = Type.Optional(Type.Integer({ minimum: 13, maximum: 1200, description: 'whole months of detail that stay; left out: all' }));

export const setRetention = defineOperation({
  name: 'quality.set_retention',
  summary: 'Announce for how long detail is kept',
  description:
    'Applied by the nightly job and by qh maintain from its day on. Hours, days and months outlive detail. A late row, or an undo, of a month that is gone is refused.',
  scope: 'admin:write',
  changesAll: true,
  method: 'POST',
  path: '/api/v1/quality/retention',
  input: Type.Object({
    keep_months,
    effective_on: Type.Optional(Day('not sooner than the notice allows; the soonest when left out')),
    reason: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  output: Retention,
  result: 'row',
  sql: 'api.set_retention',
  errors: ['bad_request'],
  examples: [{ title: 'Two years of detail', input: { keep_months: 24, reason: 'Quarter hours of old years are not asked for' } }],
});

export const previewRetention = defineOperation({
  name: 'quality.preview_retention',
  summary: 'What a policy would let go of today; changes nothing',
  scope,
  method: 'GET',
  path: '/api/v1/quality/retention/preview',
  input: Type.Object({ keep_months: Type.Optional(Type.Integer({ minimum: 13, maximum: 1200, description: 'the announced policy when left out' })) }),
  output: Type.Object({
    month: Day('first day of the month (UTC)'),
    partition_name: Type.String(),
    row_count: Type.Integer({ description: 'as the planner estimates' }),
    bytes: Type.Integer({ description: 'freed on disk' }),
    batches: Type.Integer({ description: 'imports that could not be undone any more' }),
    stays: Type.String({ description: 'what stays answerable' }),
    lost: Type.String({ description: 'what does not' }),
    table_name: Type.String({ description: 'contact_statistics or agent_activity' }),
    bytes_freed: Type.Integer({ description: 'bytes freed when this partition and those before it are gone' }),
  }),
  result: 'list',
  key: ['month', 'partition_name'],
  sql: 'api.preview_retention',
  examples: [{ title: 'Thirteen months', input: { keep_months: 13 } }],
});

export const indexAdvice = defineOperation({
  name: 'quality.index_advice',
  summary: 'Indexes that are unused, repeat another, or are missing',
  scope,
  method: 'GET',
  path: '/api/v1/quality/index_advice',
  input: Type.Object({}),
  output: Type.Object({
    kind: Type.String({ description: 'unused, duplicate or missing' }),
    table_name: Type.String(),
    index_name: Nullable(Type.String({ description: 'of a missing one: its columns' })),
    bytes: Nullable(bytes),
    evidence: Type.String(),
    plan: Nullable(Type.String({ description: 'the plan that shows a missing index' })),
    fix: Type.String({ description: 'the statement that changes it' }),
  }),
  result: 'rows',
  sql: 'api.index_advice',
  examples: [{ title: 'Now', input: {} }],
});

export const tableGrowth = defineOperation({
  name: 'quality.table_growth',
  summary: 'How large tables are and how fast they grow',
  scope,
  method: 'GET',
  path: '/api/v1/quality/table_growth',
  input: Type.Object({}),
  output: Type.Object({
    table_name: Type.String(),
    bytes,
    index_bytes: bytes,
    live_rows: Type.Integer(),
    dead_rows: Type.Integer(),
    bytes_per_day: Nullable(Type.Number()),
    writes_per_day: Nullable(Type.Number({ description: 'rows inserted, updated and deleted' })),
    bytes_in_90_days: Nullable(Type.Number({ description: 'at this pace' })),
    since: Nullable(Moment('the snapshot that it is compared with')),
  }),
  result: 'rows',
  sql: 'api.table_growth',
  examples: [{ title: 'Now', input: {}, skip: measured }],
});

export const volumeDrift = defineOperation({
  name: 'quality.volume_drift',
  summary: 'The last whole day against the same weekday before',
  scope,
  method: 'GET',
  path: '/api/v1/quality/volume_drift',
  input: Type.Object({}),
  output: Type.Object({
    service_code: Type.String(),
    measure: Type.String({ description: 'volume, peak hour (its share) or unknown (share whose service level is unknown)' }),
    day: Day("in the service's zone"),
    value: Nullable(Type.Number()),
    expected: Nullable(Type.Number({ description: 'mean of the same weekday in up to four weeks before' })),
    change_pct: Nullable(Type.Number({ description: 'volume: per cent; shares: points' })),
    days_compared: Type.Integer(),
    severity,
    evidence: Nullable(Type.String()),
  }),
  result: 'list',
  key: ['service_code', 'measure'],
  sql: 'api.volume_drift',
  examples: [{ title: 'Now', input: {} }],
});

export const ruleChanges = defineOperation({
  name: 'quality.rule_changes',
  summary: 'When rules broke and recovered',
  scope,
  method: 'GET',
  path: '/api/v1/quality/rule_changes',
  input: Type.Object({ rule: Type.Optional(Type.String()) }),
  output: Type.Object({
    rule: Type.String(),
    changed_at: Moment('When the job saw it'),
    former: Nullable(Type.String()),
    severity: Type.String(),
    value: Nullable(Type.Number()),
    evidence: Type.String(),
  }),
  result: 'list',
  key: ['-changed_at', '-rule'],
  sql: 'api.rule_changes',
  examples: [{ title: 'All', input: {} }],
});

const Digest = Type.Object({
  period_start: Moment('The week begins'),
  period_end: Moment('The week ends'),
  made_at: Moment('When it was written'),
  content: Type.Record(Type.String(), Type.Unknown(), { description: '{errors, broken_rules, slow_statements, trends}' }),
});

export const digests = defineOperation({
  name: 'quality.digests',
  summary: 'The weeks in short: errors, slow statements, trends',
  scope,
  method: 'GET',
  path: '/api/v1/quality/digests',
  input: Type.Object({}),
  output: Digest,
  result: 'list',
  key: ['-period_start'],
  sql: 'api.digests',
  examples: [{ title: 'All', input: {} }],
});

export const makeDigest = defineOperation({
  name: 'quality.make_digest',
  summary: 'Write the digest of the last seven days now',
  scope: 'admin:write',
  changesAll: true,
  method: 'POST',
  path: '/api/v1/quality/digests',
  input: Type.Object({}),
  output: Digest,
  result: 'row',
  sql: 'api.make_digest',
  examples: [{ title: 'Now', input: {} }],
});

const tableStatistics = Type.Object({
  schema: Type.String(),
  table: Type.String(),
  inserts: Type.Integer(),
  updates: Type.Integer(),
  deletes: Type.Integer(),
  live_rows: Type.Integer(),
  dead_rows: Type.Integer(),
  table_size: Type.String(),
  table_bytes: bytes,
});

export const databaseHealth = defineOperation({
  name: 'quality.database_health',
  summary: 'Connections, size and the largest tables, in the words of seed 002',
  scope,
  method: 'GET',
  path: '/api/v1/db/database/health',
  input: Type.Object({}),
  output: Type.Object({
    database_health: Type.Object({
      total_connections: Type.Integer(),
      active_connections: Nullable(Type.Integer()),
      idle_connections: Nullable(Type.Integer()),
      database_size: Type.String(),
      database_bytes: bytes,
      backends: Type.Integer(),
      max_connections: Type.Integer(),
      status: Type.String({ description: 'healthy, warning, critical or unknown, by the rule connections.used' }),
    }),
    table_statistics: Type.Array(tableStatistics, { description: 'the ten largest tables' }),
    timestamp: Moment('When'),
  }),
  result: 'row',
  sql: 'api.database_health',
  examples: [{ title: 'Now', input: {}, skip: measured }],
});

export const jobs = defineOperation({
  name: 'quality.jobs',
  summary: 'The jobs: what each does, its last and its next run',
  scope,
  method: 'GET',
  path: '/api/v1/quality/jobs',
  input: Type.Object({}),
  output: Type.Object({
    job: Type.String(),
    summary: Type.String(),
    schedule: Nullable(Type.String({ description: 'cron expression; null: it runs when it is sent' })),
    time_zone: Nullable(Type.String()),
    next_run_at: Nullable(Moment('When it runs next')),
    last_started_at: Nullable(Moment('When it last began')),
    last_finished_at: Nullable(Moment('When it last ended')),
    last_state: Nullable(Type.String({ description: 'created, active, completed, retry, failed or cancelled' })),
    last_error: Nullable(Type.String()),
    waiting: Type.Integer({ description: 'jobs of this kind that wait' }),
    failed_in_a_day: Type.Integer(),
  }),
  result: 'rows',
  examples: [{ title: 'All', input: {}, skip: measured }],
});

export const operations = [
  partitions,
  retention,
  setRetention,
  previewRetention,
  indexAdvice,
  tableGrowth,
  volumeDrift,
  ruleChanges,
  digests,
  makeDigest,
  databaseHealth,
  jobs,
];
