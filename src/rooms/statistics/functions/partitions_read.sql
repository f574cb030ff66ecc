create or replace function statistics.partitions_read(p_start_time timestamptz, p_end_time timestamptz, out read int, out total int, out plan text)
language plpgsql volatile parallel unsafe
as $$
declare
  v_plan jsonb;
begin
  execute format('explain (format json) select * from statistics.contact_statistics f where f.service_id = 1 and f.interval_start_time >= %L and f.interval_start_time < %L', p_start_time, p_end_time)
  into v_plan;
  select count(distinct n #>> '{}') into read from jsonb_path_query(v_plan, '$.**."Relation Name"') as n;
  select count(*) into total from pg_catalog.pg_inherits i where i.inhparent = 'statistics.contact_statistics'::regclass;
  plan := jsonb_pretty(v_plan);
end
$$;
comment on function statistics.partitions_read(timestamptz, timestamptz) is 'How many partitions a question about a stretch of time reads, of how many, with the plan that shows it.';
