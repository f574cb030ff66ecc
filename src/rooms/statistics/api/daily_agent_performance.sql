create or replace view api.daily_agent_performance as
select
  d.agent_id,
  a.agent_code,
  d.activity_date,
  nullif(d.group_id, 0) as group_id,
  d.login_seconds as total_login_time,
  d.ready_seconds as total_ready_time,
  d.talk_seconds as total_talk_time,
  d.hold_seconds as total_hold_time,
  d.wrap_seconds as total_wrap_time,
  d.handled as total_calls_handled,
  d.transferred as total_calls_transferred,
  round(r.utilization_pct::numeric, 2) as occupancy_rate
from (
  select f.agent_id, date_trunc('day', f.interval_start_time, 'UTC')::date as activity_date, f.group_id,
    sum(f.login_seconds) as login_seconds, sum(f.ready_seconds) as ready_seconds, sum(f.not_ready_seconds) as not_ready_seconds,
    sum(f.talk_seconds) as talk_seconds, sum(f.hold_seconds) as hold_seconds, sum(f.wrap_seconds) as wrap_seconds,
    sum(f.handled) as handled, sum(f.transferred) as transferred
  from statistics.agent_activity f
  where f.interval_start_time >= platform.now() - interval '90 days'
    and (f.service_id = 0 or f.service_id in (select s.service_id from org.service_settings s))
  group by 1, 2, 3
) d
join org.agent_people a on a.agent_id = d.agent_id
cross join lateral statistics.agent_ratios(d.login_seconds, d.ready_seconds, d.not_ready_seconds, d.talk_seconds, d.hold_seconds,
  d.wrap_seconds, d.handled, d.transferred) r;
comment on view api.daily_agent_performance is 'Agents by day (UTC) and queue over the last 90 days, in the words of seed 001: times in seconds, occupancy_rate = talk of login in per cent; over statistics.agent_activity.';
