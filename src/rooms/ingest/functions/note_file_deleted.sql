create or replace function ingest.note_file_deleted(p_batch_id uuid)
returns void
language sql volatile parallel unsafe
as $$
  update ingest.import_batches b
  set file_deleted_at = platform.now(), updated_at = platform.now()
  where b.batch_id = p_batch_id
$$;
comment on function ingest.note_file_deleted(uuid) is 'Notes that the uploaded file of a batch is gone.';
