create or replace function org.close_service(p_service_id int, p_merged_into_id int default null)
returns table (sources_deleted int, queues_deleted int)
language plpgsql volatile parallel unsafe
as $$
begin
  delete from org.source_mappings m where m.service_id = p_service_id;
  delete from org.sources s where s.service_id = p_service_id;
  get diagnostics sources_deleted = row_count;
  delete from org.groups g where g.service_id = p_service_id;
  get diagnostics queues_deleted = row_count;
  if p_merged_into_id is null then
    -- Codes that lead to this service would lead nowhere.
    delete from org.services s where s.merged_into_id = p_service_id;
    delete from org.services s where s.service_id = p_service_id;
  else
    update org.services s
    set merged_into_id = p_merged_into_id, is_active = false, updated_at = platform.now()
    where s.service_id = p_service_id;
  end if;
  return next;
end
$$;
comment on function org.close_service(int, int) is 'Removes a service with its queues and sources, or keeps its code as another name of the service that it was merged into.';
