create or replace function statistics.agent_ratios(
  p_login_seconds bigint,
  p_ready_seconds bigint,
  p_not_ready_seconds bigint,
  p_talk_seconds bigint,
  p_hold_seconds bigint,
  p_wrap_seconds bigint,
  p_handled bigint,
  p_transferred bigint
)
returns table (
  handle_seconds bigint,
  unaccounted_seconds bigint,
  occupancy_pct double precision,
  utilization_pct double precision,
  handle_share_pct double precision,
  availability_pct double precision,
  calls_per_hour double precision,
  talk_avg_seconds double precision,
  aht_seconds double precision,
  wrap_avg_seconds double precision,
  transfer_pct double precision
)
language sql immutable parallel safe
as $$
  select p_talk_seconds + p_hold_seconds + p_wrap_seconds,
    p_login_seconds - p_ready_seconds - p_not_ready_seconds - p_talk_seconds - p_hold_seconds - p_wrap_seconds,
    100.0::float8 * (p_talk_seconds + p_hold_seconds + p_wrap_seconds)
      / nullif(p_talk_seconds + p_hold_seconds + p_wrap_seconds + p_ready_seconds, 0),
    100.0::float8 * p_talk_seconds / nullif(p_login_seconds, 0),
    100.0::float8 * (p_talk_seconds + p_hold_seconds + p_wrap_seconds) / nullif(p_login_seconds, 0),
    100.0::float8 * (p_ready_seconds + p_talk_seconds + p_hold_seconds + p_wrap_seconds) / nullif(p_login_seconds, 0),
    3600.0::float8 * p_handled / nullif(p_login_seconds, 0),
    p_talk_seconds::float8 / nullif(p_handled, 0),
    (p_talk_seconds + p_hold_seconds + p_wrap_seconds)::float8 / nullif(p_handled, 0),
    p_wrap_seconds::float8 / nullif(p_handled, 0),
    100.0::float8 * p_transferred / nullif(p_handled, 0)
$$;
comment on function statistics.agent_ratios(bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint) is
  'What follows from sums of agent activity: every ratio of agents is defined here and nowhere else. Null where nothing can be divided.';
