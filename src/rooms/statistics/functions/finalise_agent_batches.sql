create or replace function statistics.finalise_agent_batches(p_from_id int, p_into_id int)
returns void
language sql volatile parallel unsafe
as $$
  with said as (
    select a.agent_id, a.service_id, coalesce(i.group_id, a.group_id) as group_id, a.interval_start_time, a.batch_id
    from (
      select f.agent_id, f.service_id, f.group_id, f.interval_start_time, f.batch_id
      from statistics.agent_activity f
      where f.service_id in (p_from_id, p_into_id)
      union all
      select v.agent_id, v.service_id, v.group_id, v.interval_start_time, v.batch_id
      from statistics.agent_versions v
      where v.service_id in (p_from_id, p_into_id)
    ) a
    left join org.queues o on a.service_id = p_from_id and o.service_id = p_from_id and o.group_id = a.group_id
    left join org.queues i on i.service_id = p_into_id and i.group_code = o.group_code
  ), met as (
    select s.agent_id, s.group_id, s.interval_start_time
    from said s
    group by s.agent_id, s.group_id, s.interval_start_time
    having count(distinct s.service_id) = 2
  )
  insert into statistics.final_batches (service_id, batch_id)
  select distinct p_into_id, s.batch_id
  from met m
  join said s on s.agent_id = m.agent_id and s.group_id = m.group_id and s.interval_start_time = m.interval_start_time
  on conflict do nothing
$$;
comment on function statistics.finalise_agent_batches(int, int) is 'Before a merge adds times of agents up: notes the batches that brought them, which can then no longer be undone exactly.';
