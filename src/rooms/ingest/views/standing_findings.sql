create or replace view ingest.standing_findings as
select
  e.error_id,
  e.batch_id,
  b.filename,
  b.service_id,
  b.service_code,
  e.sheet,
  e.row_number,
  e.cell,
  e.column_name,
  e.rule,
  e.severity,
  e.value,
  e.message,
  e.hint,
  e.occurrences,
  e.created_at
from ingest.import_errors e
join ingest.import_batches b on b.batch_id = e.batch_id
where b.undone_at is null and not b.dry_run;
comment on view ingest.standing_findings is 'For other rooms: what was found in the rows of batches that were not undone.';
