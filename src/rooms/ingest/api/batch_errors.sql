create or replace function api.batch_errors(p_batch_id uuid, p_severity text default null, p_rule text default null)
returns table (
  error_id bigint,
  sheet text,
  row_number int,
  cell text,
  column_name text,
  rule text,
  severity text,
  value text,
  message text,
  hint text,
  other_row int,
  occurrences bigint
)
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from ingest.import_batches b where b.batch_id = p_batch_id) then
    raise exception using errcode = 'QH404', message = format('there is no import %s', coalesce(p_batch_id::text, 'null')),
      hint = 'List the imports with: qh ingest batches';
  end if;
  return query
  select e.error_id, e.sheet, e.row_number, e.cell, e.column_name, e.rule, e.severity, e.value, e.message, e.hint, e.other_row, e.occurrences
  from ingest.import_errors e
  where e.batch_id = p_batch_id and (p_severity is null or e.severity = p_severity) and (p_rule is null or e.rule = p_rule)
  order by e.error_id;
end
$$;
comment on function api.batch_errors(uuid, text, text) is 'What was found in the rows of an import; QH404 when there is no such import.';
