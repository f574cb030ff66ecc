create or replace function statistics.log_changes(p_service_ids int[], p_source_ids int[], p_first timestamptz[], p_last timestamptz[], p_since timestamptz)
returns void
language sql volatile parallel unsafe
as $$
  insert into statistics.change_log (changed_at, table_name, service_id, source_id, first_time, last_time, written_since)
  select platform.now(), 'contact_statistics', t.service_id, t.source_id, t.first_time, t.last_time, p_since
  from unnest(p_service_ids, p_source_ids, p_first, p_last) as t (service_id, source_id, first_time, last_time)
$$;
comment on function statistics.log_changes(int[], int[], timestamptz[], timestamptz[], timestamptz) is
  'Notes for followers that rows of sources were written in stretches of time, since a moment (null: whenever).';
