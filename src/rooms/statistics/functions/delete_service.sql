create or replace function statistics.delete_service(p_service_id int)
returns table (rows_deleted bigint, sources_deleted int, queues_deleted int)
language plpgsql volatile parallel unsafe
as $$
begin
  perform statistics.lock_services(array[p_service_id]);
  perform statistics.log_changed_rows(array_agg(f.service_id), array_agg(f.source_id), array_agg(f.interval_start_time))
  from statistics.contact_statistics f
  where f.service_id = p_service_id;
  delete from statistics.contact_statistics f where f.service_id = p_service_id;
  get diagnostics rows_deleted = row_count;
  perform statistics.delete_service_agents(p_service_id);
  delete from statistics.overwritten_rows o where o.service_id = p_service_id;
  delete from statistics.loads l where l.service_id = p_service_id;
  delete from statistics.final_batches b where b.service_id = p_service_id;
  select c.sources_deleted, c.queues_deleted into sources_deleted, queues_deleted from org.close_service(p_service_id) c;
  -- A refresh that is folding this service writes its rollups before they are deleted, not after.
  perform statistics.lock_rollups();
  -- Last, because org's change of mappings marks hours as touched.
  delete from statistics.rollups r where r.service_id = p_service_id;
  delete from statistics.touched_log t where t.service_id = p_service_id;
  delete from statistics.off_hour_services o where o.service_id = p_service_id;
  perform statistics.announce_change(null, array[p_service_id], null, null);
  return next;
end
$$;
comment on function statistics.delete_service(int) is 'Deletes a service with its facts, journals, rollups, sources, mappings and queues; nothing brings it back.';
