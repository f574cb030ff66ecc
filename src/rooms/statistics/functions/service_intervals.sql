create or replace function statistics.service_intervals(
  p_service_ids int[],
  p_start_time timestamptz,
  p_end_time timestamptz
)
returns table (
  service_id int,
  service_level_variant text,
  interval_start_time timestamptz,
  interval_count int,
  granularity_minutes smallint,
  offered bigint,
  unique_offered bigint,
  handled bigint,
  answered_in_threshold bigint,
  abandoned bigint,
  abandoned_in_5s bigint,
  abandoned_in_threshold bigint,
  failed bigint,
  talk_seconds bigint,
  outbound_talk_seconds bigint,
  hold_seconds bigint,
  wrap_seconds bigint,
  wait_handled_seconds bigint,
  wait_abandoned_seconds bigint,
  ready_seconds bigint,
  max_wait_handled_seconds int,
  max_wait_abandoned_seconds int
)
-- Without settings of its own, so that it becomes part of the query that asks it.
language sql stable parallel safe
as $$
  select s.service_id, s.service_level_variant, i.*
  from org.service_settings s
  cross join lateral (
    select case when count(*) = 1 then min(n.source_id) end as only_source_id
    from (select n.source_id from org.source_names n where n.service_id = s.service_id limit 2) n
  ) o
  cross join lateral (
    -- Facts of a single source are the service's intervals; "offset 0" keeps each read one probe of a key.
    (select f.interval_start_time, 1, f.interval_minutes,
      f.offered::bigint, f.unique_offered::bigint, f.handled::bigint, f.answered_in_threshold::bigint, f.abandoned::bigint,
      f.abandoned_in_5s::bigint, f.abandoned_in_threshold::bigint, f.failed::bigint, f.talk_seconds, f.outbound_talk_seconds,
      f.hold_seconds, f.wrap_seconds, f.wait_handled_seconds, f.wait_abandoned_seconds, f.ready_seconds,
      f.max_wait_handled_seconds, f.max_wait_abandoned_seconds
    from statistics.contact_statistics f
    where f.service_id = s.service_id and f.source_id = o.only_source_id
      and f.interval_start_time >= p_start_time and f.interval_start_time < p_end_time
    offset 0)
    union all
    (select r.bucket, r.interval_count, r.granularity_minutes,
      r.offered, r.unique_offered, r.handled, r.answered_in_threshold, r.abandoned,
      r.abandoned_in_5s, r.abandoned_in_threshold, r.failed, r.talk_seconds, r.outbound_talk_seconds,
      r.hold_seconds, r.wrap_seconds, r.wait_handled_seconds, r.wait_abandoned_seconds, r.ready_seconds,
      r.max_wait_handled_seconds, r.max_wait_abandoned_seconds
    from statistics.rollups r
    where o.only_source_id is null
      and r.service_id = s.service_id and r.group_id = 0 and r.grain = 0
      and r.bucket >= p_start_time and r.bucket < p_end_time
    offset 0)
  ) i
  where s.service_id = any (p_service_ids)
$$;
comment on function statistics.service_intervals(int[], timestamptz, timestamptz) is
  'The intervals of services as they were counted: facts where a service has one source, else the rollups made of its sources, which must not be touched.';
