create or replace view api.excel_import_staging as
select
  min(e.error_id) as id,
  e.batch_id as import_batch_id,
  e.row_number,
  max(e.value) filter (where e.column_name in ('Период', 'Start time', 'A')) as timestamp_raw,
  max(e.value) filter (where e.column_name in ('CDO', 'Non-unique incoming', 'C')) as calls_raw,
  max(e.value) filter (where e.column_name in ('TT', 'Average talk time', 'D')) as talk_time_raw,
  max(e.value) filter (where e.column_name in ('ACW', 'Post-processing', 'E')) as post_time_raw,
  b.service_code as service_id_raw,
  null::text as group_id_raw,
  null::timestamptz as timestamp_parsed,
  null::int as calls_parsed,
  null::int as talk_time_parsed,
  null::int as post_time_parsed,
  b.service_id as service_id_parsed,
  null::int as group_id_parsed,
  false as is_valid,
  array_agg(e.message order by e.error_id) as validation_errors,
  true as is_processed,
  b.finished_at as processed_at,
  min(e.created_at) as created_at,
  e.sheet
from ingest.import_errors e
join ingest.import_batches b on b.batch_id = e.batch_id
where e.severity = 'error' and e.row_number is not null
group by e.batch_id, e.sheet, e.row_number, b.service_code, b.service_id, b.finished_at;
comment on view api.excel_import_staging is 'Rows that an import rejected, with the values that were wrong, in the words of seed 001; over ingest.import_errors, because staging itself is temporary and ends with its import.';
