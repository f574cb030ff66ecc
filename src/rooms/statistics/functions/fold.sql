create or replace function statistics.fold(
  p_service_id int,
  p_spans tstzmultirange,
  p_group_ids int[],
  p_grain int,
  p_time_zone text,
  p_from_facts boolean
)
returns bigint
language plpgsql volatile parallel unsafe
set jit = off
as $$
declare
  v_from timestamptz[];
  v_to timestamptz[];
  v_written bigint;
begin
  select array_agg(lower(s.span) order by lower(s.span)), array_agg(upper(s.span) order by lower(s.span))
  into v_from, v_to
  from unnest(p_spans) as s (span);
  with fresh as materialized (
    select f.*
    from statistics.folded_facts(p_service_id, v_from, v_to, p_group_ids, p_grain, p_time_zone) f
    where p_from_facts
    union all
    select f.*
    from statistics.folded_rollups(p_service_id, v_from, v_to, p_group_ids, p_grain, p_time_zone) f
    where not p_from_facts
  ), gone as (
    delete from statistics.rollups r
    using unnest(v_from, v_to) as s (from_time, to_time), unnest(p_group_ids) as g (group_id)
    where r.service_id = p_service_id and r.group_id = g.group_id and r.grain = p_grain
      and r.bucket >= s.from_time and r.bucket < s.to_time
      and (r.group_id, r.bucket, r.known) not in (select f.group_id, f.bucket, f.known from fresh f)
    returning 1
  ), written as (
    -- What is the same is left out here, not by "do update … where": that would still lock and log each row.
    insert into statistics.rollups
    select f.*
    from fresh f
    where not exists (
      select
      from statistics.rollups r
      where r.service_id = p_service_id and r.group_id = f.group_id and r.grain = p_grain and r.bucket = f.bucket and r.known = f.known
        and (r.interval_count, r.granularity_minutes,
          r.offered, r.unique_offered, r.handled, r.answered_in_threshold, r.abandoned, r.abandoned_in_5s,
          r.abandoned_in_threshold, r.failed, r.talk_seconds, r.outbound_talk_seconds, r.hold_seconds, r.wrap_seconds,
          r.wait_handled_seconds, r.wait_abandoned_seconds, r.ready_seconds, r.max_wait_handled_seconds,
          r.max_wait_abandoned_seconds)
        is not distinct from (f.interval_count, f.granularity_minutes,
          f.offered, f.unique_offered, f.handled, f.answered_in_threshold, f.abandoned, f.abandoned_in_5s,
          f.abandoned_in_threshold, f.failed, f.talk_seconds, f.outbound_talk_seconds, f.hold_seconds, f.wrap_seconds,
          f.wait_handled_seconds, f.wait_abandoned_seconds, f.ready_seconds, f.max_wait_handled_seconds,
          f.max_wait_abandoned_seconds))
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
  select (select count(*) from gone) + (select count(*) from written) into v_written;
  return v_written;
end
$$;
comment on function statistics.fold(int, tstzmultirange, int[], int, text, boolean) is
  'Makes the rollups of one grain true in some stretches of time, writing only what differs; returns how many rows it wrote or deleted.';
