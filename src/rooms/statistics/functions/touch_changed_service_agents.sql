create or replace function statistics.touch_changed_service_agents()
returns trigger
language plpgsql volatile parallel unsafe
as $$
begin
  -- A fold that is under way still uses the old zone: what it writes must be there before it is touched.
  perform statistics.lock_agent_rollups();
  insert into statistics.agent_touched_log (agent_id, service_id, bucket, hour_count)
  select r.agent_id, r.service_id, min(r.bucket), extract(epoch from max(r.bucket) - min(r.bucket)) / 3600 + 1
  from statistics.agent_rollups r
  where r.service_id = new.service_id and r.grain = 60
  group by r.agent_id, r.service_id, date_bin('1 day', r.bucket, '2000-01-01 00:00:00+00');
  delete from statistics.agent_rollups r where r.service_id = new.service_id and r.grain >= 1440;
  return null;
end
$$;
comment on function statistics.touch_changed_service_agents() is
  'Logs all hours of agents for a service whose zone changed, and drops the days and months of the old zone.';

create or replace trigger touch_changed_service_agents
after update of time_zone on org.services
for each row
when (old.time_zone is distinct from new.time_zone)
execute function statistics.touch_changed_service_agents();
