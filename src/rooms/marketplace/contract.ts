import Type from 'typebox';
import { defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';
import { Month, RankedAdvisor } from './columns.ts';
import { operations as eventOperations } from './events_contract.ts';
import { operations as settingsOperations } from './settings_contract.ts';

/** The views of key figures: what they show, how they are refreshed, and when. Paths and words are those of the seed. */

const city = Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Only this city, in any case; default: the nation' }));
const month = (what: string) => Type.Optional(Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: `${what}, YYYY-MM` }));
const rows = (most: number, fallback: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: most, default: fallback, description: 'Most rows' }));

const Refreshed = {
  success: Type.Boolean(),
  total_views: Type.Integer(),
  successful_refreshes: Type.Integer(),
  total_duration_ms: Type.Number(),
  refreshed_at: Nullable(Moment('When it ended')),
  details: Type.Array(
    Type.Object({
      view_name: Type.String(),
      status: Type.String({ description: 'SUCCESS or ERROR' }),
      duration_ms: Type.Number(),
      error_message: Nullable(Type.String()),
      row_count: Type.Integer(),
      changed_count: Type.Integer({ description: 'Rows that are new, other than before, or gone' }),
      is_incremental: Type.Boolean(),
    }),
  ),
  error: Nullable(Type.String()),
};

export const refresh = defineOperation({
  name: 'marketplace.refresh',
  summary: 'Refresh all views of key figures now',
  description:
    'Only months that were written to are counted anew, unless `force` asks for all; the result is the same. Readers never wait. One refresh runs at a time: while one does, this is 409. A refresh in which a view failed is 500; that view keeps what it had.',
  scope: 'marketplace:write',
  method: 'POST',
  path: '/materialized-views/refresh',
  input: Type.Object({ force: Type.Optional(Type.Boolean({ default: false, description: 'Count everything anew' })) }),
  output: Type.Object(Refreshed),
  result: 'row',
  errors: ['conflict', 'internal'],
  examples: [{ title: 'Now', input: {} }],
});

export const status = defineOperation({
  name: 'marketplace.mv_status',
  summary: 'The views of key figures and their state',
  description:
    'Every view, also one that was added later, with its last refresh and how often people read it in the last 30 days (`reads_count`: answered calls, a few seconds late).',
  scope: 'marketplace:read',
  method: 'GET',
  path: '/materialized-views/status',
  input: Type.Object({}),
  output: Type.Object({ views: Type.Array(Type.Unknown()), row_counts: Type.Object({}), checked_at: Moment('Now') }),
  result: 'row',
  sql: 'api.mv_status',
  examples: [{ title: 'State of the views', input: {}, skip: 'the number of reads rises with every call' }],
});

export const viewRows = defineOperation({
  name: 'marketplace.mv_rows',
  summary: 'The rows of any view of key figures',
  description:
    'Also of one that was added later, with what each column means. Who sees only some cities gets the rows of these where the view has a column `ciudad`, and none where it has not.',
  scope: 'marketplace:read',
  method: 'GET',
  path: '/materialized-views/{view_name}/rows',
  countedBy: 'view_name',
  input: Type.Object({
    view_name: Type.String({ minLength: 1, maxLength: 63, description: 'As in the status, such as mv_metricas_mensuales' }),
    limit: rows(10_000, 1000),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000, default: 0, description: 'Rows to skip' })),
  }),
  output: Type.Object({
    view_name: Type.String(),
    comment: Nullable(Type.String()),
    columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String(), comment: Nullable(Type.String()) })),
    total_rows: Type.Integer(),
    rows: Type.Array(Type.Unknown(), { description: 'In the order of the key of the view' }),
  }),
  result: 'row',
  errors: ['not_found'],
  sql: 'api.mv_rows',
  examples: [{ title: 'The months', input: { view_name: 'mv_metricas_mensuales', limit: 2 } }],
});

export const health = defineOperation({
  name: 'marketplace.mv_health',
  summary: 'Whether the key figures can be trusted',
  description: '`healthy`, `degraded` with the reasons, or `unhealthy` when no refresh ever ended well; 200 in all cases.',
  scope: 'marketplace:read',
  method: 'GET',
  path: '/materialized-views/health',
  input: Type.Object({}),
  output: Type.Object({
    status: Type.String({ description: 'healthy, degraded or unhealthy' }),
    views_count: Type.Integer(),
    scheduler_running: Type.Boolean(),
    last_refresh: Nullable(Moment('End of the last refresh that went well')),
    checked_at: Moment('Now'),
    reasons: Type.Array(Type.String(), { description: 'Why it is not healthy' }),
  }),
  result: 'row',
  sql: 'api.mv_health',
  examples: [{ title: 'Health', input: {}, skip: 'its answer names the moment' }],
});

export const monthlyMetrics = defineOperation({
  name: 'marketplace.monthly_metrics',
  summary: 'Key figures by month',
  description:
    'The newest months first. Months are those of America/Bogota; one without requests is there with zeros. `mes_en_curso` marks the running one.',
  scope: 'marketplace:read',
  method: 'GET',
  path: '/materialized-views/monthly-metrics',
  input: Type.Object({ start_month: month('First month'), end_month: month('Last month, included'), limit: rows(60, 12) }),
  output: Month,
  result: 'rows',
  sql: 'api.monthly_metrics',
  examples: [
    { title: 'The last twelve months', input: {} },
    { title: 'A quarter', input: { start_month: '2025-01', end_month: '2025-03' } },
  ],
});

export const advisorRankings = defineOperation({
  name: 'marketplace.advisor_rankings',
  summary: 'Advisors by rank',
  scope: 'marketplace:read',
  method: 'GET',
  path: '/materialized-views/advisor-rankings',
  input: Type.Object({ ciudad: city, limit: rows(500, 50) }),
  output: RankedAdvisor,
  result: 'rows',
  sql: 'api.advisor_rankings',
  examples: [{ title: 'The best ten of a city', input: { ciudad: 'Medellín', limit: 10 } }],
});

export const metrics = [
  'ofertas_ganadoras',
  'entregas_exitosas',
  'tasa_respuesta_pct',
  'tasa_conversion_ofertas_pct',
  'monto_promedio_ofertas',
  'confianza_auditada',
] as const;

export const topAdvisors = defineOperation({
  name: 'marketplace.top_advisors',
  summary: 'The best advisors by one metric, out of all of them',
  scope: 'marketplace:read',
  method: 'GET',
  path: '/materialized-views/top-advisors',
  input: Type.Object({
    ciudad: city,
    metric: Type.Optional(Type.Enum([...metrics], { default: 'ofertas_ganadoras', description: 'By which figure' })),
    limit: rows(50, 10),
  }),
  output: Type.Object({
    metric: Type.String(),
    ciudad: Nullable(Type.String()),
    total_found: Type.Integer(),
    top_advisors: Type.Array(Type.Unknown(), { description: 'Their rows of mv_ranking_asesores, with their position by the metric' }),
  }),
  result: 'row',
  sql: 'api.top_advisors',
  examples: [{ title: 'Who answers most', input: { metric: 'tasa_respuesta_pct', limit: 5 } }],
});

export const citySummary = defineOperation({
  name: 'marketplace.city_summary',
  summary: 'Key figures by city',
  description: 'Rates are of the sums over a city’s advisors, so that who did more weighs more.',
  scope: 'marketplace:read',
  method: 'GET',
  path: '/materialized-views/city-summary',
  input: Type.Object({}),
  output: Type.Object({
    total_cities: Type.Integer(),
    cities: Type.Array(Type.Unknown()),
    generated_at: Nullable(Moment('As of when')),
  }),
  result: 'row',
  sql: 'api.city_summary',
  examples: [{ title: 'All cities', input: {} }],
});

export const schedulerStatus = defineOperation({
  name: 'marketplace.scheduler_status',
  summary: 'When the views are refreshed',
  scope: 'marketplace:read',
  method: 'GET',
  path: '/materialized-views/scheduler/status',
  input: Type.Object({}),
  output: Type.Object({
    is_running: Type.Boolean(),
    scheduler_state: Type.String(),
    jobs: Type.Array(Type.Unknown()),
    last_refresh_result: Nullable(Type.Object({})),
    checked_at: Moment('Now'),
    error: Nullable(Type.String({ description: 'Why the last refresh failed' })),
  }),
  result: 'row',
  sql: 'api.scheduler_status',
  examples: [{ title: 'The scheduler', input: {}, skip: 'its answer names the moment' }],
});

export const triggerRefresh = defineOperation({
  name: 'marketplace.trigger_refresh',
  summary: 'Let the scheduler refresh the views now, without waiting for it',
  scope: 'marketplace:write',
  method: 'POST',
  path: '/materialized-views/scheduler/trigger-refresh',
  input: Type.Object({}),
  output: Type.Object({ success: Type.Boolean(), message: Type.String(), job_id: Type.String(), scheduled_at: Moment('When it was asked for') }),
  result: 'row',
  examples: [{ title: 'Soon', input: {} }],
});

export const rescheduleRefresh = defineOperation({
  name: 'marketplace.reschedule_refresh',
  summary: 'Set the time of the daily refresh',
  description: 'In America/Bogota, for all nodes; it stays over restarts.',
  scope: 'marketplace:write',
  changesAll: true,
  method: 'PUT',
  path: '/materialized-views/scheduler/reschedule',
  takesQuery: true,
  input: Type.Object({
    hour: Type.Integer({ minimum: 0, maximum: 23, description: 'Hour of the day' }),
    minute: Type.Optional(Type.Integer({ minimum: 0, maximum: 59, default: 0, description: 'Minute' })),
  }),
  output: Type.Object({
    success: Type.Boolean(),
    message: Type.String(),
    new_schedule: Type.String({ description: 'HH:MM' }),
    rescheduled_at: Moment('Now'),
    next_run_time: Moment('The next refresh'),
  }),
  result: 'row',
  sql: 'api.reschedule_refresh',
  examples: [{ title: 'At half past two', input: { hour: 2, minute: 30 } }],
});

export const refreshRuns = defineOperation({
  name: 'marketplace.refresh_runs',
  summary: 'The log of the refreshes',
  scope: 'marketplace:read',
  method: 'GET',
  path: '/api/v1/marketplace/refresh_runs',
  input: Type.Object({}),
  output: Type.Object({
    run_id: Type.Integer(),
    cause: Type.String({ description: 'manual, scheduled, sql or demo' }),
    scheduled_for: Nullable(Moment('The planned moment that it served')),
    is_full: Type.Boolean(),
    status: Type.String({ description: 'RUNNING, SUCCESS or ERROR' }),
    error_message: Nullable(Type.String()),
    started_at: Moment('Begin'),
    finished_at: Nullable(Moment('End')),
    details: Type.Array(Type.Unknown(), { description: 'By view: status, duration_ms, row_count, changed_count, is_incremental, error_message' }),
  }),
  result: 'list',
  key: ['-run_id'],
  sql: 'api.refresh_runs',
  examples: [{ title: 'The newest', input: {} }],
});

export const monthToDate = defineOperation({
  name: 'marketplace.month_to_date',
  summary: 'A month counted now, beside what the last refresh stored',
  scope: 'marketplace:read',
  method: 'GET',
  path: '/api/v1/marketplace/month_to_date',
  input: Type.Object({ month: month('Month; default the running one') }),
  output: Type.Object({
    as_of: Moment('Now'),
    live: Nullable(Type.Object({}, { description: 'The columns of mv_metricas_mensuales, counted now; null for who sees only some cities' })),
    stored: Nullable(Type.Object({}, { description: 'The same as of the last refresh' })),
    differences: Type.Array(Type.String(), { description: 'Columns that differ; empty right after a refresh' }),
  }),
  result: 'row',
  sql: 'api.month_to_date',
  examples: [{ title: 'The running month', input: {}, skip: 'its answer names the moment' }],
});

export const operations = [
  refresh,
  status,
  viewRows,
  health,
  monthlyMetrics,
  advisorRankings,
  topAdvisors,
  citySummary,
  schedulerStatus,
  triggerRefresh,
  rescheduleRefresh,
  refreshRuns,
  monthToDate,
  ...settingsOperations,
  ...eventOperations,
];

export { postEvents, liveCounters } from './events_contract.ts';
export { rankingMinimum, setRankingMinimum, erasePerson } from './settings_contract.ts';

export const sqlOnly: Record<string, string> = {
  'api.refresh_all_mv':
    'the seed’s function for psql; marketplace.refresh does the same in two transactions, so that a killed refresh stands in the log',
  'api.get_mv_stats': 'the seed’s function for psql; marketplace.mv_status gives the same and more',
};
