create or replace view api.mv_hourly_stats as
select
  r.bucket as hour_start,
  r.service_id,
  nullif(r.group_id, 0) as group_id,
  statistics.total(r.offered) as total_received,
  statistics.total(r.handled) as total_treated,
  statistics.total(r.abandoned) as total_missed,
  round((100.0 * statistics.total(l.part) filter (where l.whole is not null)
    / nullif(statistics.total(l.whole) filter (where l.part is not null), 0)), 2) as avg_service_level,
  round((100.0 * statistics.total(h.busy_seconds) filter (where r.ready_seconds is not null)
    / nullif(statistics.total(h.busy_seconds + r.ready_seconds), 0)), 2) as avg_occupancy,
  statistics.total(r.talk_seconds) * 1000 as total_talk_time_ms,
  sum(r.interval_count)::bigint as interval_count,
  max(r.granularity_minutes)::int as granularity_minutes
from (
  select h.*
  from statistics.rollups h
  where h.grain = 60
    and not exists (
      select
      from statistics.touched_log l
      where l.service_id = h.service_id and l.group_id = h.group_id
        and h.bucket >= l.bucket and h.bucket < l.bucket + l.hour_count * interval '1 hour')
  union all
  select t.* from statistics.touched_hours() t
) r
join org.service_settings s on s.service_id = r.service_id
-- The parts of statistics.figures; a test holds the two together.
cross join lateral (
  select case s.service_level_variant
      when 'handled_and_abandoned_in_threshold' then r.answered_in_threshold + r.abandoned_in_threshold
      else r.answered_in_threshold
    end as part,
    case s.service_level_variant
      when 'offered_without_short_abandons' then r.offered - r.abandoned_in_5s
      when 'handled' then r.handled
      else r.offered
    end as whole
) l
cross join lateral (
  select r.talk_seconds + coalesce(r.outbound_talk_seconds, 0) + coalesce(r.hold_seconds, 0) + r.wrap_seconds as busy_seconds
) h
group by r.bucket, r.service_id, r.group_id;
comment on view api.mv_hourly_stats is 'Hours (UTC) of services (group null) and queues (−1: not mapped) in the words of seed 001; a plain view over the rollups, because they are exact at every commit.';
