create or replace function statistics.agent_pieces(
  p_start_time timestamptz,
  p_end_time timestamptz,
  p_interval_minutes int,
  p_time_zone text,
  p_agent_ids int[],
  p_service_ids int[],
  p_group_ids int[]
)
returns table (
  agent_id int,
  service_id int,
  group_id int,
  bucket timestamptz,
  interval_count int,
  login_seconds bigint,
  ready_seconds bigint,
  not_ready_seconds bigint,
  talk_seconds bigint,
  hold_seconds bigint,
  wrap_seconds bigint,
  handled bigint,
  transferred bigint
)
language plpgsql stable parallel safe
set plan_cache_mode = force_generic_plan
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  v_known int[];
  v_zone text;
  v_ids int[];
  v_grains int[];
  v_from timestamptz[];
  v_to timestamptz[];
  v_bounds record;
begin
  -- A zone whose days are not those that are asked is read by the hour: only zones in which these agents did anything. Every row is in
  -- a month or in the log.
  select coalesce(array_agg(distinct k.service_id), '{}') into v_known
  from (
    select r.service_id
    from statistics.agent_rollups r
    where r.agent_id = any (p_agent_ids) and r.grain = 43200 and r.bucket > p_start_time - interval '32 days' and r.bucket < p_end_time
    union all
    select l.service_id
    from statistics.agent_touched_log l
    where l.agent_id = any (p_agent_ids) and l.bucket > p_start_time - interval '32 days' and l.bucket < p_end_time
  ) k;
  for v_zone, v_ids in
    select z.time_zone, array_agg(z.service_id)
    from (
      select s.service_id, s.time_zone from org.service_settings s
      union all
      select 0, 'UTC'
    ) z
    where z.service_id = any (v_known) and (p_service_ids is null or z.service_id = any (p_service_ids))
    group by z.time_zone
  loop
    v_bounds := statistics.bucket_bounds(p_start_time, p_end_time, p_interval_minutes, p_time_zone, v_zone);
    select array_agg(e.grain), array_agg(e.from_time), array_agg(e.to_time)
    into v_grains, v_from, v_to
    from (
      values (43200, v_bounds.month_from, v_bounds.month_to),
        (1440, v_bounds.day_from, v_bounds.month_from), (1440, v_bounds.month_to, v_bounds.day_to),
        (60, v_bounds.hour_from, v_bounds.day_from), (60, v_bounds.day_to, v_bounds.hour_to)
    ) as e (grain, from_time, to_time)
    where e.from_time < e.to_time;
    -- Starting the plan over every partition costs more than most answers: rollups alone are asked without it.
    if v_grains is not null then
      return query
      select r.agent_id, r.service_id, r.group_id, r.bucket, r.interval_count, r.login_seconds, r.ready_seconds, r.not_ready_seconds,
        r.talk_seconds, r.hold_seconds, r.wrap_seconds, r.handled, r.transferred
      from unnest(v_grains, v_from, v_to) as e (grain, from_time, to_time)
      cross join lateral (
        select r.*
        from statistics.agent_rollups r
        where r.agent_id = any (p_agent_ids) and r.grain = e.grain and r.bucket >= e.from_time and r.bucket < e.to_time
        offset 0
      ) r
      where r.service_id = any (v_ids)
        and (p_group_ids is null or r.group_id = any (p_group_ids))
        and (r.agent_id, r.service_id, r.grain, r.bucket) not in (
          select t.agent_id, t.service_id, t.grain, t.bucket
          from statistics.touched_agent_buckets(p_agent_ids, v_ids, v_grains, v_from, v_to, v_zone) t);
    end if;
    if p_start_time < v_bounds.hour_from or v_bounds.hour_to < p_end_time or exists (
      select from statistics.agent_touched_log l where l.bucket < p_end_time and l.bucket > p_start_time - interval '32 days'
    ) then
      return query
      select f.agent_id, f.service_id, f.group_id, f.interval_start_time, 1, f.login_seconds::bigint, f.ready_seconds::bigint,
        f.not_ready_seconds::bigint, f.talk_seconds::bigint, f.hold_seconds::bigint, f.wrap_seconds::bigint, f.handled::bigint,
        f.transferred::bigint
      from (
        select a.agent_id, null::int as service_id, e.from_time, e.to_time
        from unnest(p_agent_ids) as a (agent_id)
        cross join (values (p_start_time, v_bounds.hour_from), (v_bounds.hour_to, p_end_time)) as e (from_time, to_time)
        where e.from_time < e.to_time
        union all
        select t.agent_id, t.service_id, t.bucket,
          case t.grain when 60 then t.bucket + interval '1 hour' else statistics.bucket_end(t.bucket, t.grain, v_zone) end
        from statistics.touched_agent_buckets(p_agent_ids, v_ids, v_grains, v_from, v_to, v_zone) t
      ) b
      cross join lateral (
        select f.*
        from statistics.agent_activity f
        where f.agent_id = b.agent_id and f.interval_start_time >= b.from_time and f.interval_start_time < b.to_time
        offset 0
      ) f
      where f.service_id = any (v_ids)
        and (b.service_id is null or f.service_id = b.service_id)
        and (p_group_ids is null or f.group_id = any (p_group_ids));
    end if;
  end loop;
end
$$;
comment on function statistics.agent_pieces(timestamptz, timestamptz, int, text, int[], int[], int[]) is
  'What adds up to the figures of agents: each piece from the coarsest rollup that lies inside one bucket and is not touched, the rest from the rows.';
