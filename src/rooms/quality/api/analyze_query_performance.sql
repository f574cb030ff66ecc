create or replace function api.analyze_query_performance()
returns table (
  query_pattern text, avg_time_ms numeric, calls bigint, recommendation text,
  total_ms numeric, share_pct numeric, rows_per_call numeric, since timestamptz, severity text
)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  with counted as materialized (
    select s.* from quality.slow_statements() s
  ), told as (
    select c.query, round((c.total_ms / c.calls)::numeric, 2) as avg_ms, c.calls,
      round(c.total_ms::numeric, 1) as total_ms, round((100 * c.total_ms / nullif(sum(c.total_ms) over (), 0))::numeric, 1) as share_pct,
      round(c.row_count::numeric / c.calls, 1) as rows_per_call, c.since
    from counted c
    where c.calls > 0
    order by c.total_ms desc
    limit 20
  )
  select left(regexp_replace(quality.without_literals(left(t.query, 2000)), '\s+', ' ', 'g'), 300), t.avg_ms, t.calls,
    case when t.avg_ms > 100 then 'Look at its plan: an index or a rollup may answer it.' when t.avg_ms > 50 then 'Watch it.' else 'Acceptable.' end,
    t.total_ms, t.share_pct, t.rows_per_call, t.since, case when t.avg_ms > 100 then 'critical' when t.avg_ms > 50 then 'warning' else 'ok' end
  from told t
  union all
  select 'pg_stat_statements', null, null,
    'It is not there, so nothing can be told. In postgresql.conf: shared_preload_libraries = ''pg_stat_statements''; restart; as a superuser: create extension pg_stat_statements',
    null, null, null, null, 'skipped'
  where not exists (select from counted)
$$;
comment on function api.analyze_query_performance() is 'The 20 statements that took most time since the last snapshot, from pg_stat_statements, without literals, with ms per call and what to do; one row that says why where there is none.';
