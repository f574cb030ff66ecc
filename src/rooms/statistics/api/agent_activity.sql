create or replace view api.agent_activity as
select
  -- Stable and unique without a counter: agent, quarter, and the queue or else the service.
  (f.agent_id::bigint * 4194304 + (extract(epoch from f.interval_start_time - '2000-01-01 00:00:00+00'::timestamptz) / 900)::bigint) * 524288
    + case when f.group_id > 0 then f.group_id * 2 + 1 else f.service_id * 2 end as id,
  f.interval_start_time,
  f.interval_start_time + interval '15 minutes' as interval_end_time,
  f.agent_id,
  nullif(f.group_id, 0) as group_id,
  f.login_seconds as login_time,
  f.ready_seconds as ready_time,
  f.not_ready_seconds as not_ready_time,
  f.talk_seconds as talk_time,
  f.hold_seconds as hold_time,
  f.wrap_seconds as wrap_time,
  f.handled as calls_handled,
  f.transferred as calls_transferred,
  f.created_at,
  f.batch_id as import_batch_id,
  nullif(f.service_id, 0) as service_id,
  f.updated_at
from statistics.agent_activity f
where f.service_id = 0 or f.service_id in (select s.service_id from org.service_settings s);
comment on view api.agent_activity is 'What agents did per quarter in the words of seed 001, times in seconds; over statistics.agent_activity.';
