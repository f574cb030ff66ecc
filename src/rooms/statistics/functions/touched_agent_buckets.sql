create or replace function statistics.touched_agent_buckets(
  p_agent_ids int[],
  p_service_ids int[],
  p_grains int[],
  p_from timestamptz[],
  p_to timestamptz[],
  p_time_zone text
)
returns table (agent_id int, service_id int, grain int, bucket timestamptz)
language sql stable parallel safe
as $$
  with stretches as (
    select s.grain, s.from_time, s.to_time
    from unnest(p_grains, p_from, p_to) as s (grain, from_time, to_time)
  ), logged as (
    select distinct l.agent_id, l.service_id, l.bucket, l.hour_count
    from statistics.agent_touched_log l
    where l.agent_id = any (p_agent_ids) and l.service_id = any (p_service_ids)
      and l.bucket < (select max(s.to_time) from stretches s)
      and l.bucket > (select min(s.from_time) from stretches s) - interval '32 days'
  ), buckets as (
    -- An hour (UTC) can reach into two days where the zone is not whole hours from UTC: both of its ends are asked.
    select distinct d.bucket as logged_at, d.hour_count, g.grain,
      case g.grain when 60 then h.hour else statistics.bucket_start(h.hour + e.part, g.grain, p_time_zone) end as bucket
    from (select distinct l.bucket, l.hour_count from logged l) d
    cross join generate_series(0, d.hour_count - 1) as n (place)
    cross join lateral (select d.bucket + n.place * interval '1 hour' as hour) h
    cross join (select distinct s.grain from stretches s) g
    join (values (interval '0'), (interval '59 minutes')) as e (part) on g.grain > 60 or e.part = interval '0'
  )
  select distinct l.agent_id, l.service_id, b.grain, b.bucket
  from logged l
  join buckets b on b.logged_at = l.bucket and b.hour_count = l.hour_count
  join stretches s on s.grain = b.grain and b.bucket >= s.from_time and b.bucket < s.to_time
$$;
comment on function statistics.touched_agent_buckets(int[], int[], int[], timestamptz[], timestamptz[], text) is
  'Hours (UTC), days and months (in a zone) of agents whose rollups may be stale, in some stretches of time of one grain each.';
