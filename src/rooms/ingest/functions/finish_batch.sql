create or replace function ingest.finish_batch(p_batch_id uuid, p_result jsonb)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_is_of_none boolean := coalesce((p_result ->> 'is_of_no_service')::boolean, false);
begin
  update ingest.import_batches b
  set status = p_result ->> 'status', detail = p_result ->> 'detail',
    layout = coalesce(p_result ->> 'layout', b.layout),
    interval_minutes = (p_result ->> 'interval_minutes')::smallint,
    -- A file of people may bear a service in its name: it is theirs who see everybody all the same.
    service_id = case when not v_is_of_none then coalesce((p_result ->> 'service_id')::int, b.service_id) end,
    service_code = case when not v_is_of_none then coalesce(p_result ->> 'service_code', b.service_code) end,
    time_zone = p_result ->> 'time_zone',
    rows_total = coalesce((p_result ->> 'rows_total')::bigint, 0),
    rows_valid = coalesce((p_result ->> 'rows_valid')::bigint, 0),
    rows_rejected = coalesce((p_result ->> 'rows_rejected')::bigint, 0),
    rows_ignored = coalesce((p_result ->> 'rows_ignored')::bigint, 0),
    rows_inserted = coalesce((p_result ->> 'rows_inserted')::bigint, 0),
    rows_updated = coalesce((p_result ->> 'rows_updated')::bigint, 0),
    rows_unchanged = coalesce((p_result ->> 'rows_unchanged')::bigint, 0),
    rows_duplicates = coalesce((p_result ->> 'rows_duplicates')::bigint, 0),
    warnings = coalesce(p_result -> 'warnings', '[]'),
    data_start = (p_result ->> 'data_start')::timestamptz,
    data_end = (p_result ->> 'data_end')::timestamptz,
    phase = null, seconds_left = null, progress_pct = 100,
    finished_at = coalesce((p_result ->> 'finished_at')::timestamptz, platform.now()), updated_at = platform.now()
  where b.batch_id = p_batch_id;
  perform ingest.tell_batch(p_batch_id, p_result ->> 'status');
end
$$;
comment on function ingest.finish_batch(uuid, jsonb) is 'Writes how an import ended.';
