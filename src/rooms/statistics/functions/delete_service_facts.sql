create or replace function statistics.delete_service_facts(p_service_id int)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_deleted bigint;
begin
  perform statistics.lock_services(array[p_service_id]);
  perform statistics.lock_rollups();
  delete from statistics.contact_statistics f where f.service_id = p_service_id;
  get diagnostics v_deleted = row_count;
  delete from statistics.overwritten_rows o where o.service_id = p_service_id;
  delete from statistics.loads l where l.service_id = p_service_id;
  delete from statistics.rollups r where r.service_id = p_service_id;
  delete from statistics.touched_log t where t.service_id = p_service_id;
  delete from statistics.off_hour_services o where o.service_id = p_service_id;
  perform statistics.announce_change(null, array[p_service_id], null, null);
  return v_deleted;
end
$$;
comment on function statistics.delete_service_facts(int) is
  'Deletes all facts of a service with their history and rollups; returns how many facts. There is no undo.';
