create or replace function api.data_history(p_table_name text default null, p_days int default 90)
returns table (
  run_at timestamptz, table_name text, quality_score numeric, row_count bigint, issue_count int, check_types text[], trigger text
)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select r.run_at, t.table_name, t.quality_score, t.row_count, t.issue_count, r.check_types, r.trigger
  from quality.data_runs r
  join quality.data_results t on t.run_id = r.run_id
  where r.run_at >= platform.now() - make_interval(days => p_days)
    and r.service_ids is not distinct from quality.own_services()
    and (p_table_name is null or t.table_name = p_table_name)
$$;
comment on function api.data_history(text, int) is 'Scores (0–100) of the runs of the last days, of those who see the same services.';
