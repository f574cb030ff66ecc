create or replace function statistics.ratios(
  p_level_part bigint,
  p_level_whole bigint,
  p_answered_of_handled bigint,
  p_handled_with_answered bigint,
  p_handled_of_offered bigint,
  p_offered_with_handled bigint,
  p_handled_of_less bigint,
  p_less_with_handled bigint,
  p_abandoned_of_offered bigint,
  p_offered_with_abandoned bigint,
  p_handle_and_wrap_seconds bigint,
  p_timed_with_wrap bigint,
  p_handle_seconds bigint,
  p_timed_with_handle bigint,
  p_talk_of_timed bigint,
  p_wrap_of_timed bigint,
  p_timed_with_wrap_only bigint,
  p_wait_of_handled bigint,
  p_handled_with_wait bigint,
  p_wait_of_abandoned bigint,
  p_abandoned_with_wait bigint,
  p_busy_seconds bigint,
  p_staffed_seconds bigint,
  p_level_offered bigint,
  p_offered bigint
)
returns table (
  service_level_pct double precision,
  service_level_of_handled_pct double precision,
  handled_pct double precision,
  handled_less_short_abandons_pct double precision,
  abandonment_pct double precision,
  aht_seconds double precision,
  aht_without_wrap_seconds double precision,
  talk_avg_seconds double precision,
  wrap_avg_seconds double precision,
  asa_seconds double precision,
  wait_abandoned_avg_seconds double precision,
  occupancy_pct double precision,
  coverage_pct double precision
)
language sql immutable parallel safe
as $$
  select 100.0::float8 * p_level_part / nullif(p_level_whole, 0),
    100.0::float8 * p_answered_of_handled / nullif(p_handled_with_answered, 0),
    100.0::float8 * p_handled_of_offered / nullif(p_offered_with_handled, 0),
    100.0::float8 * p_handled_of_less / nullif(p_less_with_handled, 0),
    100.0::float8 * p_abandoned_of_offered / nullif(p_offered_with_abandoned, 0),
    p_handle_and_wrap_seconds::float8 / nullif(p_timed_with_wrap, 0),
    p_handle_seconds::float8 / nullif(p_timed_with_handle, 0),
    p_talk_of_timed::float8 / nullif(p_timed_with_handle, 0),
    p_wrap_of_timed::float8 / nullif(p_timed_with_wrap_only, 0),
    p_wait_of_handled::float8 / nullif(p_handled_with_wait, 0),
    p_wait_of_abandoned::float8 / nullif(p_abandoned_with_wait, 0),
    100.0::float8 * p_busy_seconds / nullif(p_staffed_seconds, 0),
    100.0::float8 * coalesce(p_level_offered, 0) / nullif(p_offered, 0)
$$;
comment on function statistics.ratios(bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint) is
  'What follows from sums of contacts: every ratio of services and queues is defined here and nowhere else. Null where nothing can be divided.';
