create or replace view api.agent_status_history as
select
  f.agent_id,
  a.agent_code,
  t.status,
  f.interval_start_time,
  f.interval_start_time + interval '15 minutes' as interval_end_time,
  t.seconds as duration_seconds,
  nullif(f.service_id, 0) as service_id,
  nullif(f.group_id, 0) as group_id,
  f.updated_at
from statistics.agent_activity f
join org.agent_people a on a.agent_id = f.agent_id
cross join lateral (
  values ('ready', f.ready_seconds), ('not_ready', f.not_ready_seconds), ('talking', f.talk_seconds), ('hold', f.hold_seconds),
    ('wrap_up', f.wrap_seconds)
) as t (status, seconds)
where t.seconds > 0 and (f.service_id = 0 or f.service_id in (select s.service_id from org.service_settings s));
comment on view api.agent_status_history is 'How long agents were in which status of seed 001, per quarter; over statistics.agent_activity, one row per status instead of one column.';
