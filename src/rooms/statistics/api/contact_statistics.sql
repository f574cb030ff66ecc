create or replace view api.contact_statistics as
select
  -- Stable and unique without a counter: the source and the minute of the interval.
  f.source_id::bigint * 4294967296 + (extract(epoch from f.interval_start_time) / 60)::bigint as id,
  f.interval_start_time,
  f.interval_start_time + make_interval(mins => f.interval_minutes) as interval_end_time,
  f.service_id,
  nullif(m.group_id, 0) as group_id,
  f.offered as not_unique_received,
  f.handled as not_unique_treated,
  f.abandoned as not_unique_missed,
  f.unique_offered as received_calls,
  -- No source tells how many of a customer's first contacts were handled or lost.
  null::int as treated_calls,
  null::int as miss_calls,
  round(1000.0 * (r.handle_seconds + f.wrap_seconds) / nullif(r.timed, 0))::bigint as aht,
  round(1000.0 * f.talk_seconds / nullif(r.timed, 0))::bigint as talk_time,
  round(1000.0 * f.wrap_seconds / nullif(r.timed, 0))::bigint as post_processing,
  round(100.0 * r.level_part / nullif(r.level_whole, 0), 2) as service_level,
  round(100.0 * f.abandoned / nullif(f.offered, 0), 2) as abandonment_rate,
  round(100.0 * (r.handle_seconds + f.wrap_seconds) / nullif(r.handle_seconds + f.wrap_seconds + f.ready_seconds, 0), 2)
    as occupancy_rate,
  f.created_at,
  f.updated_at,
  f.batch_id as import_batch_id,
  f.source_id,
  m.kind as source_kind,
  m.external_name as source_name,
  f.interval_minutes,
  f.offered,
  f.unique_offered,
  f.handled,
  f.answered_in_threshold,
  f.abandoned,
  f.abandoned_in_5s,
  f.abandoned_in_threshold,
  f.failed,
  f.talk_seconds,
  f.outbound_talk_seconds,
  f.hold_seconds,
  f.wrap_seconds,
  f.wait_handled_seconds,
  f.wait_abandoned_seconds,
  f.ready_seconds,
  f.max_wait_handled_seconds,
  f.max_wait_abandoned_seconds
from statistics.contact_statistics f
join org.service_settings s on s.service_id = f.service_id
join org.source_spans m
  on m.service_id = f.service_id and m.source_id = f.source_id
  and f.interval_start_time >= m.valid_from and f.interval_start_time < m.valid_to
-- The parts of statistics.figures for a single row; a test holds the two together.
cross join lateral (
  select coalesce(f.handled, f.offered) as timed,
    f.talk_seconds + coalesce(f.outbound_talk_seconds, 0) + coalesce(f.hold_seconds, 0) as handle_seconds,
    case s.service_level_variant
      when 'handled_and_abandoned_in_threshold' then f.answered_in_threshold + f.abandoned_in_threshold
      else f.answered_in_threshold
    end as level_part,
    case s.service_level_variant
      when 'offered_without_short_abandons' then f.offered - f.abandoned_in_5s
      when 'handled' then f.handled
      else f.offered
    end as level_whole
) r;
comment on view api.contact_statistics is 'Facts in the words and units of seed 001 (milliseconds, averages per call); over statistics.contact_statistics, one row per source and interval, so that sources are to be chosen before summing.';
