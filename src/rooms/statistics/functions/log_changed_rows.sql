create or replace function statistics.log_changed_rows(p_service_ids int[], p_source_ids int[], p_times timestamptz[])
returns void
language sql volatile parallel unsafe
as $$
  insert into statistics.change_log (changed_at, table_name, service_id, source_id, key_times)
  select platform.now(), 'contact_statistics', t.service_id, t.source_id, array_agg(t.moment order by t.moment)
  from unnest(p_service_ids, p_source_ids, p_times) as t (service_id, source_id, moment)
  group by t.service_id, t.source_id, date_trunc('month', t.moment, 'UTC')
$$;
comment on function statistics.log_changed_rows(int[], int[], timestamptz[]) is 'Notes for followers that rows by these keys were deleted or brought back.';
