import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';

/** Whether the data are what they should be: rules, scores, wrong rows, and what imports put aside. */

const severity = Type.Enum(['critical', 'high', 'medium', 'low'], { description: 'costs 30, 20, 10 or 5 points' });
const checkType = Type.Enum(['completeness', 'consistency', 'accuracy', 'timeliness', 'uniqueness']);
const start_date = Type.Optional(
  Type.String({
    description: 'from; ISO 8601, UTC without an offset; left out: 30 days before now, or before the end of the newest figures where those are older',
  }),
);
const end_date = Type.Optional(Type.String({ description: 'up to, exclusive; ISO 8601, UTC without an offset; left out: now' }));
const rule = Type.String({ description: 'name of the rule, `table.what`' });
const row = Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true });

const Issue = Type.Object({
  type: Type.String({ description: 'kind of finding: null_values, negative_values, logical_inconsistency …' }),
  field: Type.String(),
  count: Type.Integer({ description: 'wrong rows' }),
  severity,
  rule,
  check_type: checkType,
  says: Type.String({ description: 'what should hold' }),
  share_pct: Nullable(Type.Number({ description: 'of the rows checked; null where a finding is no single row' })),
  penalty: Type.Integer({ description: 'points that it costs' }),
  recommendation: Type.String({ description: 'what to do' }),
  query: Type.String({ description: 'SQL that finds the wrong rows; runs in psql' }),
  examples: Type.Array(row, { description: 'the first five' }),
});

const TableCheck = Type.Object({
  table_name: Type.String(),
  validation_timestamp: Moment('When it was checked'),
  quality_score: Nullable(Type.Number({ description: '0–100; null when no rule could be measured' })),
  issues_found: Type.Array(Issue, { description: 'broken rules, the dearest first' }),
  recommendations: Type.Array(Type.String()),
  statistics: Type.Object({
    rows_checked: Nullable(Type.Integer()),
    start_date: Nullable(Moment('From; null: the whole table')),
    end_date: Nullable(Moment('Up to; null: the whole table')),
    rules_checked: Type.Integer(),
    rules_skipped: Type.Integer(),
    penalty_sum: Type.Integer(),
    score_formula: Type.String(),
  }),
  skipped: Type.Array(Type.Object({ rule, reason: Type.String() }), { description: 'rules that could not be measured, and why' }),
});

const timed = 'the moment of the check differs each time';

export const validateTable = defineOperation({
  name: 'quality.validate_table',
  summary: 'Check one table by its rules: score, findings with examples and SQL, advice',
  description: 'Reads the period only, in one scan for all rules about single rows. Callers who see some services only get the score of these.',
  scope: 'quality:read',
  method: 'GET',
  path: '/api/v1/db/database/validation/{table_name}',
  input: Type.Object({
    table_name: Type.String({ description: 'one of those that quality.data_rules names' }),
    validation_rules: Type.Optional(Type.String({ description: 'comma-separated kinds of check, types of finding or rules; left out: all' })),
    start_date,
    end_date,
  }),
  output: TableCheck,
  result: 'row',
  errors: ['bad_request', 'not_found'],
  positional: ['table_name'],
  examples: [
    { title: 'Contact statistics', input: { table_name: 'contact_statistics', start_date: '2025-03-03', end_date: '2025-03-05' }, skip: timed },
  ],
});

export const runChecks = defineOperation({
  name: 'quality.run_checks',
  summary: 'Check several tables now and keep the scores',
  scope: 'quality:write',
  method: 'POST',
  path: '/api/v1/db/database/validation/run-checks',
  input: Type.Object({
    tables: Type.Optional(Type.Array(Type.String(), { minItems: 1, description: 'left out: all' })),
    check_types: Type.Optional(Type.Array(checkType, { minItems: 1, description: 'left out: completeness, consistency, accuracy' })),
    parameters: Type.Optional(Type.Object({ start_date, end_date }, { additionalProperties: false })),
  }),
  output: Type.Object({
    results: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: TableCheck }),
    overall_quality_score: Nullable(Type.Number({ description: 'mean of the scores of the tables' })),
    tables_checked: Type.Array(Type.String()),
    check_types: Type.Array(checkType),
    timestamp: Moment('When it was checked'),
    run_id: Type.String({ format: 'uuid' }),
  }),
  result: 'row',
  errors: ['bad_request', 'not_found'],
  examples: [{ title: 'Two tables', input: { tables: ['contact_statistics', 'services'], check_types: ['accuracy', 'uniqueness'] } }],
});

export const dataRules = defineOperation({
  name: 'quality.data_rules',
  summary: 'Every rule about data: what should hold, how it is checked, what it costs',
  scope: 'quality:read',
  method: 'GET',
  path: '/api/v1/quality/data_rules',
  input: Type.Object({}),
  output: Type.Object({
    rule,
    table_name: Type.String(),
    check_type: checkType,
    type: Type.String(),
    field: Type.String(),
    severity,
    penalty: Type.Integer(),
    says: Type.String(),
    condition: Type.String({ description: 'what is wrong: a condition on a row, or a query' }),
    recommendation: Type.String(),
  }),
  result: 'rows',
  examples: [{ title: 'All rules', input: {} }],
});

export const dataRows = defineOperation({
  name: 'quality.data_rows',
  summary: 'The rows that break a rule, and the SQL that finds them',
  scope: 'quality:read',
  method: 'GET',
  path: '/api/v1/quality/data_rows',
  input: Type.Object({
    rule,
    start_date,
    end_date,
    row_limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  }),
  output: Type.Object({ rule, says: Type.String(), query: Type.String(), rows: Type.Array(row), has_more: Type.Boolean() }),
  result: 'row',
  errors: ['bad_request', 'not_found'],
  positional: ['rule'],
  examples: [
    { title: 'Parts that do not add up', input: { rule: 'contact_statistics.parts_add_up', start_date: '2025-03-03', end_date: '2025-03-05' } },
  ],
});

export const dataScores = defineOperation({
  name: 'quality.data_scores',
  summary: 'The last check of each table',
  description: 'As the last run kept it: nothing is read but its result. A caller who sees some services only finds runs of those who see the same.',
  scope: 'quality:read',
  method: 'GET',
  path: '/api/v1/quality/data_scores',
  input: Type.Object({}),
  output: Type.Object({
    table_name: Type.String(),
    run_at: Moment('When'),
    trigger: Type.Enum(['schedule', 'demand']),
    requested_by: Type.String(),
    quality_score: Nullable(Type.Number()),
    row_count: Nullable(Type.Integer()),
    issue_count: Type.Integer(),
    result: TableCheck,
  }),
  result: 'rows',
  sql: 'api.data_scores',
  examples: [{ title: 'Where we stand', input: {} }],
});

export const dataHistory = defineOperation({
  name: 'quality.data_history',
  summary: 'Scores of the runs, the oldest first',
  scope: 'quality:read',
  method: 'GET',
  path: '/api/v1/quality/data_history',
  input: Type.Object({
    table_name: Type.Optional(Type.String({ description: 'left out: all' })),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 400, default: 90 })),
  }),
  output: Type.Object({
    run_at: Moment('When'),
    table_name: Type.String(),
    quality_score: Nullable(Type.Number()),
    row_count: Nullable(Type.Integer()),
    issue_count: Type.Integer(),
    check_types: Type.Array(Type.String()),
    trigger: Type.Enum(['schedule', 'demand']),
  }),
  result: 'list',
  key: ['run_at', 'table_name'],
  sql: 'api.data_history',
  examples: [{ title: 'Three months', input: {} }],
});

export const operations = [validateTable, runChecks, dataRules, dataRows, dataScores, dataHistory];
