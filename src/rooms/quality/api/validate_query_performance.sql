create or replace function api.validate_query_performance()
returns table (
  query_type text, test_description text, avg_ms numeric, p95_ms numeric, p99_ms numeric, max_ms numeric, sample_size int, meets_sla boolean, sla_target_ms numeric,
  headroom numeric, severity text, evidence text
)
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_period record;
  v_query record;
begin
  select p.* into v_period from quality.measured_period() p;
  for v_query in
    values
      ('point_query', 'One interval of one service', 'select * from statistics.figures($2, $3, 15, null, array[$1])', interval '15 minutes', 100, 10),
      ('range_query', '24 hours of one service by quarter', 'select * from statistics.figures($2, $3, 15, null, array[$1])', interval '24 hours', 50, 100),
      ('aggregation_query', '13 months of all services by month', 'select * from statistics.figures($2, $3, 43200, null)', interval '13 months', 20, 500),
      ('api_integration', 'A week of one service by hour, as JSON', 'select json_agg(c) from api.api_get_calls_by_interval($2, $3, 60, array[$1]) c', interval '7 days', 30, 200)
  loop
    query_type := v_query.column1;
    test_description := v_query.column2;
    sla_target_ms := v_query.column6;
    if v_period.services is null then
      severity := 'skipped';
      evidence := 'No service has figures yet.';
      sample_size := 0;
    else
      select s.* into avg_ms, p95_ms, p99_ms, max_ms, sample_size
      from quality.summarise(quality.time_statement(v_query.column3, v_period.services, v_period.from_time, v_period.until_time, v_query.column4, v_query.column5)) s;
      meets_sla := p95_ms < sla_target_ms;
      headroom := round(sla_target_ms / greatest(p95_ms, 0.001), 1);
      severity := quality.measured_severity(p95_ms, sla_target_ms);
      evidence := format('95 of 100 within %s ms, promised %s ms; %s services with figures, %s to %s', p95_ms, sla_target_ms, cardinality(v_period.services),
        to_char(v_period.from_time at time zone 'UTC', 'YYYY-MM-DD'), to_char(v_period.until_time at time zone 'UTC', 'YYYY-MM-DD'));
    end if;
    return next;
  end loop;
end
$$;
comment on function api.validate_query_performance() is 'Times point, range, aggregation and API queries on the live data, in the database, without writing; headroom is how many times faster than promised the 95th percentile is.';
