create or replace function ingest.preview_found(p_kind text)
returns jsonb
language plpgsql volatile parallel unsafe
as $$
declare
  v_rows jsonb;
begin
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
comment on function ingest.preview_found(text) is 'The staged rows, as the file has them, and what was found in them.';
