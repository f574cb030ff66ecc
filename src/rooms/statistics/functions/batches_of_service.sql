create or replace function statistics.batches_of_service(p_service_id int)
returns table (batch_id uuid)
language sql
stable
parallel safe
as $$
  select f.batch_id
  from statistics.contact_statistics as f
  where f.service_id = p_service_id
  union
  select a.batch_id
  from statistics.agent_activity as a
  where a.service_id = p_service_id
$$;
comment on function statistics.batches_of_service(int) is 'The batches whose versions the facts of a service, and what agents did for it, are: imports and posts.';
