create or replace function statistics.scopes(p_service_ids int[], p_group_ids int[], p_by text)
returns table (service_id int, group_id int)
language sql stable parallel safe
as $$
  select s.service_id, 0
  from unnest(p_service_ids) as s (service_id)
  where case when p_group_ids is null then p_by is distinct from 'queue' else 0 = any (p_group_ids) end
  union all
  select s.service_id, -1
  from unnest(p_service_ids) as s (service_id)
  where case when p_group_ids is null then p_by = 'queue' else -1 = any (p_group_ids) end
  union all
  select q.service_id, q.group_id
  from org.queues q
  where q.service_id = any (p_service_ids)
    and case when p_group_ids is null then p_by = 'queue' else q.group_id = any (p_group_ids) end
$$;
comment on function statistics.scopes(int[], int[], text) is
  'The services (queue 0) or queues (-1 = sources not mapped) that a question is about.';
