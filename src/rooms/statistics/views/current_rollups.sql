create or replace view statistics.current_rollups as
with zones as materialized (
  select s.time_zone, array_agg(s.service_id) as service_ids
  from org.service_settings s
  where s.service_id in (select l.service_id from statistics.touched_log l)
  group by s.time_zone
), touched as materialized (
  select t.service_id, t.group_id, g.grain, t.bucket, z.time_zone
  from zones z
  cross join (values (60), (1440), (43200)) as g (grain)
  cross join lateral statistics.touched_buckets(z.service_ids, g.grain, z.time_zone) t
), stretches as (
  select m.service_id, m.time_zone,
    array_agg(m.bucket) as from_times,
    array_agg(statistics.bucket_end(m.bucket, 43200, m.time_zone)) as to_times
  from (select distinct t.service_id, t.bucket, t.time_zone from touched t where t.grain = 43200) m
  group by m.service_id, m.time_zone
)
select r.*
from statistics.rollups r
where (r.service_id, r.group_id, greatest(r.grain, 60), case r.grain when 0 then date_bin('1 hour', r.bucket, '2000-01-01 00:00:00+00') else r.bucket end)
  not in (select t.service_id, t.group_id, t.grain, t.bucket from touched t)
union all
select f.*
from stretches s
cross join (values (0), (60), (1440), (43200)) as g (grain)
cross join lateral statistics.folded_facts(s.service_id, s.from_times, s.to_times, null, g.grain, s.time_zone) f
where (f.service_id, f.group_id, greatest(f.grain, 60), case f.grain when 0 then date_bin('1 hour', f.bucket, '2000-01-01 00:00:00+00') else f.bucket end)
  in (select t.service_id, t.group_id, t.grain, t.bucket from touched t) is true;
comment on view statistics.current_rollups is
  'The rollups, exact at every instant: those that were not touched, and those that were computed anew from the facts. Null = unknown.';
