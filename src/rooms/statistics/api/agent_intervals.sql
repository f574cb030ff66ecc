create or replace function api.agent_intervals(
  p_agent text default null,
  p_team text default null,
  p_department text default null,
  p_my_team boolean default null,
  p_service text default null,
  p_queue text default null,
  p_start_time text default null,
  p_end_time text default null,
  p_interval_minutes int default 15,
  p_time_zone text default null,
  p_by text default 'agent'
)
returns table (
  interval_start timestamptz,
  interval_end timestamptz,
  scope_key int,
  scope_code text,
  scope_name text,
  team_code text,
  team_name text,
  agent_count bigint,
  interval_count bigint,
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
  transfer_pct double precision
)
language plpgsql stable parallel restricted security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_asked record;
begin
  v_asked := statistics.asked_agents(p_agent, p_team, p_department, p_my_team, p_service, p_queue, p_start_time, p_end_time, p_time_zone);
  return query
  select f.bucket_start, f.bucket_end, f.scope_id, coalesce(a.agent_code, d.department_code), coalesce(a.agent_name, d.department_name),
    a.team_code, a.team_name, f.agent_count, f.interval_count,
    f.login_seconds, f.ready_seconds, f.not_ready_seconds, f.talk_seconds, f.hold_seconds, f.wrap_seconds, f.handled, f.transferred,
    f.handle_seconds, f.unaccounted_seconds, f.occupancy_pct, f.utilization_pct, f.handle_share_pct, f.availability_pct, f.calls_per_hour,
    f.talk_avg_seconds, f.aht_seconds, f.wrap_avg_seconds, f.transfer_pct
  from statistics.agent_figures(v_asked.start_time, v_asked.end_time, nullif(p_interval_minutes, 0), v_asked.time_zone, v_asked.agent_ids,
    case coalesce(p_by, 'agent')
      when 'agent' then v_asked.agent_ids
      when 'team' then v_asked.team_ids
      when 'department' then v_asked.department_ids
      else array_fill(0, array[cardinality(v_asked.agent_ids)])
    end, v_asked.service_ids, v_asked.group_ids) f
  left join org.agent_people a on coalesce(p_by, 'agent') = 'agent' and a.agent_id = f.scope_id
  left join org.units d on p_by in ('team', 'department') and d.department_id = f.scope_id
  order by f.bucket_start, f.scope_id;
end
$$;
comment on function api.agent_intervals(text, text, text, boolean, text, text, text, text, int, text, text) is
  'What agents did per interval, by agent, team, department or all together; codes and ISO times; p_interval_minutes 0 is the whole period.';
