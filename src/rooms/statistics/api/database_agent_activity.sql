create or replace function api.database_agent_activity(
  p_agent_ids int[] default null,
  p_group_ids int[] default null,
  p_start_date timestamptz default null,
  p_end_date timestamptz default null,
  p_include_performance_metrics boolean default true,
  p_limit int default 10000,
  p_cursor text default null,
  p_fields text[] default null
)
returns table (activities jsonb, total_records bigint, next_cursor text, query_params jsonb)
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_agents int[] := array(select a.agent_id from org.agent_people a where p_agent_ids is null or a.agent_id = any (p_agent_ids));
  v_period record;
  v_after text[] := string_to_array(p_cursor, '.');
begin
  perform platform.require_fields(p_fields, array['agent_id', 'agent_code', 'agent_name', 'email', 'group_id', 'group_name', 'group_code',
    'interval_start', 'interval_end', 'time_allocation', 'call_activity', 'performance_metrics']);
  if p_cursor is not null and p_cursor !~ '^\d{1,12}\.\d{1,9}\.\d{1,9}\.\d{1,9}$' then
    raise exception using errcode = 'QH400', message = 'cursor is not a next_cursor of this answer',
      hint = 'Pass next_cursor of the answer before, unchanged.';
  end if;
  v_period := statistics.agent_period(v_agents, p_start_date, p_end_date);
  return query
  with found as materialized (
    select f.*
    from statistics.agent_activity f
    where f.agent_id = any (v_agents) and f.interval_start_time >= v_period.start_time and f.interval_start_time < v_period.end_time
      and (p_group_ids is null or f.group_id = any (p_group_ids))
      and (f.service_id = 0 or f.service_id in (select s.service_id from org.service_settings s))
  ), page as (
    select f.*, row_number() over (order by f.interval_start_time, f.agent_id, f.service_id, f.group_id) as place
    from found f
    where p_cursor is null or (f.interval_start_time, f.agent_id, f.service_id, f.group_id)
      > (to_timestamp(v_after[1]::bigint), v_after[2]::int, v_after[3]::int, v_after[4]::int)
    order by f.interval_start_time, f.agent_id, f.service_id, f.group_id
    limit p_limit + 1
  )
  select coalesce(jsonb_agg(platform.only_fields(jsonb_build_object(
        'agent_id', f.agent_id, 'agent_code', a.agent_code, 'agent_name', a.agent_name, 'email', org.shown(a.email, 'email', a.employee_id = any ((select org.personal_employees())::int[])),
        'group_id', nullif(f.group_id, 0), 'group_name', q.group_name, 'group_code', q.group_code,
        'interval_start', f.interval_start_time, 'interval_end', f.interval_start_time + interval '15 minutes',
        'time_allocation', jsonb_build_object('login_time', f.login_seconds, 'ready_time', f.ready_seconds, 'not_ready_time', f.not_ready_seconds,
          'talk_time', f.talk_seconds, 'hold_time', f.hold_seconds, 'wrap_time', f.wrap_seconds),
        'call_activity', jsonb_build_object('calls_handled', f.handled, 'calls_transferred', f.transferred))
      || case when p_include_performance_metrics then jsonb_build_object('performance_metrics', jsonb_build_object(
        'utilization_rate', r.utilization_pct / 100, 'occupancy_rate', r.handle_share_pct / 100, 'calls_per_hour', r.calls_per_hour,
        'avg_call_time', r.talk_avg_seconds)) else '{}' end, p_fields)
      order by f.place) filter (where f.place <= p_limit), '[]'),
    (select count(*) from found),
    max(concat_ws('.', extract(epoch from f.interval_start_time)::bigint, f.agent_id, f.service_id, f.group_id))
      filter (where f.place = p_limit and exists (select from page n where n.place > p_limit)),
    jsonb_build_object('agent_ids', p_agent_ids, 'group_ids', p_group_ids, 'start_date', v_period.start_time, 'end_date', v_period.end_time,
      'include_performance_metrics', p_include_performance_metrics)
  from page f
  left join org.agent_people a on a.agent_id = f.agent_id
  left join org.queues q on q.service_id = f.service_id and q.group_id = f.group_id
  cross join lateral statistics.agent_ratios(f.login_seconds, f.ready_seconds, f.not_ready_seconds, f.talk_seconds, f.hold_seconds,
    f.wrap_seconds, f.handled, f.transferred) r;
end
$$;
comment on function api.database_agent_activity(int[], int[], timestamptz, timestamptz, boolean, int, text, text[]) is
  'Quarters of agents in the shape of seed 002: rates from 0 to 1, utilization_rate = talk of login, occupancy_rate = talk, hold and wrap of login. p_fields: only these fields of each entry.';
