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
begin
  v_asked := statistics.asked_agents(p_agent, p_team, p_department, p_my_team, p_service, p_queue, p_start_time, p_end_time, p_time_zone);
  if not exists (select from statistics.agent_kpis k where k.name = 'agent_' || p_rank_by) then
    raise exception using errcode = 'QH400', message = format('agents cannot be ranked by %L', p_rank_by),
      hint = 'One of: ' || (select string_agg(substr(k.name, 7), ', ' order by k.position) from statistics.agent_kpis k);
  end if;
  return query
  with figures as materialized (
    select f.*
    from statistics.agent_figures(v_asked.start_time, v_asked.end_time, null, v_asked.time_zone, v_asked.agent_ids, v_asked.agent_ids,
      v_asked.service_ids, v_asked.group_ids) f
  ), sums as (
    select count(*) as agents, statistics.total(f.login_seconds) as login_seconds, statistics.total(f.ready_seconds) as ready_seconds,
      statistics.total(f.not_ready_seconds) as not_ready_seconds, statistics.total(f.talk_seconds) as talk_seconds,
      statistics.total(f.hold_seconds) as hold_seconds, statistics.total(f.wrap_seconds) as wrap_seconds,
      statistics.total(f.handled) as handled, statistics.total(f.transferred) as transferred
    from figures f
  ), everybody as (
    -- A ratio of all is a ratio of the sums; of a sum the share that each would have.
    select ((to_jsonb(s) || to_jsonb(r)) ->> p_rank_by)::double precision
      / case when p_rank_by like '%_pct' or p_rank_by like '%_avg_seconds' or p_rank_by in ('aht_seconds', 'calls_per_hour') then 1
        else nullif(s.agents, 0) end as together
    from sums s
    cross join lateral statistics.agent_ratios(s.login_seconds, s.ready_seconds, s.not_ready_seconds, s.talk_seconds, s.hold_seconds,
      s.wrap_seconds, s.handled, s.transferred) r
  )
  select (rank() over (order by case when p_lowest_first then v.value else - v.value end nulls last))::int,
    a.agent_id, a.agent_code, a.agent_name, a.team_code, a.team_name, v.value, e.together,
    100.0 * (v.value - e.together) / nullif(e.together, 0), f.interval_count,
    f.login_seconds, f.ready_seconds, f.not_ready_seconds, f.talk_seconds, f.hold_seconds, f.wrap_seconds, f.handled, f.transferred,
    f.handle_seconds, f.unaccounted_seconds, f.occupancy_pct, f.utilization_pct, f.handle_share_pct, f.availability_pct, f.calls_per_hour,
    f.talk_avg_seconds, f.aht_seconds, f.wrap_avg_seconds, f.transfer_pct
  from figures f
  cross join everybody e
  cross join lateral (
    -- Written out, because a row as JSON costs more than its figures.
    select case p_rank_by
      when 'login_seconds' then f.login_seconds
      when 'ready_seconds' then f.ready_seconds
      when 'not_ready_seconds' then f.not_ready_seconds
      when 'talk_seconds' then f.talk_seconds
      when 'hold_seconds' then f.hold_seconds
      when 'wrap_seconds' then f.wrap_seconds
      when 'handled' then f.handled
      when 'transferred' then f.transferred
      when 'handle_seconds' then f.handle_seconds
      when 'unaccounted_seconds' then f.unaccounted_seconds
      when 'occupancy_pct' then f.occupancy_pct
      when 'utilization_pct' then f.utilization_pct
      when 'handle_share_pct' then f.handle_share_pct
      when 'availability_pct' then f.availability_pct
      when 'calls_per_hour' then f.calls_per_hour
      when 'talk_avg_seconds' then f.talk_avg_seconds
      when 'aht_seconds' then f.aht_seconds
      when 'wrap_avg_seconds' then f.wrap_avg_seconds
      when 'transfer_pct' then f.transfer_pct
    end::double precision as value
  ) v
  join org.agent_people a on a.agent_id = f.scope_id
  order by 1, a.agent_id;
end
$$;
comment on function api.agent_comparison(text, text, text, boolean, text, text, text, text, text, text, boolean) is
  'Agents over a period, ranked by a figure, each beside what all of them have together: the ratio of the sums, of a sum the mean.';
