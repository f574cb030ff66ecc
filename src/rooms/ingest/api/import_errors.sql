create or replace view api.import_errors as
select
  e.error_id as id,
  e.batch_id as import_batch_id,
  e.row_number,
  e.column_name,
  e.severity as error_type,
  e.message as error_message,
  e.value as raw_value,
  e.created_at,
  e.sheet,
  e.cell,
  e.rule,
  e.severity,
  e.hint,
  e.other_row,
  e.occurrences,
  e.row_ranges
from ingest.import_errors e;
comment on view api.import_errors is 'What was found in the rows of imports; over ingest.import_errors under the name import_batch_id that the guide''s queries use.';
