create or replace function ingest.add_batch(p_batch jsonb)
returns void
language sql volatile parallel unsafe
as $$
  insert into ingest.import_batches (batch_id, filename, sha256, file_bytes, service_id, service_code, options, mode, replace, dry_run, is_demo,
    created_by, asked_by, created_at, updated_at)
  select b.batch_id, b.filename, b.sha256, b.file_bytes,
    -- Known from the beginning where it exists: it decides who may see the batch.
    ingest.service_of_code(b.service_code), b.service_code, coalesce(b.options, '{}'), coalesce(b.mode, 'partial'),
    coalesce(b.replace, false), coalesce(b.dry_run, false), coalesce(b.is_demo, false), b.created_by, b.asked_by, platform.now(), platform.now()
  from jsonb_to_record(p_batch) as b (batch_id uuid, filename text, sha256 text, file_bytes bigint, service_code text, options jsonb,
    mode text, replace boolean, dry_run boolean, is_demo boolean, created_by text, asked_by jsonb);
  select ingest.tell_batch((p_batch ->> 'batch_id')::uuid, 'queued')
$$;
comment on function ingest.add_batch(jsonb) is 'Adds a batch that waits to be imported.';
