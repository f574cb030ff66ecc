create or replace function quality.keep_validation()
returns void
language plpgsql
volatile
parallel unsafe
as $$
begin
  insert into quality.validation_runs (run_at, test_name, value, target, unit, higher_is_better, severity, evidence)
  select platform.now(), q.query_type, q.p95_ms, q.sla_target_ms, 'ms', false, q.severity, q.test_description
  from api.validate_query_performance() q
  union all
  select platform.now(), t.test_name, t.value, t.target, t.unit, t.higher_is_better, t.severity, t.notes
  from api.validate_throughput_capacity() t
  union all
  select platform.now(), 'integration: ' || i.operation, i.avg_latency_ms, i.target_ms, 'ms', false, i.severity, i.integration_point
  from api.test_integration_performance() i
  on conflict (test_name, run_at) do nothing;
  delete from quality.validation_runs r where r.run_at < platform.now() - interval '400 days';
end
$$;
comment on function quality.keep_validation() is 'Measures the SLA suite and keeps the results, for the figures over time.';
