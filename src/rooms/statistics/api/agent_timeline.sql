create or replace function api.agent_timeline(
  p_agent text default null,
  p_team text default null,
  p_department text default null,
  p_my_team boolean default null,
  p_service text default null,
  p_queue text default null,
  p_start_time text default null,
  p_end_time text default null,
  p_time_zone text default null
)
returns table (
  interval_start timestamptz,
  interval_end timestamptz,
  agent_id int,
  agent_code text,
  agent_name text,
  service_id int,
  service_code text,
  group_key int,
  queue text,
  login_seconds bigint,
  ready_seconds bigint,
  not_ready_seconds bigint,
  talk_seconds bigint,
  hold_seconds bigint,
  wrap_seconds bigint,
  handled bigint,
  transferred bigint,
  handle_seconds bigint,
  unaccounted_seconds bigint,
  occupancy_pct double precision,
  utilization_pct double precision,
  handle_share_pct double precision,
  availability_pct double precision,
  calls_per_hour double precision,
  talk_avg_seconds double precision,
  aht_seconds double precision,
  wrap_avg_seconds double precision,
  transfer_pct double precision,
  batch_id uuid,
  created_at timestamptz,
  updated_at timestamptz
)
language plpgsql stable parallel restricted security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_asked record;
begin
  v_asked := statistics.asked_agents(p_agent, p_team, p_department, p_my_team, p_service, p_queue, p_start_time, p_end_time, p_time_zone);
  return query
  select f.interval_start_time, f.interval_start_time + interval '15 minutes', a.agent_id, a.agent_code, a.agent_name, f.service_id,
    s.service_code, f.group_id, q.group_code,
    f.login_seconds::bigint, f.ready_seconds::bigint, f.not_ready_seconds::bigint, f.talk_seconds::bigint, f.hold_seconds::bigint,
    f.wrap_seconds::bigint, f.handled::bigint, f.transferred::bigint,
    r.handle_seconds, r.unaccounted_seconds, r.occupancy_pct, r.utilization_pct, r.handle_share_pct, r.availability_pct, r.calls_per_hour,
    r.talk_avg_seconds, r.aht_seconds, r.wrap_avg_seconds, r.transfer_pct,
    f.batch_id, f.created_at, f.updated_at
  from statistics.agent_activity f
  join org.agent_people a on a.agent_id = f.agent_id
  left join org.service_settings s on s.service_id = f.service_id
  left join org.queues q on q.service_id = f.service_id and q.group_id = f.group_id
  cross join lateral statistics.agent_ratios(f.login_seconds, f.ready_seconds, f.not_ready_seconds, f.talk_seconds, f.hold_seconds,
    f.wrap_seconds, f.handled, f.transferred) r
  where f.agent_id = any (v_asked.agent_ids)
    and f.interval_start_time >= v_asked.start_time and f.interval_start_time < v_asked.end_time
    and (v_asked.service_ids is null or f.service_id = any (v_asked.service_ids))
    and (v_asked.group_ids is null or f.group_id = any (v_asked.group_ids))
    and (f.service_id = 0 or s.service_id is not null)
  order by f.interval_start_time, f.agent_id, f.service_id, f.group_id;
end
$$;
comment on function api.agent_timeline(text, text, text, boolean, text, text, text, text, text) is
  'The quarters of agents as they are stored, with the batch that brought them: the rows behind a figure.';
