create or replace function ingest.tell_periods(p_kind text)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  update pg_temp.found f
  set value = coalesce(r.raw ->> 'period', ingest.period_text(p_kind, r.period))
  from pg_temp.staged_rows r
  where f.name = 'period' and f.value is null and f.rule <> 'START_BLANK' and f.rule <> 'NOT_A_DATA_ROW'
    and f.place = ingest.place(r.sheet, r.row_number);
end
$$;
comment on function ingest.tell_periods(text) is 'Gives findings about a period its text as the file has it.';
