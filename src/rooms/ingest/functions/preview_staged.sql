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
  v_rows jsonb;
begin
  -- The reader stops after about as many rows as were asked for.
  delete from pg_temp.staged_rows r
  using (
    select s.sheet, s.row_number, row_number() over (order by s.sheet, s.row_number) as nth from pg_temp.staged_rows s
  ) n
  where n.nth > p_rows and r.sheet = n.sheet and r.row_number = n.row_number;
  v_minutes := ingest.check_staged(p_kind, v_service_id, '', v_zone, p_given_minutes, p_named_minutes, p_offset_minutes, true);
  perform ingest.fill_rows(p_kind, null, '', v_minutes, false);
  v_told := not exists (select from pg_temp.batch_warnings w where w.code = 'INTERVAL_ASSUMED');
  if p_service_code is not null and v_service_id is null then
    perform ingest.warn('SERVICE_NEW', format('There is no service “%s” yet: the import makes it, with time zone %s.', p_service_code, v_zone), array[p_service_code]);
  end if;
  select coalesce(jsonb_agg(jsonb_build_object('sheet', h.sheet_name, 'row_number', r.row_number, 'state', case
      when exists (select from pg_temp.ignored_rows i where i.place = p.place) then 'ignored'
      when exists (select from pg_temp.rejected_rows x where x.place = p.place) then 'rejected'
      else 'valid'
    end, 'cells', ingest.cells_of(p_kind, r.sheet, r.period, r.raw, to_jsonb(r))) order by p.place), '[]')
  into v_rows
  from pg_temp.staged_rows r
  cross join lateral (select ingest.place(r.sheet, r.row_number) as place) p
  left join pg_temp.staged_sheets h on h.sheet = r.sheet;
  return jsonb_build_object(
    'time_zone', v_zone,
    'service_exists', v_service_id is not null,
    'interval_type', case when v_told then case v_minutes when 60 then '1h' else v_minutes || 'm' end end,
    'rows_checked', jsonb_array_length(v_rows),
    'rows_rejected', (select count(*) from pg_temp.rejected_rows),
    'rows', v_rows,
    'problems', (
      select coalesce(jsonb_agg(jsonb_build_object('sheet', f.sheet_name, 'row_number', f.row_number, 'cell', f.cell, 'column_name', f.column_name,
        'rule', f.rule, 'severity', f.severity, 'value', f.value, 'message', f.message, 'hint', f.hint, 'other_row', f.other_row,
        'occurrences', f.occurrences) order by f.ordinal), '[]')
      from ingest.told_findings() f),
    'warnings', ingest.staged_result(0, 0) -> 'warnings');
end
$$;
comment on function ingest.preview_staged(text, text, text, int, int, int, int) is 'Checks the first staged rows as an import would and shows them, without making anything.';
