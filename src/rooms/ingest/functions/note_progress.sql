create or replace function ingest.note_progress(p_batch_id uuid, p_phase text, p_progress_pct numeric, p_rows_per_second int, p_seconds_left int)
returns void
language sql volatile parallel unsafe
as $$
  update ingest.import_batches b
  set phase = p_phase, progress_pct = p_progress_pct, rows_per_second = p_rows_per_second, seconds_left = p_seconds_left,
    updated_at = platform.now()
  where b.batch_id = p_batch_id and b.status = 'running';
  select ingest.tell_batch(p_batch_id, 'running')
$$;
comment on function ingest.note_progress(uuid, text, numeric, int, int) is 'Notes how far a running import is, in per cent, rows per second and seconds left.';
