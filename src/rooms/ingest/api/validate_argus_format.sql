create or replace function api.validate_argus_format(p_data jsonb)
returns table (is_valid boolean, total_rows int, valid_rows int, errors jsonb, warnings jsonb)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_rows int := ingest.stage_json(p_data, false);
  v_minutes int;
  v_duplicates bigint;
  v_valid int;
begin
  v_minutes := ingest.check_staged('argus_load', null, '', 'UTC', null, null, null, false);
  v_duplicates := ingest.fill_rows('argus_load', null, '', v_minutes, false);
  v_valid := (ingest.staged_result(0, v_duplicates) ->> 'rows_valid')::int;
  return query
  select not exists (select from pg_temp.rejected_rows), v_rows, v_valid, ingest.found_json('{error}'), ingest.found_json('{warning}');
end
$$;
comment on function api.validate_argus_format(jsonb) is 'Checks rows of the load import (columns A–E) without importing them.';
