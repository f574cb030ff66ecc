create or replace function api.performance_metrics(p_metric_type text default null, p_time_range text default '1hour')
returns table (
  query_performance jsonb, realtime_metrics jsonb, time_range text, "timestamp" timestamptz, measured_from timestamptz, problem text
)
language plpgsql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_start timestamptz := platform.now() - case p_time_range when '1hour' then interval '1 hour' when '24hour' then interval '24 hours'
    when '7days' then interval '7 days' end;
  v_type text := coalesce(p_metric_type, 'all');
begin
  if v_start is null then
    raise exception using errcode = 'QH400', message = format('time_range: %L is not possible', p_time_range), hint = 'Give 1hour, 24hour or 7days.';
  end if;
  if v_type not in ('all', 'query', 'realtime')
    and v_type not in ('connections_total', 'connections_active', 'connections_waiting_for_lock', 'cache_hit_pct', 'transactions_total', 'deadlocks_total', 'size_bytes') then
    raise exception using errcode = 'QH400', message = format('metric_type: there is no %L', v_type),
      hint = 'Give query, realtime, or connections_total, connections_active, connections_waiting_for_lock, cache_hit_pct, transactions_total, deadlocks_total, size_bytes.';
  end if;
  return query
  select
    case when v_type in ('all', 'query') then (select coalesce(jsonb_agg(to_jsonb(f) order by f.total_exec_time desc), '[]') from quality.statement_figures(v_start) f) else '[]' end,
    case when v_type <> 'query' then (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.entity_type, m.metric_name), '[]')
      from (
        select s.entity_type, s.metric_name, avg(s.value) as avg, max(s.value) as max, min(s.value) as min, count(*) as data_points
        from quality.metric_samples s
        where s.sampled_at >= v_start and (v_type in ('all', 'realtime') or s.metric_name = v_type)
        group by s.entity_type, s.metric_name
      ) m) else '[]' end,
    p_time_range,
    platform.now(),
    (select min(s.sampled_at) from quality.metric_samples s where s.sampled_at >= v_start),
    case when v_type in ('all', 'query') then quality.statements_problem() end;
end
$$;
comment on function api.performance_metrics(text, text) is 'The busiest statements (ms) and the samples of the database over 1hour, 24hour or 7days.';
