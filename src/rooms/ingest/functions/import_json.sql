create or replace function ingest.import_json(
  p_data jsonb,
  p_is_free boolean,
  p_service_id int,
  p_group_id int,
  p_validate_only boolean,
  p_minutes int,
  p_replace boolean,
  p_filename text
)
returns jsonb
language plpgsql volatile parallel unsafe
as $$
declare
  v_started timestamptz := platform.stopwatch();
  v_service org.service_settings;
  v_own_name text := '';
  v_batch_id uuid;
  v_minutes int;
  v_duplicates bigint;
  v_loaded record;
  v_result jsonb;
begin
  if p_minutes not in (15, 30, 60) then
    raise exception using errcode = 'QH400', message = format('an interval of %s minutes is not possible', p_minutes), hint = 'Give 15, 30 or 60.';
  end if;
  perform org.find_service_by_id(p_service_id);
  select s.* into v_service from org.service_settings s where s.service_id = p_service_id;
  if p_group_id is not null then
    select q.group_code into v_own_name from org.queues q where q.service_id = p_service_id and q.group_id = p_group_id;
    if not found then
      raise exception using errcode = 'QH404', message = format('service %s has no queue with id %s', v_service.service_code, p_group_id),
        hint = 'List its queues with: qh org queues --service ' || v_service.service_code;
    end if;
  end if;
  perform ingest.stage_json(p_data, p_is_free);
  v_minutes := ingest.check_staged('argus_load', p_service_id, v_own_name, v_service.time_zone, p_minutes, null, null, false);
  if p_validate_only then
    v_duplicates := ingest.fill_rows('argus_load', null, v_own_name, v_minutes, p_replace);
    v_result := ingest.staged_result(0, v_duplicates) || jsonb_build_object('status', 'validation_only');
  else
    v_batch_id := gen_random_uuid();
    perform ingest.map_own_name(p_service_id, v_own_name, p_group_id);
    v_duplicates := ingest.fill_rows('argus_load', p_service_id, v_own_name, v_minutes, p_replace);
    v_result := ingest.staged_result(0, v_duplicates);
    if (v_result ->> 'rows_valid')::bigint = 0 then
      v_result := v_result || jsonb_build_object('status', 'validation_failed');
    else
      insert into ingest.import_batches (batch_id, filename, sha256, file_bytes, origin, layout, created_by, created_at, started_at, updated_at, replace)
      values (v_batch_id, p_filename, encode(sha256(convert_to(p_data::text, 'UTF8')), 'hex'), octet_length(p_data::text), 'json', 'argus_load',
        session_user, platform.now(), platform.now(), platform.now(), p_replace);
      perform statistics.ensure_partitions(ingest.staged_months());
      select * into v_loaded from statistics.load_interval_rows(v_batch_id, p_replace);
      perform ingest.save_findings(v_batch_id);
      v_result := v_result || to_jsonb(v_loaded) || jsonb_build_object('batch_id', v_batch_id, 'interval_minutes', v_minutes,
        'service_id', p_service_id, 'service_code', v_service.service_code, 'time_zone', v_service.time_zone,
        'status', case when (v_result ->> 'rows_rejected')::bigint = 0 then 'completed' else 'completed_with_errors' end);
      perform ingest.finish_batch(v_batch_id, v_result);
    end if;
  end if;
  return v_result || jsonb_build_object('errors', ingest.found_json('{error}'), 'row_warnings', ingest.found_json('{warning}'),
    'rows_processed', jsonb_array_length(p_data), 'duration_ms', (extract(epoch from platform.stopwatch() - v_started) * 1000)::int);
end
$$;
comment on function ingest.import_json(jsonb, boolean, int, int, boolean, int, boolean, text) is 'Imports rows of the load import that come as JSON: the good ones go in, the others are explained.';
