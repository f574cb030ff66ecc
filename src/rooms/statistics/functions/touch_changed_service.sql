create or replace function statistics.touch_changed_service()
returns trigger
language plpgsql volatile parallel unsafe
as $$
begin
  perform statistics.lock_services(array[new.service_id]);
  -- A refresh that is under way still folds by the old zone or precedence: what it writes must be there before it is touched.
  perform statistics.lock_rollups();
  if new.time_zone <> old.time_zone and (
    exists (select from statistics.rollups r where r.service_id = new.service_id and r.bucket < statistics.kept_from(new.service_id))
    or exists (select from statistics.agent_rollups r where r.service_id = new.service_id and r.bucket < (select statistics.kept_from(new.service_id)))
  ) then
    raise exception using errcode = 'QH409',
      message = format('the detail of service %s before %s was let go of; its days and months there cannot be moved to another zone', new.service_code, statistics.kept_from(new.service_id)),
      hint = 'Make a new service with the other zone for what comes from now on.';
  end if;
  if new.time_zone <> old.time_zone then
    delete from statistics.rollups r where r.service_id = new.service_id and r.grain >= 1440;
  end if;
  insert into statistics.touched_log (service_id, group_id, bucket, hour_count)
  select r.service_id, r.group_id, min(r.bucket), extract(epoch from max(r.bucket) - min(r.bucket)) / 3600 + 1
  from statistics.rollups r
  where r.service_id = new.service_id and r.grain = 60 and r.bucket >= statistics.kept_from(new.service_id)
  group by r.service_id, r.group_id, date_bin('1 day', r.bucket, '2000-01-01 00:00:00+00');
  return null;
end
$$;
comment on function statistics.touch_changed_service() is
  'Logs all hours of a service whose zone or precedence of kinds changed, and drops the days and months of the old zone.';

create or replace trigger touch_changed_service
after update of time_zone, kind_precedence on org.services
for each row
when (old.time_zone is distinct from new.time_zone or old.kind_precedence is distinct from new.kind_precedence)
execute function statistics.touch_changed_service();
