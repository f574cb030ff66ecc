create or replace function api.agent_comparison(
  p_agent text default null,
  p_team text default null,
  p_department text default null,
  p_my_team boolean default null,
  p_service text default null,
  p_queue text default null,
  p_start_time text default null,
  p_end_time text default null,
  p_time_zone text default null,
  p_rank_by text default 'handled',
  p_lowest_first boolean default false
)
returns table (
  rank int,
  agent_id int,
  agent_code text,
  agent_name text,
  team_code text,
  team_name text,
  value double precision,
  together double precision,
  difference_pct double precision,
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
  v_together double precision;
begin
  v_asked := statistics.asked_agents(p_agent, p_team, p_department, p_my_team, p_service, p_queue, p_start_time, p_end_time, p_time_zone);
  if not exists (select from statistics.agent_kpis k where k.name = 'agent_' || p_rank_by) then
    raise exception using errcode = 'QH400', message = format('agents cannot be ranked by %L', p_rank_by),
      hint = 'One of: ' || (select string_agg(substr(k.name, 7), ', ' order by k.position) from statistics.agent_kpis k);
  end if;
  -- A ratio of all is a ratio of the sums; of a sum the share that each would have.
  select (to_jsonb(f) ->> p_rank_by)::double precision
    / case when p_rank_by like '%_pct' or p_rank_by like '%_avg_seconds' or p_rank_by in ('aht_seconds', 'calls_per_hour') then 1
      else nullif(f.agent_count, 0) end
  into v_together
  from statistics.agent_figures(v_asked.start_time, v_asked.end_time, null, v_asked.time_zone, v_asked.agent_ids,
    array_fill(0, array[cardinality(v_asked.agent_ids)]), v_asked.service_ids, v_asked.group_ids) f;
  return query
  select (rank() over (order by case when p_lowest_first then v.value else - v.value end nulls last))::int,
    a.agent_id, a.agent_code, a.agent_name, a.team_code, a.team_name, v.value, v_together,
    100.0 * (v.value - v_together) / nullif(v_together, 0), f.interval_count,
    f.login_seconds, f.ready_seconds, f.not_ready_seconds, f.talk_seconds, f.hold_seconds, f.wrap_seconds, f.handled, f.transferred,
    f.handle_seconds, f.unaccounted_seconds, f.occupancy_pct, f.utilization_pct, f.handle_share_pct, f.availability_pct, f.calls_per_hour,
    f.talk_avg_seconds, f.aht_seconds, f.wrap_avg_seconds, f.transfer_pct
  from statistics.agent_figures(v_asked.start_time, v_asked.end_time, null, v_asked.time_zone, v_asked.agent_ids, v_asked.agent_ids,
    v_asked.service_ids, v_asked.group_ids) f
  cross join lateral (select (to_jsonb(f) ->> p_rank_by)::double precision as value) v
  join org.agent_people a on a.agent_id = f.scope_id
  order by 1, a.agent_id;
end
$$;
comment on function api.agent_comparison(text, text, text, boolean, text, text, text, text, text, text, boolean) is
  'Agents over a period, ranked by a figure, each beside what all of them have together: the ratio of the sums, of a sum the mean.';
