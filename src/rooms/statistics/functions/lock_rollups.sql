create or replace function statistics.lock_rollups()
returns void
language sql volatile parallel unsafe
as $$
  select pg_advisory_xact_lock(5390003, 0)
$$;
comment on function statistics.lock_rollups() is
  'Lets one transaction at a time fold. Call it in a statement of its own: only the next statement sees what the one before committed.';
