create or replace function statistics.lock_agent_rollups()
returns void
language sql volatile parallel unsafe
as $$
  select pg_advisory_xact_lock(5390003, 1)
$$;
comment on function statistics.lock_agent_rollups() is
  'Lets one transaction at a time fold the activity of agents; like lock_rollups, and taken after it.';
