import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';
import { measured, severity } from './health_contract.ts';

/** Measured speed, and what the measurements say over time. None of these writes to a table of the figures. */

const number = (description: string) => Nullable(Type.Number({ description }));
const headroom = number('how many times better than promised');
const evidence = Nullable(Type.String({ description: 'what was measured' }));
const scope = 'admin:read';

export const queryPerformance = defineOperation({
  name: 'quality.validate_query_performance',
  summary: 'Time point, range, aggregation and API queries on the live data',
  description:
    'Measured inside the database, spread evenly over services and 13 months. The promise is kept when the 95th percentile is below the target.',
  scope,
  method: 'GET',
  path: '/api/v1/quality/validate_query_performance',
  input: Type.Object({}),
  output: Type.Object({
    query_type: Type.String(),
    test_description: Type.String(),
    avg_ms: number('mean'),
    p95_ms: number('95th percentile'),
    p99_ms: number('99th percentile'),
    max_ms: number('slowest'),
    sample_size: Type.Integer(),
    meets_sla: Nullable(Type.Boolean()),
    sla_target_ms: Type.Number(),
    headroom,
    severity,
    evidence,
  }),
  result: 'rows',
  sql: 'api.validate_query_performance',
  examples: [{ title: 'Now', input: {}, skip: measured }],
});

export const throughputCapacity = defineOperation({
  name: 'quality.validate_throughput_capacity',
  summary: 'Whether the rate of real imports carries a day and a peak hour',
  description: 'Judged by the imports of the last 90 days; nothing is inserted to find out.',
  scope,
  method: 'GET',
  path: '/api/v1/quality/validate_throughput_capacity',
  input: Type.Object({}),
  output: Type.Object({
    test_name: Type.String(),
    metric: Type.String(),
    value: number('what was measured'),
    unit: Type.String(),
    meets_requirement: Nullable(Type.Boolean()),
    notes: Nullable(Type.String()),
    target: Type.Number(),
    higher_is_better: Type.Boolean(),
    headroom,
    severity,
  }),
  result: 'rows',
  sql: 'api.validate_throughput_capacity',
  examples: [{ title: 'Now', input: {}, skip: measured }],
});

export const resourceUsage = defineOperation({
  name: 'quality.monitor_resource_usage',
  summary: 'Indexes, memory, disk, locks, connections and partitions, one row each',
  scope,
  method: 'GET',
  path: '/api/v1/quality/monitor_resource_usage',
  input: Type.Object({}),
  output: Type.Object({
    resource_type: Type.String(),
    metric_name: Type.String(),
    current_value: number('now'),
    threshold: Type.Number(),
    status: Type.String({ description: 'OK, WARNING or SKIPPED' }),
    recommendation: Nullable(Type.String()),
    unit: Type.String(),
    severity,
    evidence,
    fix: Nullable(Type.String({ description: 'the SQL or command that repairs it' })),
  }),
  result: 'rows',
  sql: 'api.monitor_resource_usage',
  examples: [{ title: 'Now', input: {}, skip: measured }],
});

export const integrationPerformance = defineOperation({
  name: 'quality.test_integration_performance',
  summary: 'Time what callers ask for',
  scope,
  method: 'GET',
  path: '/api/v1/quality/test_integration_performance',
  input: Type.Object({}),
  output: Type.Object({
    integration_point: Type.String(),
    operation: Type.String(),
    avg_latency_ms: number('mean'),
    throughput_per_sec: number('so many a second, one after the other'),
    status: Type.String({ description: 'PASS, FAIL or SKIPPED' }),
    target_ms: Type.Number(),
    p95_ms: number('95th percentile'),
    headroom,
    severity,
    evidence,
  }),
  result: 'rows',
  sql: 'api.test_integration_performance',
  examples: [{ title: 'Now', input: {}, skip: measured }],
});

export const allValidations = defineOperation({
  name: 'quality.run_all_validations',
  summary: 'Every validation, by suite and OVERALL',
  description:
    'performance, throughput, resources, integration, invariants (rollups against a recomputation on samples, overlaps, gaps, the audit), OVERALL.',
  scope,
  method: 'GET',
  path: '/api/v1/quality/run_all_validations',
  input: Type.Object({}),
  output: Type.Object({
    validation_suite: Type.String(),
    total_tests: Type.Integer(),
    passed: Type.Integer(),
    failed: Type.Integer(),
    warnings: Type.Integer(),
    overall_status: Type.String({ description: 'HEALTHY, WARNING, CRITICAL, or SKIPPED when nothing could be measured' }),
    skipped: Type.Integer({ description: 'could not be measured; database_health_check and the suites say why' }),
    duration_ms: Type.Number(),
    evidence: Nullable(Type.String({ description: 'what is wrong, the worst first' })),
  }),
  result: 'rows',
  sql: 'api.run_all_validations',
  examples: [{ title: 'Now', input: {}, skip: measured }],
});

export const analyzeQueries = defineOperation({
  name: 'quality.analyze_query_performance',
  summary: 'The statements that took most time since the last snapshot',
  description: 'From pg_stat_statements, with ? for each literal; where that is not there, one row says how to get it.',
  scope,
  method: 'GET',
  path: '/api/v1/quality/analyze_query_performance',
  input: Type.Object({}),
  output: Type.Object({
    query_pattern: Type.String(),
    avg_time_ms: number('mean'),
    calls: Nullable(Type.Integer()),
    recommendation: Type.String(),
    total_ms: number('in all'),
    share_pct: number('of all statements, per cent'),
    rows_per_call: number('mean'),
    since: Nullable(Moment('the snapshot that it is counted from; null: since the counters began')),
    severity,
  }),
  result: 'rows',
  sql: 'api.analyze_query_performance',
  examples: [{ title: 'Now', input: {}, skip: measured }],
});

export const validationRuns = defineOperation({
  name: 'quality.validation_runs',
  summary: 'What the nightly validations measured, over time',
  scope,
  method: 'GET',
  path: '/api/v1/quality/validation_runs',
  input: Type.Object({ start_time: Type.Optional(Moment('since; the last 90 days when left out')) }),
  output: Type.Object({
    run_at: Moment('When'),
    test_name: Type.String(),
    value: number('of queries the 95th percentile'),
    target: Type.Number(),
    unit: Type.String(),
    higher_is_better: Type.Boolean(),
    severity,
    evidence,
  }),
  result: 'list',
  key: ['run_at', 'test_name'],
  sql: 'api.validation_runs',
  examples: [{ title: 'The last 90 days', input: {} }],
});

export const slowestOperations = defineOperation({
  name: 'quality.slowest_operations',
  summary: 'Which operations take longest, as callers waited for them',
  scope,
  method: 'GET',
  path: '/api/v1/quality/slowest_operations',
  input: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 400, default: 7, description: 'days up to today' })) }),
  output: Type.Object({
    operation: Type.String(),
    call_count: Type.Integer(),
    error_count: Type.Integer({ description: 'answers of 400 and above' }),
    avg_ms: Type.Number({ description: 'mean' }),
    max_ms: Type.Number({ description: 'slowest' }),
    total_ms: Type.Number({ description: 'in all' }),
  }),
  result: 'list',
  key: ['-avg_ms', '-operation'],
  sql: 'api.slowest_operations',
  examples: [{ title: 'A week', input: {}, skip: measured }],
});

export const operations = [
  queryPerformance,
  throughputCapacity,
  resourceUsage,
  integrationPerformance,
  allValidations,
  analyzeQueries,
  validationRuns,
  slowestOperations,
];
