import Type from 'typebox';
import { defineOperation, FieldsOf, Moment, Nullable } from '../../platform/contract/operation.ts';

/** Two routes of the database API that are neither rows nor files: contact statistics, and tidying up. */

const Count = Nullable(Type.Integer());
const Ratio = (description: string) => Nullable(Type.Number({ description }));
const MomentText = (description: string) =>
  Type.Optional(Type.String({ maxLength: 40, description: `${description}; ISO 8601, without an offset in the services' zone` }));
const ids = (description: string) => Type.Optional(Type.Array(Type.Integer({ minimum: -1, maximum: 2147483647 }), { maxItems: 1000, description }));

const Statistic = Type.Object({
  service_id: Type.Integer(),
  service_name: Type.String(),
  service_code: Type.String(),
  group_id: Count,
  group_name: Nullable(Type.String()),
  group_code: Nullable(Type.String()),
  interval_start: Moment('start of the interval'),
  interval_end: Moment('end of the interval, exclusive'),
  metrics: Type.Object({
    contacts: Type.Object({
      not_unique_received: Count,
      not_unique_treated: Count,
      not_unique_missed: Count,
      received_calls: Count,
      treated_calls: Count,
      miss_calls: Count,
    }),
    performance: Type.Object({
      aht: Nullable(Type.Integer({ description: 'milliseconds per treated contact, with post-processing' })),
      talk_time: Nullable(Type.Integer({ description: 'milliseconds per treated contact' })),
      post_processing: Nullable(Type.Integer({ description: 'milliseconds per treated contact' })),
      service_level: Ratio('per cent, as the service measures it'),
      abandonment_rate: Ratio('per cent of the received contacts'),
      occupancy_rate: Ratio('per cent of the staffed time'),
    }),
  }),
  calculated_metrics: Type.Optional(
    Type.Object({
      total_contacts: Count,
      handled_rate: Ratio('treated per received contacts, per cent'),
      efficiency_score: Ratio('100 × (0.6 × treated / received + 0.4 × service level), 0–100'),
      quality_score: Ratio('100 × (service level − abandonment rate), not below 0'),
    }),
  ),
});

export const contactStatistics = defineOperation({
  name: 'database.contact_statistics',
  summary: 'Contact statistics per interval, with a summary of the whole time',
  description:
    'One entry per interval and service, or with group_ids per queue (0 is the service itself). The figures are those of statistics.intervals. ' +
    'Treated and missed unique contacts are null: no source tells them.',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/db/database/contact-statistics',
  input: Type.Object({
    service_ids: ids('all services when left out'),
    group_ids: ids('one entry per queue of these; 0 is the service itself'),
    start_date: MomentText('from; without both, the last 24 hours that have data'),
    end_date: MomentText('up to, exclusive'),
    interval_type: Type.Optional(Type.Enum(['15min', '30min', '1hour'], { default: '15min', description: 'length of the intervals' })),
    include_calculated_metrics: Type.Optional(Type.Boolean({ default: true, description: 'false leaves calculated_metrics out' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 100_000, description: 'entries of one answer' })),
    cursor: Type.Optional(Type.String({ maxLength: 200, description: 'next_cursor of the answer before' })),
    fields: FieldsOf(Statistic, 'fields of each entry that are wanted; all when left out'),
  }),
  output: Type.Object({
    statistics: Type.Array(Type.Partial(Statistic)),
    summary: Type.Object({
      total_contacts_received: Count,
      total_contacts_treated: Count,
      overall_handle_rate: Ratio('treated per received contacts of the whole time, per cent; services weigh by their contacts'),
      average_service_level: Ratio('of the whole time, not the mean of the intervals; services weigh by their contacts'),
      intervals_analyzed: Type.Integer({ description: 'entries of the whole question, on all pages' }),
    }),
    total_records: Type.Integer({ description: 'entries of the whole question, on all pages' }),
    query_params: Type.Object({
      service_ids: Nullable(Type.Array(Type.Integer())),
      group_ids: Nullable(Type.Array(Type.Integer())),
      start_date: Moment('as it was understood'),
      end_date: Moment('as it was understood'),
      interval_type: Type.String(),
      include_calculated_metrics: Type.Boolean(),
    }),
    next_cursor: Nullable(Type.String({ description: 'null on the last page' })),
  }),
  result: 'row',
  sql: 'api.database_contact_statistics',
  cache: { seconds: 300, topics: ['statistics.changed', 'org.changed'] },
  errors: ['bad_request', 'not_found'],
  examples: [
    {
      title: 'Two hours of a service by half-hours',
      input: { service_ids: [1], start_date: '2025-03-03T09:00', end_date: '2025-03-03T11:00', interval_type: '30min' },
    },
    {
      title: 'Only the figures of a service',
      input: { service_ids: [1], start_date: '2025-03-03T09:00', end_date: '2025-03-03T10:00', fields: ['interval_start', 'metrics'] },
    },
    { title: 'The last day of all services, raw figures', input: { include_calculated_metrics: false } },
  ],
});

const Removed = Type.Object({
  kind: Type.String({ description: 'what it was' }),
  cleanup_type: Type.Enum(['sessions', 'cache', 'logs']),
  count: Type.Integer({ minimum: 0 }),
});

export const maintenanceCleanup = defineOperation({
  name: 'database.maintenance_cleanup',
  summary: 'Delete what has ended or is too old: sessions, kept files and answers, logs',
  description:
    'sessions: ended sessions, counted failures to sign in, invitations that lapsed. cache: files of exports and imports that were kept long enough, answers kept for idempotency keys. ' +
    'logs: findings of imports older than older_than_days. The days are those of the rules of retention unless older_than_days is given. Figures, people and the audit are never touched.',
  scope: 'admin:write',
  changesAll: true,
  method: 'POST',
  path: '/api/v1/db/database/maintenance/cleanup',
  input: Type.Object({
    cleanup_type: Type.Optional(Type.Enum(['all', 'sessions', 'cache', 'logs'], { default: 'all' })),
    dry_run: Type.Optional(Type.Boolean({ default: false, description: 'tell what would be deleted, delete nothing' })),
    parameters: Type.Optional(
      Type.Object(
        {
          dry_run: Type.Optional(Type.Boolean()),
          older_than_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
        },
        { additionalProperties: false, description: 'dry_run, and older_than_days: another age than the rules of retention say' },
      ),
    ),
  }),
  output: Type.Object({
    cleanup_id: Type.String({ format: 'uuid' }),
    cleanup_type: Type.String(),
    dry_run: Type.Boolean(),
    status: Type.String({ description: 'completed' }),
    message: Type.String(),
    removed: Type.Array(Removed),
    timestamp: Moment('when it was done'),
  }),
  result: 'row',
  examples: [{ title: 'What would go', input: { cleanup_type: 'all', dry_run: true } }],
});
