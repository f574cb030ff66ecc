create or replace function api.data_scores()
returns table (
  table_name text, run_at timestamptz, trigger text, requested_by text, quality_score numeric, row_count bigint, issue_count int, result jsonb
)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select d.table_name, d.run_at, d.trigger, d.requested_by, d.quality_score, d.row_count, d.issue_count, d.result
  from (
    select distinct on (t.table_name) t.*, r.run_at, r.trigger, r.requested_by
    from quality.data_results t
    join quality.data_runs r on r.run_id = t.run_id
    where r.service_ids is not distinct from quality.own_services()
    order by t.table_name, r.run_at desc, r.run_id
  ) d
  order by d.quality_score nulls last, d.table_name
$$;
comment on function api.data_scores() is 'The last check of each table (score 0–100), the worst first, among runs of those who see the same services.';
