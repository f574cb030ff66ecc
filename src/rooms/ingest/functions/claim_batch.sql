create or replace function ingest.claim_batch(p_batch_id uuid)
returns table (
  batch_id uuid,
  filename text,
  service_code text,
  options jsonb,
  mode text,
  replace boolean,
  dry_run boolean,
  is_demo boolean,
  created_by text,
  asked_by jsonb
)
language plpgsql volatile parallel unsafe
as $$
begin
  -- What a worker that died wrote outside its transaction.
  delete from ingest.import_errors e
  using ingest.import_batches b
  where b.batch_id = p_batch_id and b.status in ('queued', 'running') and e.batch_id = b.batch_id;
  return query
  update ingest.import_batches b
  set status = 'running', started_at = platform.now(), updated_at = platform.now(), progress_pct = 0
  where b.batch_id = p_batch_id and b.status in ('queued', 'running')
  returning b.batch_id, b.filename, b.service_code, b.options, b.mode, b.replace, b.dry_run, b.is_demo, b.created_by, b.asked_by;
end
$$;
comment on function ingest.claim_batch(uuid) is 'Marks a waiting or orphaned batch as running; no row when it has ended. The caller holds its lock.';
