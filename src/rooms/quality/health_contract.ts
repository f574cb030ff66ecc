import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';

/** How the database is, and from which value on that is worth a warning. */

/** A measurement differs from the next one, so its example is not compared between SQL, REST and command line. */
export const measured = 'it measures, so every answer differs';

const rule = Type.String({ description: 'name of the rule' });
export const severity = Type.Enum(['ok', 'warning', 'critical', 'skipped'], { description: 'skipped: it cannot be known, for the reason given' });

export const healthCheck = defineOperation({
  name: 'quality.database_health_check',
  summary: 'Every check of the database with evidence and advice, the broken ones first',
  description:
    'status has the words of seed 001, SKIPPED where it cannot be known; severity, value, thresholds, advice and the SQL or command that repairs it stand beside it. Reads catalogs and small tables only.',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/quality/database_health_check',
  input: Type.Object({}),
  output: Type.Object({
    check_category: Type.String({
      description: 'performance, throughput, resources, data_freshness, connections, storage, partitions, jobs, backup',
    }),
    check_name: rule,
    status: Type.String({ description: 'HEALTHY, OK, DEGRADED, WARNING, CRITICAL or SKIPPED' }),
    details: Nullable(Type.String({ description: 'the evidence' })),
    severity,
    value: Nullable(Type.Number()),
    unit: Type.String(),
    warning: Type.Number({ description: 'from this value on it is a warning' }),
    critical: Type.Number({ description: 'from this value on it is critical' }),
    says: Type.String({ description: 'what should hold' }),
    advice: Nullable(Type.String({ description: 'what to do, where it does not hold' })),
    fix: Nullable(Type.String({ description: 'the SQL or command that does it' })),
  }),
  result: 'rows',
  sql: 'api.database_health_check',
  examples: [{ title: 'Now', input: {}, skip: measured }],
});

const thresholdFields = {
  rule,
  category: Type.String(),
  says: Type.String({ description: 'what should hold' }),
  warning: Type.Number(),
  critical: Type.Number(),
  worse: Type.Enum(['above', 'below'], { description: 'which direction is worse' }),
  unit: Type.String(),
  default_warning: Type.Number(),
  default_critical: Type.Number(),
  changed_at: Nullable(Moment('When it was set; null: the default')),
  changed_by: Nullable(Type.String()),
  reason: Nullable(Type.String()),
};
const Threshold = Type.Object(thresholdFields);

export const thresholds = defineOperation({
  name: 'quality.thresholds',
  summary: 'The rules of health and from which value on they warn',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/quality/thresholds',
  input: Type.Object({}),
  output: Threshold,
  result: 'list',
  key: ['rule'],
  sql: 'api.thresholds',
  examples: [{ title: 'All', input: {} }],
});

export const setThreshold = defineOperation({
  name: 'quality.set_threshold',
  summary: 'Change from which value on a rule warns; without numbers its defaults hold again',
  description: 'The former thresholds stay as history.',
  scope: 'admin:write',
  changesAll: true,
  method: 'PATCH',
  path: '/api/v1/quality/thresholds/{rule}',
  input: Type.Object({
    rule,
    warning: Type.Optional(Type.Number()),
    critical: Type.Optional(Type.Number()),
    reason: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  output: Threshold,
  result: 'row',
  sql: 'api.set_threshold',
  errors: ['not_found', 'bad_request'],
  positional: ['rule'],
  examples: [
    { title: 'Figures that come once a day', input: { rule: 'data.freshness', warning: 26, critical: 50, reason: 'The file comes at night' } },
  ],
});

export const thresholdHistory = defineOperation({
  name: 'quality.threshold_history',
  summary: 'Every change of a threshold',
  scope: 'admin:read',
  method: 'GET',
  path: '/api/v1/quality/threshold_history',
  input: Type.Object({ rule: Type.Optional(rule) }),
  output: Type.Object({
    rule,
    changed_at: Moment('When'),
    warning: Nullable(Type.Number({ description: 'null: the default' })),
    critical: Nullable(Type.Number()),
    reason: Nullable(Type.String()),
    changed_by: Type.String(),
  }),
  result: 'list',
  key: ['-changed_at', '-rule'],
  sql: 'api.threshold_history',
  examples: [{ title: 'Of all rules', input: {} }],
});

export const operations = [healthCheck, thresholds, setThreshold, thresholdHistory];
