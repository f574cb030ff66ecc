create or replace view api.service_group_metrics as
select
  r.service_id,
  s.service_code,
  r.group_id,
  q.group_code,
  q.group_name,
  r.bucket as interval_start_time,
  r.bucket + interval '1 hour' as interval_end_time,
  statistics.total(r.offered) as offered,
  statistics.total(r.handled) as handled,
  statistics.total(r.abandoned) as abandoned,
  statistics.total(r.answered_in_threshold) as answered_in_threshold,
  statistics.total(r.talk_seconds) as talk_seconds,
  statistics.total(r.hold_seconds) as hold_seconds,
  statistics.total(r.wrap_seconds) as wrap_seconds,
  sum(r.interval_count)::int as interval_count
from (
  select h.*
  from statistics.rollups h
  where h.grain = 60 and h.group_id > 0
    and not exists (
      select
      from statistics.touched_log l
      where l.service_id = h.service_id and l.group_id = h.group_id
        and h.bucket >= l.bucket and h.bucket < l.bucket + l.hour_count * interval '1 hour')
  union all
  select t.* from statistics.touched_hours() t
) r
join org.service_settings s on s.service_id = r.service_id
join org.queues q on q.service_id = r.service_id and q.group_id = r.group_id
group by r.service_id, s.service_code, r.group_id, q.group_code, q.group_name, r.bucket;
comment on view api.service_group_metrics is 'Each queue of each service by the hour (UTC), sums; over the rollups, exact at every commit. Ratios are answered by statistics.intervals.';
