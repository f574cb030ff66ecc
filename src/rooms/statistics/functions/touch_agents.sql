create or replace function statistics.touch_agents(p_agent_ids int[], p_service_ids int[], p_times timestamptz[])
returns void
language sql volatile parallel unsafe
as $$
  -- One row per agent, service and UTC day from its first to its last hour, as in touch_spans.
  insert into statistics.agent_touched_log (agent_id, service_id, bucket, hour_count)
  select d.agent_id, d.service_id, d.first_hour, extract(epoch from d.last_hour - d.first_hour) / 3600 + 1
  from (
    select t.agent_id, t.service_id, min(h.hour) as first_hour, max(h.hour) as last_hour
    from unnest(p_agent_ids, p_service_ids, p_times) as t (agent_id, service_id, moment)
    cross join lateral (select date_bin('1 hour', t.moment, '2000-01-01 00:00:00+00') as hour) h
    group by t.agent_id, t.service_id, date_bin('1 day', h.hour, '2000-01-01 00:00:00+00')
  ) d
$$;
comment on function statistics.touch_agents(int[], int[], timestamptz[]) is 'Logs the hours of agents whose rows changed, for the next fold.';
