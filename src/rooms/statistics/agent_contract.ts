/** What agents did: operations over agent activity. */
import Type from 'typebox';
import { defineOperation, FieldsOf, Moment, Nullable } from '../../platform/contract/operation.ts';
import { Time } from './columns.ts';

const Seconds = (description: string) => Type.Integer({ description: `${description}, seconds` });
const Ratio = (description: string) => Nullable(Type.Number({ description }));
const MomentText = (description: string) =>
  Type.Optional(Type.String({ description: `${description}; ISO 8601, without an offset in the zone asked` }));

const who = {
  agent: Type.Optional(Type.String({ description: 'code of one agent' })),
  team: Type.Optional(Type.String({ description: 'code of a team (or any department), with all below it; where agents are today' })),
  department: Type.Optional(Type.String({ description: 'code of a department, with all below it' })),
  my_team: Type.Optional(Type.Boolean({ description: 'only whom the caller leads or deputises for today' })),
  service: Type.Optional(Type.String({ description: 'service code: time spent for it alone' })),
  queue: Type.Optional(Type.String({ description: 'queue code of that service' })),
  start_time: MomentText('from; without both, the last 24 hours that have activity'),
  end_time: MomentText('up to, exclusive'),
};
const time_zone = Type.Optional(
  Type.String({ description: "IANA zone in which hours and days begin; left out: the service's, or the one that all services share, else UTC" }),
);

export const agentSums = {
  login_seconds: Seconds('signed in'),
  ready_seconds: Seconds('ready and idle'),
  not_ready_seconds: Seconds('signed in and not available'),
  talk_seconds: Seconds('talk time'),
  hold_seconds: Seconds('hold time'),
  wrap_seconds: Seconds('after-call work'),
  handled: Type.Integer({ description: 'contacts handled' }),
  transferred: Type.Integer({ description: 'contacts passed on' }),
};
export const agentRatios = {
  handle_seconds: Seconds('talk, hold and after-call work'),
  unaccounted_seconds: Seconds('login that no state accounts for'),
  occupancy_pct: Ratio('handle time of handle and ready time, per cent'),
  utilization_pct: Ratio('talk of login, per cent'),
  handle_share_pct: Ratio('handle time of login, per cent'),
  availability_pct: Ratio('ready and handle time of login, per cent'),
  calls_per_hour: Ratio('contacts handled per hour of login'),
  talk_avg_seconds: Ratio('talk per contact handled, seconds'),
  aht_seconds: Ratio('handle time per contact handled, seconds'),
  wrap_avg_seconds: Ratio('after-call work per contact handled, seconds'),
  transfer_pct: Ratio('passed on of handled, per cent'),
};
const person = {
  agent_id: Type.Integer(),
  agent_code: Type.String(),
  agent_name: Type.String({ description: 'of the employee, else as telephony calls the agent' }),
};
const team = { team_code: Nullable(Type.String()), team_name: Nullable(Type.String()) };
const morning = { start_time: '2025-03-03T09:00', end_time: '2025-03-03T10:00' };

export const agentActivity = defineOperation({
  name: 'statistics.agent_activity',
  summary: 'What agents did per interval, by agent, team or department',
  description:
    'Any grain from 5 minutes to a month in any zone; ratios are of the sums. Teams and departments are those of today. An agent of no ' +
    'team, or no department, has scope_key 0 there.',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/agent_activity',
  input: Type.Object({
    ...who,
    interval_minutes: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 43200,
        default: 15,
        description: '5 … 1440 that divide a day, 10080 an ISO week, 43200 a calendar month, 0 the whole period as one item',
      }),
    ),
    time_zone,
    by: Type.Optional(Type.Enum(['agent', 'team', 'department', 'total'], { default: 'agent', description: 'what an item is about' })),
  }),
  output: Type.Object({
    interval_start: Time,
    interval_end: Time,
    scope_key: Type.Integer({ description: 'id of the agent, team or department; 0 for all together' }),
    scope_code: Nullable(Type.String({ description: 'its code' })),
    scope_name: Nullable(Type.String({ description: 'its name' })),
    ...team,
    agent_count: Type.Integer({ description: 'how many agents are behind the item' }),
    interval_count: Type.Integer({ description: 'how many rows are behind the item' }),
    ...agentSums,
    ...agentRatios,
  }),
  result: 'list',
  key: ['interval_start', 'scope_key'],
  sql: 'api.agent_intervals',
  errors: ['bad_request', 'not_found'],
  examples: [
    { title: 'An agent by quarter-hours', input: { agent: 'A-1002', ...morning, time_zone: 'Europe/Berlin' } },
    { title: 'Teams over the day', input: { start_time: '2025-03-03', end_time: '2025-03-04', interval_minutes: 0, by: 'team', service: 'SUPPORT' } },
  ],
});

export const agentComparison = defineOperation({
  name: 'statistics.agent_comparison',
  summary: 'Agents over a period, ranked by a figure',
  description:
    'together is the figure of all compared agents: of a ratio the ratio of their sums, of a sum the mean per agent. Equal values share a rank.',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/agent_comparison',
  input: Type.Object({
    ...who,
    time_zone,
    rank_by: Type.Optional(Type.String({ default: 'handled', description: 'any figure of the answer, e.g. occupancy_pct' })),
    lowest_first: Type.Optional(Type.Boolean({ default: false, description: 'rank 1 is the lowest value' })),
  }),
  output: Type.Object({
    rank: Type.Integer(),
    ...person,
    ...team,
    value: Nullable(Type.Number({ description: 'the figure that is ranked by' })),
    together: Nullable(Type.Number({ description: 'that figure of all together' })),
    difference_pct: Ratio('how far value is from together, per cent'),
    interval_count: Type.Integer(),
    ...agentSums,
    ...agentRatios,
  }),
  result: 'list',
  key: ['rank', 'agent_id'],
  sql: 'api.agent_comparison',
  errors: ['bad_request', 'not_found'],
  examples: [
    { title: 'Who was busiest', input: { ...morning, time_zone: 'Europe/Berlin', rank_by: 'occupancy_pct' } },
    { title: 'A team', input: { team: 'LINE-1', start_time: '2025-03-03', end_time: '2025-03-04', service: 'SUPPORT' } },
  ],
});

export const agentTimeline = defineOperation({
  name: 'statistics.agent_timeline',
  summary: 'The quarters of agents as they are stored: the rows behind a figure',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/agent_timeline',
  input: Type.Object({ ...who, time_zone }),
  output: Type.Object({
    interval_start: Time,
    interval_end: Time,
    ...person,
    service_id: Type.Integer({ description: '0: for no service in particular' }),
    service_code: Nullable(Type.String()),
    group_key: Type.Integer({ description: 'group_id, 0 for the service itself' }),
    queue: Nullable(Type.String()),
    ...agentSums,
    ...agentRatios,
    batch_id: Type.String({ format: 'uuid', description: 'the batch that wrote it' }),
    created_at: Time,
    updated_at: Time,
  }),
  result: 'list',
  key: ['interval_start', 'agent_id', 'service_id', 'group_key'],
  sql: 'api.agent_timeline',
  errors: ['bad_request', 'not_found'],
  examples: [
    { title: 'A quarter of an hour', input: { agent: 'A-1002', start_time: '2025-03-03T09:00', end_time: '2025-03-03T09:15', service: 'SUPPORT' } },
  ],
});

/** Read as they come: a wrong value is an error of its row, not of the request. */
const PostedQuarter = Type.Object(
  {
    agent_code: Type.Optional(Type.Unknown({ description: 'the agent (or agent_id)' })),
    service: Type.Optional(Type.Unknown({ description: 'service code (or service_id); left out: time for no service in particular' })),
    queue: Type.Optional(Type.Unknown({ description: 'queue code (or group_id)' })),
    interval_start_time: Type.Optional(
      Type.Unknown({ description: 'ISO 8601, the start of a quarter; without an offset in the zone of the service' }),
    ),
    login_seconds: Type.Optional(Type.Unknown({ description: 'at most 900, and no less than the states together' })),
    ready_seconds: Type.Optional(Type.Unknown({ description: 'default 0, as of all that follow' })),
    not_ready_seconds: Type.Optional(Type.Unknown()),
    talk_seconds: Type.Optional(Type.Unknown()),
    hold_seconds: Type.Optional(Type.Unknown()),
    wrap_seconds: Type.Optional(Type.Unknown()),
    handled: Type.Optional(Type.Unknown()),
    transferred: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: true },
);

export const postAgentActivity = defineOperation({
  name: 'statistics.post_agent_activity',
  summary: 'Post quarters of agents',
  description:
    'A row that is wrong is reported and does not stop the others. The same rows again change nothing. The batch can be undone with ' +
    'statistics.undo_posted_batch. An agent who does not exist is reported, never made.',
  scope: 'statistics:write',
  method: 'POST',
  path: '/api/v1/statistics/agent_activity',
  input: Type.Object({
    rows: Type.Array(PostedQuarter, { maxItems: 100_000, description: 'one object per agent, quarter and queue' }),
    source: Type.Optional(Type.String({ maxLength: 200, default: 'api', description: 'who posts, for the history' })),
  }),
  output: Type.Object({
    batch_id: Type.String({ format: 'uuid' }),
    inserted_count: Type.Integer(),
    updated_count: Type.Integer(),
    unchanged_count: Type.Integer(),
    error_count: Type.Integer(),
    errors: Type.Array(
      Type.Object({
        record: Type.Unknown(),
        error: Type.String(),
        error_code: Type.String({ description: 'the rule that is broken' }),
        hint: Nullable(Type.String()),
        row_number: Type.Integer({ description: 'place in the list, from 1' }),
      }),
    ),
  }),
  result: 'row',
  sql: 'api.post_agent_activity',
  errors: ['bad_request'],
  examples: [
    {
      title: 'One good row, and one whose states are longer than its login',
      input: {
        rows: [
          {
            agent_code: 'A-1002',
            service: 'SUPPORT',
            interval_start_time: '2025-03-04T10:00',
            login_seconds: 900,
            ready_seconds: 300,
            talk_seconds: 600,
            handled: 3,
          },
          { agent_code: 'A-1003', service: 'SUPPORT', interval_start_time: '2025-03-04T10:00', login_seconds: 600, talk_seconds: 700 },
        ],
      },
      skip: 'batch_id differs each time',
    },
  ],
});

const Activity = Type.Object({
  agent_id: Type.Integer(),
  agent_code: Nullable(Type.String()),
  agent_name: Nullable(Type.String()),
  email: Nullable(Type.String()),
  group_id: Nullable(Type.Integer()),
  group_name: Nullable(Type.String()),
  group_code: Nullable(Type.String()),
  interval_start: Time,
  interval_end: Time,
  time_allocation: Type.Object({
    login_time: Type.Integer(),
    ready_time: Type.Integer(),
    not_ready_time: Type.Integer(),
    talk_time: Type.Integer(),
    hold_time: Type.Integer(),
    wrap_time: Type.Integer(),
  }),
  call_activity: Type.Object({ calls_handled: Type.Integer(), calls_transferred: Type.Integer() }),
  performance_metrics: Type.Optional(
    Type.Object({
      utilization_rate: Ratio('talk of login, 0 to 1'),
      occupancy_rate: Ratio('talk, hold and wrap of login, 0 to 1'),
      calls_per_hour: Ratio('handled per hour of login'),
      avg_call_time: Ratio('talk per contact handled, seconds'),
    }),
  ),
});

export const databaseAgentActivity = defineOperation({
  name: 'statistics.database_agent_activity',
  summary: 'Quarters of agents by ids, nested',
  description:
    'utilization_rate is talk of login, occupancy_rate talk, hold and wrap of login, both from 0 to 1; calls_per_hour and avg_call_time ' +
    '(seconds) follow from the same row. total_records counts all, also those of further pages.',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/db/database/agent-activity',
  input: Type.Object({
    agent_ids: Type.Optional(Type.Array(Type.Integer(), { description: 'all agents when left out' })),
    group_ids: Type.Optional(Type.Array(Type.Integer(), { description: 'all queues when left out' })),
    start_date: Type.Optional(Moment('from; without both, the last 24 hours that have activity')),
    end_date: Type.Optional(Moment('up to, exclusive')),
    include_performance_metrics: Type.Optional(Type.Boolean({ default: true })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 10_000, description: 'how many rows at most' })),
    cursor: Type.Optional(Type.String({ description: 'next_cursor of the answer before' })),
    fields: FieldsOf(Activity, 'fields of each entry that are wanted; all when left out'),
  }),
  output: Type.Object({
    activities: Type.Array(Type.Partial(Activity)),
    total_records: Type.Integer(),
    next_cursor: Nullable(Type.String()),
    query_params: Type.Object({}, { additionalProperties: true, description: 'what was asked, with the period that was taken' }),
  }),
  result: 'row',
  sql: 'api.database_agent_activity',
  zone: { function: 'statistics.zone_of_services', input: null },
  errors: ['bad_request'],
  examples: [
    {
      title: 'A quarter of an hour',
      input: { agent_ids: [1], start_date: '2025-03-03T08:00:00Z', end_date: '2025-03-03T08:15:00Z' },
    },
  ],
});

export const realtimeStats = defineOperation({
  name: 'statistics.realtime_stats',
  summary: 'Services over the last minutes up to now',
  description:
    'What no source says is null: agents_available needs agent activity of the last half hour, calls_in_queue a live source. ' +
    'calls_last_hour is about the lookback that is asked.',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/realtime_stats',
  input: Type.Object({
    service_ids: Type.Optional(Type.Array(Type.Integer(), { description: 'all services when left out' })),
    lookback_minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440, default: 60 })),
  }),
  output: Type.Object({
    service_id: Type.Integer(),
    current_interval_start: Time,
    calls_last_hour: Nullable(Type.Integer({ description: 'contacts delivered in the lookback' })),
    avg_handle_time_ms: Nullable(Type.Integer()),
    current_service_level: Ratio('service level in the lookback, per cent'),
    agents_available: Nullable(Type.Integer({ description: 'agents who were ready in the latest quarter that is told' })),
    calls_in_queue: Nullable(Type.Integer({ description: 'contacts of live sources that were neither answered nor lost' })),
    service_code: Type.String(),
    from_time: Time,
    to_time: Time,
    data_until: Nullable(Type.String({ format: 'date-time', description: 'end of the latest interval that is told' })),
    coverage_pct: Ratio('how much of the volume knows the parts of the service level, per cent'),
  }),
  result: 'rows',
  sql: 'api.api_get_realtime_stats',
  errors: ['bad_request'],
  examples: [{ title: 'The last hour', input: { service_ids: [1] }, skip: 'about the moment of the call' }],
});

export const changesSince = defineOperation({
  name: 'statistics.changes_since',
  summary: 'What was inserted, updated and deleted, in order',
  description:
    'Follow with the cursor of the last row: nothing is passed over, also when a transaction commits long after later ones. A row stands as ' +
    'it is now, so one that changed twice may come twice; a deleted one has its key alone. last_sync is a beginning for who has no cursor.',
  scope: 'statistics:read',
  method: 'GET',
  path: '/api/v1/statistics/changes_since',
  input: Type.Object({
    last_sync: Type.Optional(Moment('changes after this moment; left out: all that are remembered')),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1000, description: 'how many rows at most' })),
    cursor: Type.Optional(Type.String({ description: 'cursor of the last row that was read' })),
  }),
  output: Type.Object({
    table_name: Type.Enum(['contact_statistics', 'agent_activity']),
    operation: Type.Enum(['INSERT', 'UPDATE', 'DELETE']),
    record_id: Type.Integer({ description: 'id of the row in the view of that name' }),
    changed_at: Time,
    data: Type.Object({}, { additionalProperties: true, description: 'the row as it is now; of a deleted one its key' }),
    cursor: Type.String(),
  }),
  result: 'rows',
  sql: 'api.api_get_changes_since',
  errors: ['bad_request', 'conflict'],
  examples: [{ title: 'The first changes', input: { limit: 2 }, skip: 'cursors differ from database to database' }],
});

export const agentOperations = [agentActivity, agentComparison, agentTimeline, postAgentActivity, databaseAgentActivity, realtimeStats, changesSince];
