create or replace function statistics.agent_figures(
  p_start_time timestamptz,
  p_end_time timestamptz,
  p_interval_minutes int,
  p_time_zone text,
  p_agent_ids int[],
  p_scope_ids int[],
  p_service_ids int[] default null,
  p_group_ids int[] default null
)
returns table (
  bucket_start timestamptz,
  bucket_end timestamptz,
  scope_id int,
  agent_count bigint,
  interval_count bigint,
  login_seconds bigint,
  ready_seconds bigint,
  not_ready_seconds bigint,
  talk_seconds bigint,
  hold_seconds bigint,
  wrap_seconds bigint,
  handled bigint,
  transferred bigint,
  handle_seconds bigint,
  unaccounted_seconds bigint,
  occupancy_pct double precision,
  utilization_pct double precision,
  handle_share_pct double precision,
  availability_pct double precision,
  calls_per_hour double precision,
  talk_avg_seconds double precision,
  aht_seconds double precision,
  wrap_avg_seconds double precision,
  transfer_pct double precision
)
language plpgsql stable parallel restricted
set plan_cache_mode = force_generic_plan
set max_parallel_workers_per_gather = 0
set work_mem = '64MB'
set jit = off
as $$
begin
  perform statistics.check_question(p_start_time, p_end_time, p_interval_minutes, p_time_zone, null);
  return query
  with pieces as materialized (
    select c.scope_id, p.*
    from statistics.agent_pieces(p_start_time, p_end_time, p_interval_minutes, p_time_zone, p_agent_ids, p_service_ids, p_group_ids) p
    join unnest(p_agent_ids, p_scope_ids) as c (agent_id, scope_id) on c.agent_id = p.agent_id
  ), buckets as (
    -- Local midnights are dear to find, and many pieces share a moment.
    select d.bucket, case when p_interval_minutes is null then p_start_time
      else statistics.bucket_start(d.bucket, p_interval_minutes, p_time_zone) end as bucket_start
    from (select distinct p.bucket from pieces p) d
  ), ends as (
    select d.bucket_start, case when p_interval_minutes is null then p_end_time
      else statistics.bucket_end(d.bucket_start, p_interval_minutes, p_time_zone) end as bucket_end
    from (select distinct b.bucket_start from buckets b) d
  ), summed as (
    select b.bucket_start, p.scope_id,
      count(distinct p.agent_id) as agent_count,
      sum(p.interval_count) as interval_count,
      statistics.total(p.login_seconds) as login_seconds,
      statistics.total(p.ready_seconds) as ready_seconds,
      statistics.total(p.not_ready_seconds) as not_ready_seconds,
      statistics.total(p.talk_seconds) as talk_seconds,
      statistics.total(p.hold_seconds) as hold_seconds,
      statistics.total(p.wrap_seconds) as wrap_seconds,
      statistics.total(p.handled) as handled,
      statistics.total(p.transferred) as transferred
    from pieces p
    join buckets b on b.bucket = p.bucket
    group by b.bucket_start, p.scope_id
  )
  select s.bucket_start, e.bucket_end, s.scope_id, s.agent_count, s.interval_count,
    s.login_seconds, s.ready_seconds, s.not_ready_seconds, s.talk_seconds, s.hold_seconds, s.wrap_seconds, s.handled, s.transferred,
    r.handle_seconds, r.unaccounted_seconds, r.occupancy_pct, r.utilization_pct, r.handle_share_pct, r.availability_pct, r.calls_per_hour,
    r.talk_avg_seconds, r.aht_seconds, r.wrap_avg_seconds, r.transfer_pct
  from summed s
  join ends e on e.bucket_start = s.bucket_start
  cross join lateral statistics.agent_ratios(s.login_seconds, s.ready_seconds, s.not_ready_seconds, s.talk_seconds, s.hold_seconds,
    s.wrap_seconds, s.handled, s.transferred) r
  order by s.bucket_start, s.scope_id;
end
$$;
comment on function statistics.agent_figures(timestamptz, timestamptz, int, text, int[], int[], int[], int[]) is
  'The figures of agents by bucket: sums, and the ratios that agent_ratios makes of them. Each agent counts for the scope beside it: itself, a team, everybody. p_interval_minutes null = one row for the whole stretch; p_service_ids null = all, and time for none in particular.';
