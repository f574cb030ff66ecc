create or replace function statistics.folded_rollups(
  p_service_ids int[],
  p_from timestamptz[],
  p_to timestamptz[],
  p_group_ids int[],
  p_grain int,
  p_time_zone text
)
returns setof statistics.rollups
language sql stable parallel safe
as $$
  select r.service_id, r.group_id, p_grain,
    statistics.bucket_start(r.bucket, p_grain, p_time_zone),
    r.known,
    sum(r.interval_count)::int,
    max(r.granularity_minutes),
    statistics.total(r.offered) as offered, statistics.total(r.unique_offered) as unique_offered,
    statistics.total(r.handled) as handled, statistics.total(r.answered_in_threshold) as answered_in_threshold,
    statistics.total(r.abandoned) as abandoned, statistics.total(r.abandoned_in_5s) as abandoned_in_5s,
    statistics.total(r.abandoned_in_threshold) as abandoned_in_threshold, statistics.total(r.failed) as failed,
    statistics.total(r.talk_seconds) as talk_seconds, statistics.total(r.outbound_talk_seconds) as outbound_talk_seconds,
    statistics.total(r.hold_seconds) as hold_seconds, statistics.total(r.wrap_seconds) as wrap_seconds,
    statistics.total(r.wait_handled_seconds) as wait_handled_seconds,
    statistics.total(r.wait_abandoned_seconds) as wait_abandoned_seconds, statistics.total(r.ready_seconds) as ready_seconds,
    max(r.max_wait_handled_seconds) as max_wait_handled_seconds, max(r.max_wait_abandoned_seconds) as max_wait_abandoned_seconds
  from unnest(p_from, p_to) as s (from_time, to_time)
  cross join unnest(p_service_ids) as i (service_id)
  cross join unnest(p_group_ids) as g (group_id)
  cross join lateral (
    select r.*
    from statistics.rollups r
    where r.service_id = i.service_id and r.group_id = g.group_id and r.grain = case p_grain when 1440 then 60 else 1440 end
      and r.bucket >= s.from_time and r.bucket < s.to_time
    offset 0
  ) r
  group by 1, 2, 4, 5
$$;
comment on function statistics.folded_rollups(int[], timestamptz[], timestamptz[], int[], int, text) is
  'The days that the hours of services give, or the months that their days give, in some stretches of time, which hold them whole.';
