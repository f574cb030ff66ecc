create or replace function api.undo_batch(p_batch_id uuid)
returns table (batch_id uuid, status text, rows_deleted bigint, rows_restored bigint)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_batch ingest.import_batches;
  v_undone record;
begin
  select b.* into v_batch from ingest.import_batches b where b.batch_id = p_batch_id for update;
  if not found then
    raise exception using errcode = 'QH404', message = format('there is no import %s', coalesce(p_batch_id::text, 'null')),
      hint = 'List the imports with: qh ingest batches';
  end if;
  if v_batch.dry_run or v_batch.status not in ('completed', 'completed_with_errors') then
    raise exception using errcode = 'QH409',
      message = case
        when v_batch.status = 'undone' then 'this import is undone already'
        when v_batch.status in ('queued', 'running') then 'this import has not ended yet'
        when v_batch.dry_run then 'this was a dry run: it changed nothing'
        else 'this import failed: it changed nothing'
      end,
      hint = case when v_batch.status in ('queued', 'running') then 'Wait until it has ended, then undo it.' else 'There is nothing to undo.' end;
  end if;
  -- Only the room that took the rows knows the batch; to the others it is zeros.
  select sum(u.rows_deleted)::bigint as rows_deleted, sum(u.rows_restored)::bigint as rows_restored into v_undone
  from (
    select s.rows_deleted, s.rows_restored from statistics.undo_batch(p_batch_id) s
    union all
    select o.rows_deleted, o.rows_restored from org.undo_load(p_batch_id) o
    union all
    select m.rows_deleted, m.rows_restored from marketplace.undo_load(p_batch_id) m
  ) u;
  update ingest.import_batches b
  set status = 'undone', undone_at = platform.now(), updated_at = platform.now()
  where b.batch_id = p_batch_id;
  perform ingest.tell_batch(p_batch_id, 'undone');
  return query select p_batch_id, 'undone', v_undone.rows_deleted, v_undone.rows_restored;
end
$$;
comment on function api.undo_batch(uuid) is 'Undoes an import: its rows go, what it overwrote comes back. QH409 unless it is completed and not yet undone.';
