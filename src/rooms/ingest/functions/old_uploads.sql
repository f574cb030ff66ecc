create or replace function ingest.old_uploads()
returns setof uuid
language sql stable parallel safe
as $$
  select b.batch_id
  from ingest.import_batches b
  where b.origin = 'workbook' and b.file_deleted_at is null and b.status not in ('queued', 'running')
    and (b.is_file_unwanted or b.finished_at < platform.now() - (select make_interval(days => s.keep_uploads_days) from ingest.settings() s))
$$;
comment on function ingest.old_uploads() is 'Batches whose uploaded files have been kept for as many days as the setting says, or hold somebody who was erased.';
