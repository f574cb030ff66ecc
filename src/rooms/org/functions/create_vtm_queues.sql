create or replace function org.create_vtm_queues(p_service_id int)
returns int
language sql volatile parallel unsafe
as $$
  with made as (
    insert into org.groups (service_id, group_code, group_name, description, service_type, priority, created_at, updated_at)
    select p_service_id, q.queue_code, q.queue_name, q.queue_group, q.service_type, q.priority, platform.now(), platform.now()
    from org.vtm_queues q
    order by q.queue_code
    on conflict (service_id, group_code) do nothing
    returning 1
  )
  select count(*)::int from made
$$;
comment on function org.create_vtm_queues(int) is 'Gives a service the 32 queues of project ВТМ and returns how many it did not have yet.';
