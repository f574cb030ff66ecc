create or replace function statistics.lock_services(p_service_ids int[])
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- In one order, so that two writers of several services wait for each other instead of deadlocking.
  perform pg_advisory_xact_lock(5390002, s.service_id)
  from (select distinct u.service_id from unnest(p_service_ids) as u (service_id) order by 1) s;
end
$$;
comment on function statistics.lock_services(int[]) is
  'Lets one transaction at a time write the facts of a service: the order of loads, and with it every undo, is then certain.';
