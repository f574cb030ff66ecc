create or replace function statistics.fold_agents(
  p_agent_ids int[],
  p_service_ids int[],
  p_from timestamptz[],
  p_to timestamptz[],
  p_grain int,
  p_time_zone text,
  p_from_facts boolean
)
returns bigint
language plpgsql volatile parallel unsafe
set plan_cache_mode = force_generic_plan
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  v_written bigint;
begin
  with spans as (
    select s.agent_id, s.service_id, s.from_time, s.to_time
    from unnest(p_agent_ids, p_service_ids, p_from, p_to) as s (agent_id, service_id, from_time, to_time)
  ), parts as (
    select f.agent_id, f.service_id, f.group_id, f.interval_start_time as moment, 1 as interval_count,
      f.login_seconds::bigint, f.ready_seconds::bigint, f.not_ready_seconds::bigint, f.talk_seconds::bigint, f.hold_seconds::bigint,
      f.wrap_seconds::bigint, f.handled::bigint, f.transferred::bigint
    from spans s
    cross join lateral (
      select a.*
      from statistics.agent_activity a
      where a.agent_id = s.agent_id and a.interval_start_time >= s.from_time and a.interval_start_time < s.to_time
        and a.service_id = s.service_id
      offset 0
    ) f
    where p_from_facts
    union all
    select r.agent_id, r.service_id, r.group_id, r.bucket, r.interval_count, r.login_seconds, r.ready_seconds, r.not_ready_seconds,
      r.talk_seconds, r.hold_seconds, r.wrap_seconds, r.handled, r.transferred
    from spans s
    cross join lateral (
      select a.*
      from statistics.agent_rollups a
      where a.agent_id = s.agent_id and a.grain = case p_grain when 43200 then 1440 else 60 end
        and a.bucket >= s.from_time and a.bucket < s.to_time and a.service_id = s.service_id
      offset 0
    ) r
    where not p_from_facts
  ), buckets as (
    -- Local midnights are dear to find, and many rows share one.
    select d.moment, statistics.bucket_start(d.moment, p_grain, p_time_zone) as bucket
    from (select distinct p.moment from parts p) d
  ), fresh as materialized (
    select p.agent_id, p.service_id, p.group_id, b.bucket, sum(p.interval_count)::int as interval_count,
      statistics.total(p.login_seconds) as login_seconds, statistics.total(p.ready_seconds) as ready_seconds,
      statistics.total(p.not_ready_seconds) as not_ready_seconds, statistics.total(p.talk_seconds) as talk_seconds,
      statistics.total(p.hold_seconds) as hold_seconds, statistics.total(p.wrap_seconds) as wrap_seconds,
      statistics.total(p.handled) as handled, statistics.total(p.transferred) as transferred
    from parts p
    join buckets b on b.moment = p.moment
    group by p.agent_id, p.service_id, p.group_id, b.bucket
  ), written as (
    insert into statistics.agent_rollups as r (agent_id, service_id, group_id, grain, bucket, interval_count, login_seconds, ready_seconds,
      not_ready_seconds, talk_seconds, hold_seconds, wrap_seconds, handled, transferred)
    select f.agent_id, f.service_id, f.group_id, p_grain, f.bucket, f.interval_count, f.login_seconds, f.ready_seconds, f.not_ready_seconds,
      f.talk_seconds, f.hold_seconds, f.wrap_seconds, f.handled, f.transferred
    from fresh f
    left join lateral (
      select o.*
      from statistics.agent_rollups o
      where o.agent_id = f.agent_id and o.grain = p_grain and o.bucket = f.bucket and o.service_id = f.service_id and o.group_id = f.group_id
      offset 0
    ) o on true
    where (f.interval_count, f.login_seconds, f.ready_seconds, f.not_ready_seconds, f.talk_seconds, f.hold_seconds, f.wrap_seconds, f.handled,
        f.transferred) is distinct from
      (o.interval_count, o.login_seconds, o.ready_seconds, o.not_ready_seconds, o.talk_seconds, o.hold_seconds, o.wrap_seconds, o.handled,
        o.transferred)
    on conflict (agent_id, grain, bucket, service_id, group_id) do update set
      interval_count = excluded.interval_count, login_seconds = excluded.login_seconds, ready_seconds = excluded.ready_seconds,
      not_ready_seconds = excluded.not_ready_seconds, talk_seconds = excluded.talk_seconds, hold_seconds = excluded.hold_seconds,
      wrap_seconds = excluded.wrap_seconds, handled = excluded.handled, transferred = excluded.transferred
    returning 1
  ), gone as (
    delete from statistics.agent_rollups r
    using spans s
    where r.agent_id = s.agent_id and r.service_id = s.service_id and r.grain = p_grain and r.bucket >= s.from_time and r.bucket < s.to_time
      and (r.agent_id, r.service_id, r.group_id, r.bucket) not in (select f.agent_id, f.service_id, f.group_id, f.bucket from fresh f)
    returning 1
  )
  select (select count(*) from written) + (select count(*) from gone) into v_written;
  return v_written;
end
$$;
comment on function statistics.fold_agents(int[], int[], timestamptz[], timestamptz[], int, text, boolean) is
  'Makes the rollups of one grain of agents true in some stretches of time, which hold its buckets whole, writing only what differs; returns how many rows it wrote or deleted.';
