create or replace function api.slow_statements()
returns table (
  statement_id text, statement text, operation text, slow_count bigint, avg_ms double precision, max_ms double precision, last_request_id text,
  last_at timestamptz, plan text, plan_problem text
)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select s.statement_id, s.statement, s.operation, s.slow_count, s.total_ms / s.slow_count, s.max_ms, s.last_request_id, s.last_at, s.plan, s.plan_problem
  from platform.slow_statements s
$$;
comment on function api.slow_statements() is 'Statements that took longer than QH_SLOW_QUERY_MS (times in ms), with their generic plan.';
