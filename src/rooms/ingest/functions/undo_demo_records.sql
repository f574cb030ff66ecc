create or replace function ingest.undo_demo_records()
returns int
language sql
volatile
parallel unsafe
as $$
  with undone as materialized (
    update ingest.import_batches as b
    set status = 'undone', undone_at = platform.now(), updated_at = platform.now()
    where b.is_demo and b.service_id is null and b.status in ('completed', 'completed_with_errors') and not b.dry_run
    returning b.batch_id
  )
  select count(u.rows_deleted)::int
  from undone, statistics.undo_batch(undone.batch_id) as u
$$;
comment on function ingest.undo_demo_records() is 'Takes the demo''s imports that belong to no service back, and says how many they were.';
