create or replace function ingest.check_staged(
  p_kind text,
  p_service_id int,
  p_own_name text,
  p_zone text,
  p_given_minutes int,
  p_named_minutes int,
  p_offset_minutes int,
  p_count_texts boolean
)
returns int
language plpgsql volatile parallel unsafe
as $$
declare
  v_settings record;
  v_data smallint;
  v_minutes int;
begin
  select * into v_settings from ingest.settings();
  perform ingest.read_periods(p_kind);
  perform ingest.read_cells(p_kind, p_count_texts);
  perform ingest.list_periods(p_kind, v_settings.first_year, v_settings.last_year);
  v_data := ingest.interval_of_data(coalesce(p_given_minutes, p_named_minutes));
  v_minutes := coalesce(p_given_minutes, v_data, p_named_minutes, 15);
  perform ingest.warn_of_interval(v_minutes, v_data, p_given_minutes, p_named_minutes);
  perform ingest.list_names(p_service_id, case p_kind when 'argus_load' then 'load' else 'report' end, p_own_name, v_minutes);
  perform ingest.place_periods(p_kind, v_minutes, p_zone);
  perform ingest.warn_of_offset(p_zone, p_offset_minutes);
  if p_kind = 'argus_load' then
    perform ingest.check_argus_load(v_minutes);
  else
    perform ingest.check_argus_report(v_minutes);
  end if;
  perform ingest.reject_rows();
  return v_minutes;
end
$$;
comment on function ingest.check_staged(text, int, text, text, int, int, int, boolean) is 'Validates the staged rows as a set and returns the interval in minutes; every row is then good, rejected with findings, or ignored.';
