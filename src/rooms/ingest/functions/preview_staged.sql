create or replace function ingest.preview_staged(
  p_kind text,
  p_service_code text,
  p_time_zone text,
  p_given_minutes int,
  p_named_minutes int,
  p_offset_minutes int,
  p_rows int
)
returns jsonb
language plpgsql volatile parallel unsafe
as $$
declare
  v_service_id int := case when p_service_code is not null then ingest.service_of_code(p_service_code) end;
  v_zone text := ingest.choose_zone(p_time_zone, v_service_id, p_offset_minutes);
  v_minutes int;
  v_told boolean;
begin
  perform ingest.keep_first_rows(p_rows);
  v_minutes := ingest.check_staged(p_kind, v_service_id, '', v_zone, p_given_minutes, p_named_minutes, p_offset_minutes, true);
  perform ingest.fill_rows(p_kind, null, '', v_minutes, false);
  v_told := not exists (select from pg_temp.batch_warnings w where w.code = 'INTERVAL_ASSUMED');
  if p_service_code is not null and v_service_id is null then
    perform ingest.warn('SERVICE_NEW', format('There is no service “%s” yet: the import makes it, with time zone %s.', p_service_code, v_zone), array[p_service_code]);
  end if;
  return ingest.preview_found(p_kind) || jsonb_build_object(
    'time_zone', v_zone,
    'service_exists', v_service_id is not null,
    'interval_type', case when v_told then case v_minutes when 60 then '1h' else v_minutes || 'm' end end);
end
$$;
comment on function ingest.preview_staged(text, text, text, int, int, int, int) is 'Checks the first staged rows as an import would and shows them, without making anything.';
