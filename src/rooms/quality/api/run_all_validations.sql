create or replace function api.run_all_validations()
returns table (
  validation_suite text, total_tests int, passed int, failed int, warnings int, overall_status text,
  skipped int, duration_ms numeric, evidence text
)
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_suite text;
  v_started timestamptz;
  v_severities text[];
  v_evidence text[];
  v_all text[] := '{}';
  v_worst text[] := '{}';
  v_total_ms numeric := 0;
begin
  foreach v_suite in array '{performance,throughput,resources,integration,invariants,OVERALL}'::text[] loop
    v_started := platform.stopwatch();
    case v_suite
      when 'performance' then
        select array_agg(q.severity), array_agg(q.query_type || ': ' || q.evidence) into v_severities, v_evidence from api.validate_query_performance() q;
      when 'throughput' then
        select array_agg(t.severity), array_agg(t.test_name || ': ' || t.notes) into v_severities, v_evidence from api.validate_throughput_capacity() t;
      when 'resources' then
        select array_agg(r.severity), array_agg(r.metric_name || ': ' || r.evidence) into v_severities, v_evidence from api.monitor_resource_usage() r;
      when 'integration' then
        select array_agg(i.severity), array_agg(i.operation || ': ' || i.evidence) into v_severities, v_evidence from api.test_integration_performance() i;
      when 'invariants' then
        select array_agg(n.severity), array_agg(n.name || ': ' || n.evidence) into v_severities, v_evidence from quality.invariants() n;
      else
        v_severities := v_all;
        v_evidence := v_worst;
    end case;
    validation_suite := v_suite;
    total_tests := cardinality(v_severities);
    passed := cardinality(array_positions(v_severities, 'ok'));
    failed := cardinality(array_positions(v_severities, 'critical'));
    warnings := cardinality(array_positions(v_severities, 'warning'));
    skipped := cardinality(array_positions(v_severities, 'skipped'));
    overall_status := case when failed > 0 then 'CRITICAL' when warnings > 0 then 'WARNING' when passed = 0 then 'SKIPPED' else 'HEALTHY' end;
    duration_ms := case v_suite when 'OVERALL' then v_total_ms else round(extract(epoch from platform.stopwatch() - v_started) * 1000, 1) end;
    evidence := (
      select string_agg(e.text, '; ' order by e.severity = 'critical' desc, e.place)
      from unnest(v_severities, v_evidence) with ordinality as e (severity, text, place)
      where e.severity in ('critical', 'warning'));
    v_total_ms := v_total_ms + duration_ms;
    v_all := v_all || v_severities;
    v_worst := v_worst || v_evidence;
    return next;
  end loop;
end
$$;
comment on function api.run_all_validations() is 'Runs every validation on the live data without writing: per suite and OVERALL how many tests passed, failed, warned or could not be run, and what is wrong.';
