create or replace function statistics.recompute(p_service_id int default null)
returns setof statistics.rollups
language sql stable parallel safe
as $$
  -- Straight from the definition and slow on purpose: what the rollups are compared with.
  with placed as materialized (
    select g.group_id, g.rank, v.time_zone, statistics.known_columns(f) as known, f.*
    from statistics.contact_statistics f
    join org.source_spans s
      on s.service_id = f.service_id and s.source_id = f.source_id
      and f.interval_start_time >= s.valid_from and f.interval_start_time < s.valid_to
    join org.service_settings v on v.service_id = f.service_id
    cross join lateral (
      values
        (0, array_position(v.kind_precedence, s.kind) * 2 + (s.external_name <> '')::int),
        (nullif(s.group_id, 0), array_position(v.kind_precedence, s.kind) * 2)
    ) as g (group_id, rank)
    where g.group_id is not null and (p_service_id is null or f.service_id = p_service_id)
  ), quarters as materialized (
    select p.service_id, p.group_id, p.source_id, p.interval_start_time, p.rank, p.interval_start_time + q.place * interval '15 minutes' as quarter
    from placed p
    join (values (0), (1), (2), (3)) as q (place) on q.place * 15 < p.interval_minutes
  ), beaten as materialized (
    -- Two rows overlap when they share a quarter; of those the better rank counts.
    select distinct p.service_id, p.group_id, p.source_id, p.interval_start_time
    from quarters p
    join quarters b on b.service_id = p.service_id and b.group_id = p.group_id and b.quarter = p.quarter and b.rank < p.rank
  ), counted as (
    select p.*
    from placed p
    where (p.service_id, p.group_id, p.source_id, p.interval_start_time) not in (
      select b.service_id, b.group_id, b.source_id, b.interval_start_time from beaten b)
  )
  select c.service_id, c.group_id, b.grain, b.bucket, c.known, count(*)::int, max(c.interval_minutes),
    statistics.total(c.offered) as offered, statistics.total(c.unique_offered) as unique_offered,
    statistics.total(c.handled) as handled, statistics.total(c.answered_in_threshold) as answered_in_threshold,
    statistics.total(c.abandoned) as abandoned, statistics.total(c.abandoned_in_5s) as abandoned_in_5s,
    statistics.total(c.abandoned_in_threshold) as abandoned_in_threshold, statistics.total(c.failed) as failed,
    statistics.total(c.talk_seconds) as talk_seconds, statistics.total(c.outbound_talk_seconds) as outbound_talk_seconds,
    statistics.total(c.hold_seconds) as hold_seconds, statistics.total(c.wrap_seconds) as wrap_seconds,
    statistics.total(c.wait_handled_seconds) as wait_handled_seconds,
    statistics.total(c.wait_abandoned_seconds) as wait_abandoned_seconds, statistics.total(c.ready_seconds) as ready_seconds,
    max(c.max_wait_handled_seconds) as max_wait_handled_seconds, max(c.max_wait_abandoned_seconds) as max_wait_abandoned_seconds
  from counted c
  cross join lateral (
    values
      (0, c.interval_start_time),
      (60, date_trunc('hour', c.interval_start_time, 'UTC')),
      (1440, statistics.bucket_start(c.interval_start_time, 1440, c.time_zone)),
      (43200, statistics.bucket_start(c.interval_start_time, 43200, c.time_zone))
  ) as b (grain, bucket)
  where b.grain > 0
    or (c.group_id = 0 and (select count(*) from org.source_names n where n.service_id = c.service_id) > 1)
  group by 1, 2, 3, 4, 5
$$;
comment on function statistics.recompute(int) is 'All rollups of a service (null = of all) computed from the facts by their definition: the truth that tests and validations compare with.';
