import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';
import { Kpi } from './columns.ts';

/** What figures there are: from when to when, and what each means. */

export const dataSpan = defineOperation({
  name: 'statistics.data_span',
  summary: 'From when to when services have figures, and in which months',
  description: 'A service without figures has no moments and no months.',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/data_span',
  input: Type.Object({ service: Type.Optional(Type.String({ description: 'service code; left out: all services' })) }),
  output: Type.Object({
    service_id: Type.Integer(),
    service_code: Type.String(),
    time_zone: Type.String({ description: 'IANA zone of the months' }),
    data_start: Nullable(Moment('start of the first interval')),
    data_end: Nullable(Moment('end of the last interval')),
    months: Type.Array(Type.String(), { description: 'months that have figures, such as 2025-03' }),
  }),
  result: 'list',
  key: ['service_code'],
  sql: 'api.data_span',
  errors: ['not_found'],
  examples: [{ title: 'One service', input: { service: 'SUPPORT' } }],
});

export const kpis = defineOperation({
  name: 'statistics.kpis',
  summary: 'Every figure: title, unit, formula, SQL, tests, where it is shown',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/kpis',
  input: Type.Object({}),
  output: Kpi,
  result: 'list',
  key: ['position'],
  sql: 'api.kpis',
  examples: [{ title: 'All figures', input: {} }],
});

export const explain = defineOperation({
  name: 'statistics.explain',
  summary: 'One figure: its formula, SQL, tables, tests and where it is shown',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/kpis/{kpi}',
  input: Type.Object({ kpi: Type.String({ description: 'name, or an abbreviation such as SL or AHT' }) }),
  output: Kpi,
  result: 'row',
  sql: 'api.explain_kpi',
  errors: ['not_found'],
  positional: ['kpi'],
  examples: [{ title: 'Service level', input: { kpi: 'service_level_pct' } }],
});
