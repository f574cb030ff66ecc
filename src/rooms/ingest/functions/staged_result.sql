create or replace function ingest.staged_result(p_rows_unstaged bigint, p_duplicates bigint)
returns jsonb
language plpgsql volatile parallel unsafe
as $$
declare
  v_staged bigint := (select count(*) from pg_temp.staged_rows);
  v_ignored bigint := (select count(*) from pg_temp.ignored_rows);
  v_rejected bigint := (select count(*) from pg_temp.rejected_rows);
begin
  return jsonb_build_object(
    'rows_total', v_staged + p_rows_unstaged,
    'rows_ignored', v_ignored + p_rows_unstaged,
    'rows_rejected', v_rejected,
    'rows_valid', v_staged - v_ignored - v_rejected,
    'rows_duplicates', p_duplicates,
    'data_start', (select min(i.interval_start_time) from pg_temp.interval_rows i),
    'data_end', (select max(i.interval_start_time) + make_interval(mins => max(i.interval_minutes)) from pg_temp.interval_rows i),
    'warnings', (
      select coalesce(jsonb_agg(jsonb_build_object('code', w.code, 'message', w.message, 'row_number', w.row_number,
        'names', to_jsonb(w.names)) order by w.ordinal), '[]')
      from pg_temp.batch_warnings w));
end
$$;
comment on function ingest.staged_result(bigint, bigint) is 'Counts, span and warnings of the staged rows; the first number is of rows that were never staged, because they are blank or above the header.';
