create or replace function ingest.tell_batch(p_batch_id uuid, p_status text)
returns void
language sql volatile parallel unsafe
as $$
  select pg_catalog.pg_notify('qh', pg_catalog.json_build_object('topic', 'ingest.batches', 'batch_id', p_batch_id, 'status', p_status)::text)
$$;
comment on function ingest.tell_batch(uuid, text) is 'Tells every node that a batch changed.';
