import Type from 'typebox';
import { Day, defineOperation, Moment, Nullable } from '../../platform/contract/operation.ts';
import { agentOperations } from './agent_contract.ts';
import { PostedBatch, PostedCall, ratios, reported, seedColumns, sums, Time } from './columns.ts';
import { dataSpan, explain, kpis } from './kpis_contract.ts';

/** What kept answers of figures rest on; a load names its services and its time. */
const restsOn = ['statistics.changed', 'org.changed'];
const service = Type.Optional(Type.String({ description: 'service code; left out: all services' }));
const queue = Type.Optional(Type.String({ description: 'queue code of that service' }));
const MomentText = (description: string) =>
  Type.Optional(Type.String({ description: `${description}; ISO 8601, without an offset in the service's zone` }));
const start_time = MomentText('from; without both, the last 24 hours that have data');
const end_time = MomentText('up to, exclusive');
const time_zone = Type.Optional(
  Type.String({ description: "IANA zone in which hours and days begin; the service's own when left out", examples: ['Europe/Moscow'] }),
);
const variant = Nullable(Type.String({ description: 'what the service level divides by' }));
const coverage_pct = Nullable(Type.Number({ description: 'how much of the offered volume knows the parts of the service level, per cent' }));

export const intervals = defineOperation({
  name: 'statistics.intervals',
  summary: 'Volume, times and ratios per interval, by service or by queue',
  description:
    'One item per interval and service, or per interval and queue; no total rows. Any grain from 5 minutes to a month in any zone. ' +
    'granularity_minutes says how fine the data behind an item are.',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/intervals',
  input: Type.Object({
    service,
    queue,
    start_time,
    end_time,
    interval_minutes: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 43200,
        default: 15,
        description: '5 … 1440 that divide a day, 10080 an ISO week, 43200 a calendar month, 0 the whole period as one item',
      }),
    ),
    time_zone,
    by: Type.Optional(Type.Enum(['service', 'queue'], { default: 'service', description: 'queue: one item per queue' })),
  }),
  output: Type.Object({
    ...seedColumns,
    service_code: Type.String(),
    queue: Nullable(Type.String({ description: 'queue code' })),
    group_key: Type.Integer({ description: 'group_id, 0 for the service itself' }),
    interval_count: Type.Integer({ description: 'how many native intervals are behind the item' }),
    ...sums,
    ...ratios,
    service_level_variant: variant,
    coverage_pct,
  }),
  result: 'list',
  key: ['interval_start', 'service_code', 'group_key'],
  sql: 'api.intervals',
  cache: { seconds: 300, topics: restsOn },
  errors: ['bad_request', 'not_found'],
  examples: [
    { title: 'A morning by quarter-hours', input: { service: 'SUPPORT', start_time: '2025-03-03T09:00', end_time: '2025-03-03T10:00' } },
    {
      title: 'Days by queue',
      input: { service: 'SUPPORT', start_time: '2025-03-03', end_time: '2025-03-05', interval_minutes: 1440, by: 'queue' },
    },
    { title: 'The whole period as one', input: { service: 'SUPPORT', start_time: '2025-03-03', end_time: '2025-03-05', interval_minutes: 0 } },
    {
      title: 'Only what a chart needs',
      input: {
        service: 'SUPPORT',
        start_time: '2025-03-03T09:00',
        end_time: '2025-03-03T10:00',
        fields: ['interval_start', 'offered', 'service_level_pct'],
      },
    },
  ],
});

export const callsByInterval = defineOperation({
  name: 'statistics.calls_by_interval',
  summary: 'Calls per interval by ids of services and queues',
  description: 'Without group_ids one row per interval and service; with group_ids one per queue (0 is the service itself).',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/calls_by_interval',
  input: Type.Object({
    start_time: Type.Optional(Moment('from; without both, the last 24 hours that have data')),
    end_time: Type.Optional(Moment('up to, exclusive')),
    interval_minutes: Type.Optional(
      Type.Integer({ minimum: 5, maximum: 43200, default: 15, description: '5 … 1440 that divide a day, 10080, 43200' }),
    ),
    service_ids: Type.Optional(Type.Array(Type.Integer(), { description: 'all services when left out' })),
    group_ids: Type.Optional(Type.Array(Type.Integer(), { description: 'one row per queue of these' })),
    time_zone,
  }),
  output: Type.Object({ ...seedColumns, service_level_variant: variant, coverage_pct }),
  result: 'rows',
  sql: 'api.api_get_calls_by_interval',
  cache: { seconds: 300, topics: restsOn },
  zone: { function: 'statistics.zone_of_services', input: 'service_ids' },
  errors: ['bad_request'],
  examples: [
    {
      title: 'Two hours of a service',
      input: { start_time: '2025-03-03T09:00:00+01:00', end_time: '2025-03-03T11:00:00+01:00', interval_minutes: 60, service_ids: [1] },
    },
  ],
});

export const serviceSummary = defineOperation({
  name: 'statistics.service_summary',
  summary: "A service's day: calls, service level, handle time, busiest hour",
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/service_summary',
  input: Type.Object({
    service_id: Type.Optional(Type.Integer({ description: 'all services when left out' })),
    date: Type.Optional(Day("the service's today when left out")),
  }),
  output: Type.Object({
    service_id: Type.Integer(),
    summary_date: Type.String({ format: 'date' }),
    total_calls: Nullable(Type.Integer()),
    service_level: Nullable(Type.Number({ description: 'per cent' })),
    avg_handle_time_ms: Nullable(Type.Integer()),
    peak_hour: Nullable(Type.Integer({ description: "hour of the service's day with most calls, 0–23" })),
    peak_hour_calls: Nullable(Type.Integer()),
    peak_hour_start: Nullable(Time),
    service_code: Type.String(),
    time_zone: Type.String(),
    total_treated: sums.handled,
    total_missed: sums.abandoned,
    abandonment_pct: ratios.abandonment_pct,
    asa_seconds: ratios.asa_seconds,
    occupancy_pct: ratios.occupancy_pct,
    service_level_variant: variant,
    coverage_pct,
  }),
  result: 'rows',
  sql: 'api.api_get_service_summary',
  cache: { seconds: 300, topics: restsOn },
  errors: ['bad_request', 'not_found'],
  examples: [{ title: 'One day', input: { service_id: 1, date: '2025-03-03' } }],
});

export const batchInsertCalls = defineOperation({
  name: 'statistics.batch_insert_calls',
  summary: 'Post figures of intervals',
  description:
    'A row that is wrong is reported and does not stop the others. The same rows again change nothing. aht_ms, talk_time_ms and ' +
    'post_time_ms are averages per treated call. The batch can be undone. Small posts of one caller that arrive while another of theirs ' +
    'is being written are written together and share a batch; a post with an Idempotency-Key is a batch of its own.',
  scope: 'statistics:write',
  method: 'POST',
  path: '/api/v1/statistics/batch_insert_calls',
  input: Type.Object({
    calls: Type.Array(PostedCall, { maxItems: 100_000, description: 'one object per interval' }),
    source: Type.Optional(Type.String({ maxLength: 200, default: 'ui_upload', description: 'who posts, for the history' })),
  }),
  output: Type.Object({
    batch_id: Type.String({ format: 'uuid' }),
    inserted_count: Type.Integer(),
    error_count: Type.Integer(),
    duration_ms: Type.Number(),
    errors: Type.Array(
      Type.Object({
        record: Type.Unknown(),
        error: Type.String(),
        error_code: Type.String(),
        row_number: Type.Integer({ description: 'place in the list, from 1' }),
      }),
    ),
    updated_count: Type.Integer(),
    unchanged_count: Type.Integer(),
  }),
  result: 'row',
  sql: 'api.api_batch_insert_calls',
  gather: {
    rows: 'calls',
    // All new, all changed or all as they were: then each post was too.
    share: (answer, rows, all) => {
      const outcome = ['inserted_count', 'updated_count', 'unchanged_count'].find((count) => answer[count] === all);
      return outcome === undefined ? null : { ...answer, [outcome]: rows };
    },
  },
  errors: ['bad_request'],
  examples: [
    {
      title: 'One good row, one wrong',
      input: {
        calls: [
          { interval_start_time: '2025-03-04T10:00:00+01:00', service_id: 1, received_calls: 12, treated_calls: 11, miss_calls: 1, aht_ms: 185000 },
          { interval_start_time: '2025-03-04T10:07:00+01:00', service_id: 1, received_calls: 3 },
        ],
      },
      skip: 'batch_id and duration_ms differ each time',
    },
  ],
});

export const postedBatches = defineOperation({
  name: 'statistics.posted_batches',
  summary: 'Batches of posted figures, newest first',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/posted_batches',
  input: Type.Object({}),
  output: PostedBatch,
  result: 'list',
  key: ['-posted_at', '-batch_id'],
  sql: 'api.posted_batches',
  examples: [{ title: 'The last posts', input: {} }],
});

export const undoPostedBatch = defineOperation({
  name: 'statistics.undo_posted_batch',
  summary: 'Take a batch of posted figures back',
  description: 'What it overwrote comes back.',
  scope: 'statistics:write',
  method: 'DELETE',
  path: '/api/v1/statistics/posted_batches/{batch_id}',
  input: Type.Object({ batch_id: Type.String({ format: 'uuid' }) }),
  output: Type.Object({ batch_id: Type.String({ format: 'uuid' }), rows_deleted: Type.Integer(), rows_restored: Type.Integer() }),
  result: 'row',
  sql: 'api.undo_posted_batch',
  errors: ['not_found', 'conflict'],
  positional: ['batch_id'],
  examples: [{ title: 'Undo', input: { batch_id: '01890000-0000-7000-8000-000000000001' }, skip: 'the batch must exist; it is undone once' }],
});

export const refreshAllViews = defineOperation({
  name: 'statistics.refresh_all_views',
  summary: 'Fold what changed into the rollups now',
  description: 'Answers are exact without it; it only makes the next ones cheaper.',
  scope: 'statistics:write',
  method: 'POST',
  path: '/api/v1/statistics/refresh_all_views',
  input: Type.Object({}),
  output: Type.Object({
    view_name: Type.String(),
    status: Type.String(),
    row_count: Type.Integer({ description: 'rows of it that were written' }),
    duration_ms: Type.Number(),
  }),
  result: 'rows',
  sql: 'api.api_refresh_all_views',
  examples: [{ title: 'Fold now', input: {}, skip: 'durations differ each time' }],
});

export const facts = defineOperation({
  name: 'statistics.facts',
  summary: 'The rows behind a number, with where they come from',
  description: "counts says whether the row is part of the service's figure (of the queue's, when a queue is given).",
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/facts',
  input: Type.Object({ service, queue, start_time, end_time }),
  output: Type.Object({
    interval_start_time: Time,
    interval_end_time: Time,
    service_id: Type.Integer(),
    service_code: Type.String(),
    group_id: Nullable(Type.Integer({ description: 'null: the service itself; −1: not mapped' })),
    queue: Nullable(Type.String()),
    source_id: Type.Integer(),
    kind: Type.Enum(['report', 'live', 'api', 'load']),
    external_name: Type.String(),
    interval_minutes: Type.Integer(),
    counts: Type.Boolean(),
    ...sums,
    ...reported,
    batch_id: Nullable(Type.String({ format: 'uuid' })),
    created_at: Time,
    updated_at: Time,
  }),
  result: 'list',
  key: ['interval_start_time', 'source_id'],
  sql: 'api.facts',
  errors: ['bad_request', 'not_found'],
  examples: [{ title: 'Behind a quarter-hour', input: { service: 'SUPPORT', start_time: '2025-03-03T09:00', end_time: '2025-03-03T09:15' } }],
});

export const mergeServices = defineOperation({
  name: 'statistics.merge_services',
  summary: 'Merge one service into another',
  description:
    'Queues of the same code become one, facts move, the old code leads to the new service. Where both have a row of the same source ' +
    'and moment with different figures nothing happens and the answer is 409, unless conflicts says which to keep.',
  scope: 'statistics:write',
  method: 'POST',
  path: '/api/v1/statistics/merge_services',
  input: Type.Object({
    from: Type.String({ description: 'code of the service that ends' }),
    into: Type.String({ description: 'code of the service that goes on' }),
    conflicts: Type.Optional(Type.Enum(['refuse', 'keep_into', 'keep_from'], { default: 'refuse' })),
  }),
  output: Type.Object({
    service_id: Type.Integer({ description: 'the service that goes on' }),
    service_code: Type.String(),
    sources_moved: Type.Integer(),
    queues_moved: Type.Integer(),
    rows_moved: Type.Integer(),
    rows_dropped: Type.Integer({ description: 'rows of which both services had one' }),
  }),
  result: 'row',
  sql: 'api.merge_services',
  errors: ['bad_request', 'not_found', 'conflict'],
  positional: ['from', 'into'],
  examples: [{ title: 'Two spellings of one service', input: { from: 'SALES', into: 'SUPPORT' } }],
});

export const deleteService = defineOperation({
  name: 'statistics.delete_service',
  summary: 'Delete a service with everything that it holds',
  description: "Its figures, sources, mappings and queues go with it. This cannot be undone, so confirm must be the service's code.",
  scope: 'statistics:write',
  method: 'DELETE',
  path: '/api/v1/statistics/services/{service_id}',
  input: Type.Object({
    service_id: Type.Integer(),
    confirm: Type.String({ description: "the service's code" }),
  }),
  output: Type.Object({
    service_id: Type.Integer(),
    service_code: Type.String(),
    rows_deleted: Type.Integer(),
    sources_deleted: Type.Integer(),
    queues_deleted: Type.Integer(),
  }),
  result: 'row',
  sql: 'api.delete_service',
  errors: ['bad_request', 'not_found'],
  positional: ['service_id'],
  examples: [{ title: 'Delete', input: { service_id: 2, confirm: 'SALES' } }],
});

export { dataSpan, explain, kpis };

export {
  agentActivity,
  agentComparison,
  agentTimeline,
  changesSince,
  databaseAgentActivity,
  postAgentActivity,
  realtimeStats,
} from './agent_contract.ts';

export const operations = [
  intervals,
  dataSpan,
  callsByInterval,
  serviceSummary,
  batchInsertCalls,
  postedBatches,
  undoPostedBatch,
  refreshAllViews,
  facts,
  kpis,
  explain,
  mergeServices,
  deleteService,
  ...agentOperations,
];

/** Functions of schema api that are no operation, with the reason. */
export const sqlOnly: Record<string, string> = {
  'api.refresh_hourly_stats': "a seed's name for one part of api_refresh_all_views",
};
