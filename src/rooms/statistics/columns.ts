/** The columns that many answers of this room share; each is described once. */
import Type from 'typebox';
import { Nullable } from '../../platform/contract/operation.ts';

const Count = (description: string) => Nullable(Type.Integer({ description }));
const Seconds = (description: string) => Nullable(Type.Integer({ description: `${description}, seconds` }));
const Ratio = (description: string) => Nullable(Type.Number({ description }));
export const Time = Type.String({ format: 'date-time' });

/** Null means that the source does not say. */
export const sums = {
  offered: Count('contacts delivered, every one'),
  unique_offered: Count('contacts delivered, the first of a customer in a day'),
  handled: Count('contacts answered'),
  answered_in_threshold: Count('contacts answered within the service level threshold'),
  abandoned: Count('contacts that hung up while waiting'),
  abandoned_in_5s: Count('of these within five seconds'),
  abandoned_in_threshold: Count('of these within the service level threshold'),
  failed: Count('contacts that failed'),
  talk_seconds: Seconds('talk time'),
  outbound_talk_seconds: Seconds('outbound talk time'),
  hold_seconds: Seconds('hold time'),
  wrap_seconds: Seconds('after-call work'),
  wait_handled_seconds: Seconds('waiting time of answered contacts'),
  wait_abandoned_seconds: Seconds('waiting time of abandoned contacts'),
  ready_seconds: Seconds('time in which agents were ready and idle'),
  max_wait_handled_seconds: Seconds('longest wait of an answered contact'),
  max_wait_abandoned_seconds: Seconds('longest wait of an abandoned contact'),
};

/** Each divides sums over the intervals that know both parts; null where nothing can be divided. */
export const ratios = {
  service_level_pct: Ratio("service level, per cent, in the service's variant"),
  service_level_of_handled_pct: Ratio('answered in threshold of answered, per cent'),
  handled_pct: Ratio('answered of offered, per cent'),
  handled_less_short_abandons_pct: Ratio('answered of offered without those abandoned within five seconds, per cent'),
  abandonment_pct: Ratio('abandoned of offered, per cent'),
  aht_seconds: Ratio('average handle time with after-call work, seconds'),
  aht_without_wrap_seconds: Ratio('average handle time without after-call work, seconds'),
  talk_avg_seconds: Ratio('average talk time, seconds'),
  wrap_avg_seconds: Ratio('average after-call work, seconds'),
  asa_seconds: Ratio('average wait of answered contacts, seconds'),
  wait_abandoned_avg_seconds: Ratio('average wait of abandoned contacts, seconds'),
  occupancy_pct: Ratio('handle time of handle and ready time, per cent'),
};

export const seedColumns = {
  interval_start: Time,
  interval_end: Time,
  service_id: Type.Integer(),
  group_id: Nullable(Type.Integer({ description: 'null: the service itself; −1: names that are not mapped to a queue' })),
  total_received: Count('contacts delivered'),
  total_treated: Count('contacts answered'),
  total_missed: Count('contacts abandoned'),
  avg_handle_time_ms: Nullable(Type.Integer({ description: 'average handle time with after-call work, milliseconds' })),
  service_level: Ratio('service level, per cent'),
  occupancy_rate: Ratio('occupancy, per cent'),
  total_unique_received: Count('contacts delivered, the first of a customer in a day'),
  granularity_minutes: Nullable(Type.Integer({ description: 'length of the coarsest interval behind the row' })),
};

/** What a file reported beside the sums, kept for comparison. */
export const reported = {
  reported_handled_pct: Ratio('SHC as reported, per cent'),
  reported_handled_less_short_abandons_pct: Ratio('SHC (-AC5) as reported, per cent'),
  reported_service_level_pct: Ratio('SL as reported, per cent'),
  reported_service_level_of_handled_pct: Ratio('SL on HC as reported, per cent'),
  reported_abandonment_pct: Ratio('LCR as reported, per cent'),
  reported_handle_seconds: Seconds('THT as reported'),
  reported_handle_and_wrap_seconds: Seconds('THT (+ACW) as reported'),
  reported_aht_seconds: Ratio('AHT as reported, seconds'),
  reported_aht_with_wrap_seconds: Ratio('AHT (+ACW) as reported, seconds'),
  reported_wait_handled_avg_seconds: Ratio('AWT (HC) as reported, seconds'),
  reported_wait_abandoned_avg_seconds: Ratio('AWT (AC) as reported, seconds'),
  reported_talk_avg_seconds: Ratio('average talk time as reported, seconds'),
  reported_wrap_avg_seconds: Ratio('average post-processing as reported, seconds'),
};

/** Read as they come: a wrong value is an error of its row, not of the request. */
export const PostedCall = Type.Object(
  {
    interval_start_time: Type.Optional(Type.Unknown({ description: "ISO 8601; without an offset in the service's zone" })),
    service_id: Type.Optional(Type.Unknown({ description: 'service' })),
    group_id: Type.Optional(Type.Unknown({ description: 'queue; left out: the service itself' })),
    received_calls: Type.Optional(Type.Unknown({ description: 'offered' })),
    treated_calls: Type.Optional(Type.Unknown({ description: 'handled' })),
    miss_calls: Type.Optional(Type.Unknown({ description: 'abandoned' })),
    unique_received_calls: Type.Optional(Type.Unknown({ description: 'first contacts of a customer in the day' })),
    answered_in_threshold: Type.Optional(Type.Unknown({ description: 'answered within the service level threshold' })),
    aht_ms: Type.Optional(Type.Unknown({ description: 'average handle time with after-call work, milliseconds' })),
    talk_time_ms: Type.Optional(Type.Unknown({ description: 'average talk time, milliseconds' })),
    post_time_ms: Type.Optional(Type.Unknown({ description: 'average after-call work, milliseconds' })),
    interval_minutes: Type.Optional(Type.Unknown({ description: '15 (default), 30 or 60' })),
  },
  { additionalProperties: true },
);

export const PostedBatch = Type.Object({
  batch_id: Type.String({ format: 'uuid' }),
  source: Type.String(),
  posted_at: Time,
  rows_total: Type.Integer(),
  rows_inserted: Type.Integer(),
  rows_updated: Type.Integer(),
  rows_unchanged: Type.Integer(),
  rows_rejected: Type.Integer(),
  undone_at: Nullable(Time),
});

export const Kpi = Type.Object({
  name: Type.String({ description: 'column of the answers' }),
  title_en: Type.String(),
  title_ru: Type.String(),
  title_es: Type.String(),
  unit: Type.Enum(['contacts', 'seconds', 'percent', 'minutes', 'intervals']),
  formula: Type.String({ description: 'in words' }),
  formula_ru: Type.String({ description: 'the same in Russian' }),
  formula_es: Type.String({ description: 'the same in Spanish' }),
  sql: Type.String({ description: 'the expression that makes it, as it is executed' }),
  tables: Type.Array(Type.String()),
  tests: Type.Array(Type.String(), { description: 'files that pin it' }),
  shown_in: Type.Array(Type.String(), { description: 'operations, views and pages' }),
  position: Type.Integer(),
});
