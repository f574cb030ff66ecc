create or replace function statistics.newest_figures()
returns table (service_id int, newest_end timestamptz)
language sql stable parallel safe
as $$
  select s.service_id, l.bucket + interval '1 hour'
  from org.service_settings s
  cross join lateral (
    select greatest(
      (select max(r.bucket) from statistics.rollups r where r.service_id = s.service_id and r.group_id = 0 and r.grain = 60),
      (select max(t.bucket + (t.hour_count - 1) * interval '1 hour') from statistics.touched_log t where t.service_id = s.service_id and t.group_id = 0)) as bucket
  ) l
  where l.bucket is not null
$$;
comment on function statistics.newest_figures() is 'The end of the newest hour in which each service has figures, from the keys of the rollups.';
