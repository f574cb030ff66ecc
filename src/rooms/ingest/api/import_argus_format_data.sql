create or replace function api.import_argus_format_data(
  p_data jsonb,
  p_service_id int,
  p_group_id int default null,
  p_validate_only boolean default false,
  p_interval_minutes int default null,
  p_replace boolean default false
)
returns table (
  batch_id uuid,
  status text,
  rows_processed int,
  rows_imported int,
  validation_errors jsonb,
  duration_ms int,
  rows_rejected int,
  rows_inserted int,
  rows_updated int,
  rows_unchanged int,
  warnings jsonb
)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_result jsonb := ingest.import_json(p_data, false, p_service_id, p_group_id, p_validate_only, p_interval_minutes, p_replace, 'import_argus_format_data');
begin
  return query
  select (v_result ->> 'batch_id')::uuid, v_result ->> 'status', (v_result ->> 'rows_processed')::int,
    case when v_result ? 'batch_id' then (v_result ->> 'rows_valid')::int else 0 end,
    v_result -> 'errors', (v_result ->> 'duration_ms')::int, (v_result ->> 'rows_rejected')::int,
    coalesce((v_result ->> 'rows_inserted')::int, 0), coalesce((v_result ->> 'rows_updated')::int, 0),
    coalesce((v_result ->> 'rows_unchanged')::int, 0), v_result -> 'row_warnings';
end
$$;
comment on function api.import_argus_format_data(jsonb, int, int, boolean, int, boolean) is 'Imports rows of the load import (columns A–E) into a service or one of its queues; sums are average × non-unique contacts.';
