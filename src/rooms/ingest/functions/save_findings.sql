create or replace function ingest.save_findings(p_batch_id uuid)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  insert into ingest.import_errors (batch_id, sheet, row_number, cell, column_name, rule, severity, value, message, hint,
    other_row, occurrences, row_ranges, created_at)
  select p_batch_id, f.sheet_name, f.row_number, f.cell, f.column_name, f.rule, f.severity, left(f.value, 1000), f.message, f.hint,
    f.other_row, f.occurrences, f.row_ranges, platform.now()
  from ingest.told_findings() f
  order by f.ordinal;
end
$$;
comment on function ingest.save_findings(uuid) is 'Keeps what was found in the rows of a batch.';
