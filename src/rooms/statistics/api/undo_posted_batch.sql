create or replace function api.undo_posted_batch(p_batch_id uuid)
returns table (batch_id uuid, rows_deleted bigint, rows_restored bigint)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_batch statistics.posted_batches;
begin
  select b.* into v_batch from statistics.posted_batches b where b.batch_id = p_batch_id for update;
  if not found then
    raise exception using errcode = 'QH404',
      message = format('there is no batch of posted figures %s', p_batch_id),
      hint = 'List them with: qh statistics posted-batches. A batch of an imported file is undone with: qh ingest undo-batch';
  end if;
  if v_batch.undone_at is not null then
    raise exception using errcode = 'QH409',
      message = format('batch %s was undone before', p_batch_id),
      hint = 'Post the figures again to bring them back.';
  end if;
  update statistics.posted_batches b set undone_at = platform.now() where b.batch_id = p_batch_id;
  return query
  select p_batch_id, u.rows_deleted, u.rows_restored from statistics.undo_batch(p_batch_id) u;
end
$$;
comment on function api.undo_posted_batch(uuid) is 'Takes a batch of posted figures back; what it overwrote comes back.';
