create or replace function statistics.folded_facts(
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
  select c.service_id, c.group_id, p_grain,
    case p_grain
      when 0 then c.interval_start_time
      when 60 then date_bin('1 hour', c.interval_start_time, '2000-01-01 00:00:00+00')
      else statistics.bucket_start(c.interval_start_time, p_grain, p_time_zone)
    end,
    c.known,
    count(*)::int,
    max(c.interval_minutes),
    statistics.total(c.offered) as offered, statistics.total(c.unique_offered) as unique_offered,
    statistics.total(c.handled) as handled, statistics.total(c.answered_in_threshold) as answered_in_threshold,
    statistics.total(c.abandoned) as abandoned, statistics.total(c.abandoned_in_5s) as abandoned_in_5s,
    statistics.total(c.abandoned_in_threshold) as abandoned_in_threshold, statistics.total(c.failed) as failed,
    statistics.total(c.talk_seconds) as talk_seconds, statistics.total(c.outbound_talk_seconds) as outbound_talk_seconds,
    statistics.total(c.hold_seconds) as hold_seconds, statistics.total(c.wrap_seconds) as wrap_seconds,
    statistics.total(c.wait_handled_seconds) as wait_handled_seconds,
    statistics.total(c.wait_abandoned_seconds) as wait_abandoned_seconds, statistics.total(c.ready_seconds) as ready_seconds,
    max(c.max_wait_handled_seconds) as max_wait_handled_seconds, max(c.max_wait_abandoned_seconds) as max_wait_abandoned_seconds
  from (
    select array_agg(i.service_id) as service_ids, array_agg(s.from_time) as from_times, array_agg(s.to_time) as to_times
    from unnest(p_service_ids) as i (service_id)
    cross join unnest(p_from, p_to) as s (from_time, to_time)
  ) a
  cross join lateral statistics.counted_rows(a.service_ids, a.from_times, a.to_times, p_group_ids,
    p_from[1], p_to[cardinality(p_to)]) c
  where p_grain > 0
    or (c.group_id = 0 and c.service_id <> all ((select statistics.single_source_services(p_service_ids))::int[]))
  group by 1, 2, 4, 5
$$;
comment on function statistics.folded_facts(int[], timestamptz[], timestamptz[], int[], int, text) is
  'The rollups of one grain that the facts of services give in some stretches of time, in their order, which hold its buckets whole.';

create or replace function statistics.folded_facts(
  p_service_id int,
  p_from timestamptz[],
  p_to timestamptz[],
  p_group_ids int[],
  p_grain int,
  p_time_zone text
)
returns setof statistics.rollups
language sql stable parallel safe
as $$
  select f.*
  from statistics.folded_facts(array[p_service_id], p_from, p_to, p_group_ids, p_grain, p_time_zone) f
$$;
comment on function statistics.folded_facts(int, timestamptz[], timestamptz[], int[], int, text) is 'The same of one service.';
