-- ingest: a batch is its service's. Records of people have none: they, and what was wrong with their rows, are for those who see everybody.

select platform.protect('ingest.import_batches', $$
  ((select platform.sees_all_services()) or service_id = any ((select platform.visible_services())::int[]))
  and ((select platform.sees_all_people()) or service_code is not null)$$);

select platform.protect('ingest.import_errors', $$
  (select platform.sees_all_services()) and (select platform.sees_all_people())
  or exists (select from ingest.import_batches b where b.batch_id = import_errors.batch_id)$$);

select platform.audit_sql_writes('ingest.import_batches');
