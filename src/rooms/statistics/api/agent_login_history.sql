create or replace view api.agent_login_history as
with quarters as (
  select f.agent_id, f.interval_start_time, sum(f.login_seconds) as login_seconds, max(f.updated_at) as updated_at
  from statistics.agent_activity f
  where f.login_seconds > 0 and (f.service_id = 0 or f.service_id in (select s.service_id from org.service_settings s))
  group by f.agent_id, f.interval_start_time
), spells as (
  -- Neighbouring quarters have the same difference between their time and their place.
  select q.*, q.interval_start_time - row_number() over (partition by q.agent_id order by q.interval_start_time) * interval '15 minutes' as spell
  from quarters q
)
select
  s.agent_id,
  a.agent_code,
  -- A first quarter that is not full was begun late, a last one ended early.
  min(s.interval_start_time) + make_interval(secs => case when count(*) = 1 then 0
    else 900 - (array_agg(s.login_seconds order by s.interval_start_time))[1] end) as login_at,
  max(s.interval_start_time) + make_interval(secs => (array_agg(s.login_seconds order by s.interval_start_time desc))[1]) as logout_at,
  sum(s.login_seconds)::int as duration_seconds,
  count(*)::int as interval_count,
  max(s.updated_at) as updated_at
from spells s
join org.agent_people a on a.agent_id = s.agent_id
group by s.agent_id, a.agent_code, s.spell;
comment on view api.agent_login_history is 'When agents were signed in, by stretches of quarters without a gap; over statistics.agent_activity, which says it to the quarter hour, and nothing else holds it.';
