create or replace function statistics.lock_services(p_service_ids int[])
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_service_id int;
begin
  -- In one order, so that two writers of several services wait for each other instead of deadlocking.
  for v_service_id in
    select distinct s.service_id
    from unnest(p_service_ids) as s (service_id)
    order by 1
  loop
    perform pg_advisory_xact_lock(5390002, v_service_id);
  end loop;
end
$$;
comment on function statistics.lock_services(int[]) is
  'Lets one transaction at a time write the facts of a service: the order of loads, and with it every undo, is then certain.';
