create or replace function statistics.drop_month(p_month date)
returns bigint
language plpgsql volatile parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '10s'
as $$
declare
  v_policy record;
  v_partition record;
  v_end timestamptz := (p_month + interval '1 month') at time zone 'UTC';
  v_rows bigint;
  v_all bigint;
begin
  select s.* into v_policy from statistics.retention_state() s;
  if not exists (select from statistics.due_months() d where d.month = p_month) then
    raise exception using errcode = 'QH409',
      message = format('the policy does not let go of %s now', to_char(p_month, 'YYYY-MM')), hint = 'The preview of the policy says what it lets go of, and from which day on.';
  end if;
  -- In this order, because a refresh that runs holds the first two and wants to read what the third locks. Then nobody is writing, and
  -- what is folded here is the last word on this month.
  perform statistics.lock_rollups();
  perform statistics.lock_agent_rollups();
  for v_partition in
    select p.* from statistics.retention_plan(v_policy.keep_months) p where p.month = p_month
  loop
    execute format('lock table statistics.%I, %s in access exclusive mode', v_partition.table_name, v_partition.partition_name);
  end loop;
  perform statistics.refresh();
  delete from statistics.rollups r where r.grain = 0 and r.bucket < v_end;
  delete from statistics.overwritten_rows o where o.interval_start_time < v_end;
  delete from statistics.agent_versions v where v.interval_start_time < v_end;
  v_all := 0;
  for v_partition in
    select p.* from statistics.retention_plan(v_policy.keep_months) p where p.month = p_month
  loop
    execute format('select count(*) from %s', v_partition.partition_name) into v_rows;
    execute format('drop table %s', v_partition.partition_name);
    insert into statistics.dropped_months (month, table_name, dropped_at, row_count, bytes)
    values (p_month, v_partition.table_name, platform.now(), v_rows, v_partition.bytes);
    v_all := v_all + v_rows;
  end loop;
  perform statistics.announce_change(null, array(select s.service_id from org.service_settings s), p_month::timestamp at time zone 'UTC', v_end);
  return v_all;
end
$$;
comment on function statistics.drop_month(date) is 'Lets go of the detail of a month, of services and of agents, that the policy no longer keeps: folds what is touched, then drops its partitions, journals and native intervals; hours, days and months stay. Answers how many rows there were.';
