create or replace function api.import_excel_batch(
  p_batch_data jsonb,
  p_service_id int,
  p_group_id int default null,
  p_filename text default null,
  p_interval_minutes int default null,
  p_replace boolean default false
)
returns table (
  batch_id uuid,
  status text,
  rows_processed int,
  rows_imported int,
  rows_failed int,
  errors jsonb,
  duration_ms int,
  rows_inserted int,
  rows_updated int,
  rows_unchanged int
)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_result jsonb := ingest.import_json(p_batch_data, true, p_service_id, p_group_id, false, p_interval_minutes, p_replace,
    coalesce(nullif(left(p_filename, 255), ''), 'import_excel_batch'));
begin
  return query
  select (v_result ->> 'batch_id')::uuid, v_result ->> 'status', (v_result ->> 'rows_processed')::int,
    case when v_result ? 'batch_id' then (v_result ->> 'rows_valid')::int else 0 end, (v_result ->> 'rows_rejected')::int,
    v_result -> 'errors', (v_result ->> 'duration_ms')::int,
    coalesce((v_result ->> 'rows_inserted')::int, 0), coalesce((v_result ->> 'rows_updated')::int, 0),
    coalesce((v_result ->> 'rows_unchanged')::int, 0);
end
$$;
comment on function api.import_excel_batch(jsonb, int, int, text, int, boolean) is 'Imports rows of a spreadsheet under the names of the load import or common other ones; what a row does not say stays unknown.';
