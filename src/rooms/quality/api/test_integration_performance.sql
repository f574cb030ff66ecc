create or replace function api.test_integration_performance()
returns table (
  integration_point text, operation text, avg_latency_ms numeric, throughput_per_sec numeric, status text,
  target_ms numeric, p95_ms numeric, headroom numeric, severity text, evidence text
)
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_period record;
  v_test record;
  -- A hundred rows as somebody would post them; they are read and checked, and written nowhere.
  v_rows jsonb := (
    select jsonb_agg(jsonb_build_object('interval_start_time', to_char(timestamp '2025-03-03' + n * interval '15 minutes', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'service_id', (select min(s.service_id) from statistics.newest_figures() s), 'received_calls', n, 'treated_calls', n / 2, 'miss_calls', n / 3, 'aht_ms', 180000))
    from generate_series(1, 100) as n);
begin
  select p.* into v_period from quality.measured_period() p;
  for v_test in
    values
      ('api', 'a week of all services by hour', 'select * from api.api_get_calls_by_interval($2, $3, 60)', interval '7 days', 10, 500, 1, true),
      ('bulk', '100 posted rows, read and checked', format('select count(*) from statistics.read_posted_calls(%L::jsonb, false)', v_rows), interval '1 hour', 10, 1000, 100, true),
      ('realtime', 'the last hour of a service', 'select * from api.api_get_realtime_stats(array[$1])', interval '1 hour', 10, 50, 1, to_regproc('api.api_get_realtime_stats') is not null),
      ('hourly figures', 'one hour of a service in mv_hourly_stats', 'select * from api.mv_hourly_stats m where m.service_id = $1 and m.hour_start >= $2 and m.hour_start < $3', interval '1 hour', 20, 10, 1, true)
  loop
    integration_point := v_test.column1;
    operation := v_test.column2;
    target_ms := v_test.column6;
    if v_period.services is null or not v_test.column8 then
      severity := 'skipped';
      status := 'SKIPPED';
      evidence := case when v_period.services is null then 'No service has figures yet.' else 'The function is not there.' end;
      avg_latency_ms := null;
      throughput_per_sec := null;
      p95_ms := null;
      headroom := null;
    else
      select s.avg_ms, s.p95_ms into avg_latency_ms, p95_ms
      from quality.summarise(quality.time_statement(v_test.column3, v_period.services, v_period.from_time, v_period.until_time, v_test.column4, v_test.column5)) s;
      throughput_per_sec := round(1000 * v_test.column7 / greatest(avg_latency_ms, 0.001), 1);
      headroom := round(target_ms / greatest(avg_latency_ms, 0.001), 1);
      severity := quality.measured_severity(avg_latency_ms, target_ms);
      status := case severity when 'critical' then 'FAIL' else 'PASS' end;
      evidence := format('%s runs, on average %s ms, promised %s ms', v_test.column5, avg_latency_ms, target_ms);
    end if;
    return next;
  end loop;
end
$$;
comment on function api.test_integration_performance() is 'Times what callers ask for: a week by the API, 100 posted rows (read and checked, not written), the last hour, one hour of mv_hourly_stats.';
