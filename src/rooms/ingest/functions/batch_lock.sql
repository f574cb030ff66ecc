create or replace function ingest.batch_lock(p_batch_id uuid)
returns bigint
language sql immutable parallel safe strict
as $$
  select pg_catalog.hashtextextended('ingest.batch ' || p_batch_id::text, 0)
$$;
comment on function ingest.batch_lock(uuid) is 'The advisory lock that the worker of a batch holds.';
