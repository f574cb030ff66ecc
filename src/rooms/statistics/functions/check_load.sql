create or replace function statistics.check_load(p_batch_id uuid, p_replace boolean, p_service_ids int[], p_source_ids int[])
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_found record;
begin
  select t.service_id, t.source_id
  into v_found
  from unnest(p_service_ids, p_source_ids) as t (service_id, source_id)
  where not exists (select from org.source_names s where s.service_id = t.service_id and s.source_id = t.source_id)
  limit 1;
  if found then
    raise exception using errcode = 'QH404',
      message = format('service %s has no source %s', v_found.service_id, v_found.source_id),
      hint = 'Make the source before its rows are loaded.';
  end if;
  select d.service_id, d.kept_from into v_found from statistics.dropped_rows() d limit 1;
  if found then
    raise exception using errcode = 'QH409',
      message = format('rows of service %s lie before %s; the detail of that time was let go of by the retention policy', v_found.service_id, v_found.kept_from),
      hint = 'Leave these rows out: hours, days and months of that time are kept as they are.';
  end if;
  -- Two loads of one batch count as one version, which is only true when nobody else wrote in between.
  select l.service_id, l.source_id
  into v_found
  from unnest(p_service_ids, p_source_ids) as t (service_id, source_id)
  join statistics.loads l on l.service_id = t.service_id and l.source_id = t.source_id and l.batch_id = p_batch_id
  join statistics.loads n on n.service_id = t.service_id and n.source_id = t.source_id and n.load_number > l.load_number
  limit 1;
  if found then
    raise exception using errcode = 'QH409',
      message = format('batch %s has loaded into source %s before, and another batch after it', p_batch_id, v_found.source_id),
      hint = 'Load the rows under a new batch.';
  end if;
  select c.*
  into v_found
  from statistics.granularity_conflicts(p_replace) c
  limit 1;
  if found then
    raise exception using errcode = 'QH409',
      message = format('a row of %s minutes at %s overlaps one of %s minutes at %s',
        v_found.interval_minutes, v_found.interval_start_time, v_found.other_minutes, v_found.other_start_time),
      hint = 'Reject the rows that statistics.granularity_conflicts() names, or replace.';
  end if;
end
$$;
comment on function statistics.check_load(uuid, boolean, int[], int[]) is
  'Refuses a load whose sources do not exist, whose batch cannot be one version any more, or whose rows overlap rows of another length.';
