create or replace function statistics.fold(
  p_service_ids int[],
  p_spans tstzmultirange,
  p_group_ids int[],
  p_grain int,
  p_time_zone text,
  p_from_facts boolean
)
returns bigint
language plpgsql volatile parallel unsafe
set plan_cache_mode = force_generic_plan
-- A plan made while a table was empty reads all of it again for every row, once it is full.
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  v_from timestamptz[];
  v_to timestamptz[];
  v_fresh statistics.rollups[];
  v_written bigint;
  v_gone_services int[];
  v_gone_groups int[];
  v_gone_buckets timestamptz[];
  v_gone_known int[];
begin
  select array_agg(lower(s.span) order by lower(s.span)), array_agg(upper(s.span) order by lower(s.span))
  into v_from, v_to
  from unnest(p_spans) as s (span);
  -- Two statements and an array: starting the plan over every partition costs more than most folds, days and months need none of it.
  if p_from_facts then
    select array_agg(f) into v_fresh
    from statistics.folded_facts(p_service_ids, v_from, v_to, p_group_ids, p_grain, p_time_zone) f;
  else
    select array_agg(f) into v_fresh
    from statistics.folded_rollups(p_service_ids, v_from, v_to, p_group_ids, p_grain, p_time_zone) f;
  end if;
  with written as (
    -- What is the same is left out here, not by "do update … where": that would still lock and log each row.
    -- "offset 0" keeps each comparison one probe of the primary key, however many rows the planner expects.
    insert into statistics.rollups
    select f.*
    from unnest(v_fresh) f
    left join lateral (
      select r.*
      from statistics.rollups r
      where r.service_id = f.service_id and r.group_id = f.group_id and r.grain = p_grain and r.bucket = f.bucket and r.known = f.known
      offset 0
    ) r on true
    where (r.interval_count, r.granularity_minutes,
        r.offered, r.unique_offered, r.handled, r.answered_in_threshold, r.abandoned, r.abandoned_in_5s, r.abandoned_in_threshold,
        r.failed, r.talk_seconds, r.outbound_talk_seconds, r.hold_seconds, r.wrap_seconds, r.wait_handled_seconds,
        r.wait_abandoned_seconds, r.ready_seconds, r.max_wait_handled_seconds, r.max_wait_abandoned_seconds)
      is distinct from (f.interval_count, f.granularity_minutes,
        f.offered, f.unique_offered, f.handled, f.answered_in_threshold, f.abandoned, f.abandoned_in_5s, f.abandoned_in_threshold,
        f.failed, f.talk_seconds, f.outbound_talk_seconds, f.hold_seconds, f.wrap_seconds, f.wait_handled_seconds,
        f.wait_abandoned_seconds, f.ready_seconds, f.max_wait_handled_seconds, f.max_wait_abandoned_seconds)
    on conflict (service_id, group_id, grain, bucket, known) do update set
      interval_count = excluded.interval_count,
      granularity_minutes = excluded.granularity_minutes,
      offered = excluded.offered,
      unique_offered = excluded.unique_offered,
      handled = excluded.handled,
      answered_in_threshold = excluded.answered_in_threshold,
      abandoned = excluded.abandoned,
      abandoned_in_5s = excluded.abandoned_in_5s,
      abandoned_in_threshold = excluded.abandoned_in_threshold,
      failed = excluded.failed,
      talk_seconds = excluded.talk_seconds,
      outbound_talk_seconds = excluded.outbound_talk_seconds,
      hold_seconds = excluded.hold_seconds,
      wrap_seconds = excluded.wrap_seconds,
      wait_handled_seconds = excluded.wait_handled_seconds,
      wait_abandoned_seconds = excluded.wait_abandoned_seconds,
      ready_seconds = excluded.ready_seconds,
      max_wait_handled_seconds = excluded.max_wait_handled_seconds,
      max_wait_abandoned_seconds = excluded.max_wait_abandoned_seconds
    returning 1
  )
  select (select count(*) from written), array_agg(g.service_id), array_agg(g.group_id), array_agg(g.bucket), array_agg(g.known)
  into v_written, v_gone_services, v_gone_groups, v_gone_buckets, v_gone_known
  from (
    select r.service_id, r.group_id, r.bucket, r.known
    from unnest(v_from, v_to) as s (from_time, to_time)
    cross join unnest(p_service_ids) as i (service_id)
    cross join unnest(p_group_ids) as g (group_id)
    cross join lateral (
      select r.*
      from statistics.rollups r
      where r.service_id = i.service_id and r.group_id = g.group_id and r.grain = p_grain
        and r.bucket >= s.from_time and r.bucket < s.to_time
      offset 0
    ) r
    where (r.service_id, r.group_id, r.bucket, r.known) not in (select f.service_id, f.group_id, f.bucket, f.known from unnest(v_fresh) f)
  ) g;
  if v_gone_groups is not null then
    delete from statistics.rollups r
    using unnest(v_gone_services, v_gone_groups, v_gone_buckets, v_gone_known) as g (service_id, group_id, bucket, known)
    where r.service_id = g.service_id and r.group_id = g.group_id and r.grain = p_grain and r.bucket = g.bucket and r.known = g.known;
  end if;
  return v_written + coalesce(cardinality(v_gone_groups), 0);
end
$$;
comment on function statistics.fold(int[], tstzmultirange, int[], int, text, boolean) is
  'Makes the rollups of one grain of some services true in some stretches of time, writing only what differs; returns how many rows it wrote or deleted.';
