import Type from 'typebox';
import { Day, defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';

/** Who uses what, which statements are slow, and how the database does over time; for administrators. */

const changing = 'every call changes it';

export const usage = defineOperation({
  name: 'quality.usage',
  summary: 'Calls, errors and time per key or person, operation and day',
  description: 'Written every ten seconds; kept for 400 days.',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/quality/usage',
  input: Type.Object({
    start_on: Type.Optional(Day('First day, UTC; left out: 30 days ago')),
    end_on: Type.Optional(Day('Last day, UTC; left out: today')),
    principal_id: Type.Optional(Type.String({ description: 'id of a key or person' })),
    operation: Type.Optional(Type.String({ description: 'name of an operation' })),
  }),
  output: Type.Object({
    used_on: Day('The day, UTC'),
    principal_id: Type.String(),
    principal_kind: Type.String(),
    principal_name: Type.String(),
    operation: Type.String({
      description: 'its name; of one that answers about several things, behind a blank which of them: marketplace.mv_rows mv_ranking_asesores',
    }),
    call_count: Type.Integer(),
    error_count: Type.Integer({ description: 'answers of 400 and above' }),
    avg_ms: Type.Number(),
    max_ms: Type.Number(),
    last_used_at: Moment('When it was called last'),
  }),
  result: 'list',
  key: ['-used_on', '-principal_id', '-operation'],
  sql: 'api.usage',
  examples: [{ title: 'The last month', input: {}, skip: changing }],
});

export const slowStatements = defineOperation({
  name: 'quality.slow_statements',
  summary: 'Statements that took longer than QH_SLOW_QUERY_MS, with their generic plan; the latest first',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/quality/slow_statements',
  input: Type.Object({}),
  output: Type.Object({
    statement_id: Type.String(),
    statement: Type.String(),
    operation: Nullable(Type.String()),
    slow_count: Type.Integer(),
    avg_ms: Type.Number(),
    max_ms: Type.Number(),
    last_request_id: Nullable(Type.String({ description: 'the request as the log names it' })),
    last_at: Moment('When it was slow last'),
    plan: Nullable(Type.String()),
    plan_problem: Nullable(Type.String({ description: 'why there is no plan' })),
  }),
  result: 'list',
  key: ['-last_at', '-statement_id'],
  sql: 'api.slow_statements',
  examples: [{ title: 'Lately', input: {} }],
});

export const performanceMetrics = defineOperation({
  name: 'quality.performance_metrics',
  summary: 'The busiest statements and the measured state of the database over an hour, a day or a week',
  description:
    'query_performance: the ten statements with the most time among those called more than ten times in the range, from pg_stat_statements, as the difference ' +
    'between two samples. realtime_metrics: samples of every minute. measured_from says from when on there are samples.',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/db/database/performance-metrics',
  input: Type.Object({
    metric_type: Type.Optional(Type.String({ description: 'query, realtime, or the name of one metric such as connections_active; left out: all' })),
    time_range: Type.Optional(Type.Enum(['1hour', '24hour', '7days'], { default: '1hour' })),
  }),
  output: Type.Object({
    query_performance: Type.Array(
      Type.Object({
        query: Type.String({ description: 'first 100 characters' }),
        calls: Type.Integer(),
        total_exec_time: Type.Number({ description: 'milliseconds' }),
        mean_exec_time: Type.Number({ description: 'milliseconds' }),
        stddev_exec_time: Type.Number({ description: 'milliseconds' }),
        rows: Type.Integer(),
        hit_percent: Nullable(Type.Number({ description: 'blocks found in the cache of the database' })),
      }),
    ),
    realtime_metrics: Type.Array(
      Type.Object({
        entity_type: Type.String(),
        metric_name: Type.String(),
        avg: Type.Number(),
        max: Type.Number(),
        min: Type.Number(),
        data_points: Type.Integer(),
      }),
    ),
    time_range: Type.String(),
    timestamp: Moment('Now'),
    measured_from: Nullable(Moment('The earliest sample of the range; null: none yet')),
    problem: Nullable(Type.String({ description: 'why statements are missing' })),
  }),
  result: 'row',
  sql: 'api.performance_metrics',
  errors: ['bad_request'],
  examples: [{ title: 'The last day', input: { time_range: '24hour' }, skip: 'the moment differs each time' }],
});

export const operations = [usage, slowStatements, performanceMetrics];
