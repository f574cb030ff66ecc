create or replace function ingest.orphaned_batches()
returns setof uuid
language sql volatile parallel unsafe
as $$
  -- The locks taken here go at the end of the statement.
  select b.batch_id
  from (
    select w.batch_id from ingest.import_batches w
    where w.status in ('queued', 'running') and w.origin = 'workbook' and w.updated_at < platform.now() - interval '10 seconds'
    order by w.created_at
  ) b
  where pg_try_advisory_xact_lock(ingest.batch_lock(b.batch_id))
$$;
comment on function ingest.orphaned_batches() is 'Batches that wait or run without a worker, because a process died or its job was lost.';
