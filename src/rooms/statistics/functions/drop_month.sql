create or replace function statistics.drop_month(p_month date)
returns bigint
language plpgsql volatile parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '10s'
as $$
declare
  v_policy record;
  v_partition text;
  v_end timestamptz := (p_month + interval '1 month') at time zone 'UTC';
  v_rows bigint;
  v_bytes bigint;
begin
  select s.* into v_policy from statistics.retention_state() s;
  select p.partition_name, p.bytes into v_partition, v_bytes
  from statistics.retention_plan(v_policy.keep_months) p
  where p.month = p_month and v_policy.effective_on <= (platform.now() at time zone 'UTC')::date;
  if not found then
    raise exception using errcode = 'QH409',
      message = format('the policy does not let go of %s now', to_char(p_month, 'YYYY-MM')), hint = 'The preview of the policy says what it lets go of, and from which day on.';
  end if;
  -- In this order, because a refresh that runs holds the first and wants to read what the second locks. Then nobody is writing, and
  -- what is folded here is the last word on this month.
  perform statistics.lock_rollups();
  execute format('lock table statistics.contact_statistics, %s in access exclusive mode', v_partition);
  perform statistics.refresh();
  execute format('select count(*) from %s', v_partition) into v_rows;
  delete from statistics.rollups r where r.grain = 0 and r.bucket < v_end;
  delete from statistics.overwritten_rows o where o.interval_start_time < v_end;
  execute format('drop table %s', v_partition);
  insert into statistics.dropped_months (month, dropped_at, row_count, bytes) values (p_month, platform.now(), v_rows, v_bytes);
  perform statistics.announce_change(null, array(select s.service_id from org.service_settings s), p_month::timestamp at time zone 'UTC', v_end);
  return v_rows;
end
$$;
comment on function statistics.drop_month(date) is 'Lets go of the detail of a month that the policy no longer keeps: folds what is touched, then drops its partition, journal and native intervals; hours, days and months stay. Answers how many facts there were.';
