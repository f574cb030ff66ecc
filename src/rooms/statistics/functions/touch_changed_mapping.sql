create or replace function statistics.touch_changed_mapping()
returns trigger
language plpgsql volatile parallel unsafe
as $$
declare
  v_service_id int := coalesce(new.service_id, old.service_id);
  v_source_id int := coalesce(new.source_id, old.source_id);
begin
  perform statistics.lock_services(array[v_service_id]);
  -- Every queue that this source's history belonged to or belongs to now may change from the earlier date on.
  insert into statistics.touched_log (service_id, group_id, bucket, hour_count)
  select v_service_id, g.group_id, d.bucket,
    extract(epoch from d.last_hour - d.bucket) / 3600 + 1
  from (
    select greatest(date_bin('1 hour', min(f.interval_start_time), '2000-01-01 00:00:00+00') - interval '1 hour' * (o.service_id is not null)::int,
        statistics.kept_from(v_service_id)) as bucket,
      date_bin('1 hour', max(f.interval_start_time + f.interval_minutes * interval '1 minute') - interval '1 microsecond', '2000-01-01 00:00:00+00')
        + interval '1 hour' * (o.service_id is not null)::int as last_hour
    from statistics.contact_statistics f
    left join statistics.off_hour_services o on o.service_id = f.service_id
    where f.service_id = v_service_id and f.source_id = v_source_id
      and f.interval_start_time >= greatest(least(old.valid_from, new.valid_from), statistics.kept_from(v_service_id))
    group by date_bin('1 day', f.interval_start_time, '2000-01-01 00:00:00+00'), o.service_id
  ) d
  cross join (
    select s.group_id from org.source_spans s where s.service_id = v_service_id and s.source_id = v_source_id and s.group_id <> 0
    union
    select unnest(array[-1, old.group_id, new.group_id])
  ) g
  where g.group_id is not null;
  return null;
end
$$;
comment on function statistics.touch_changed_mapping() is 'Logs what changes when a source is pointed to another queue.';

create or replace trigger touch_changed_mapping
after insert or update or delete on org.source_mappings
for each row
execute function statistics.touch_changed_mapping();
