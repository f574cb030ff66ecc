create or replace function statistics.counted_rows(
  p_service_ids int[],
  p_from timestamptz[],
  p_to timestamptz[],
  p_group_ids int[],
  p_first timestamptz,
  p_last timestamptz
)
returns table (
  service_id int,
  group_id int,
  source_id int,
  interval_start_time timestamptz,
  interval_minutes smallint,
  known int,
  offered int,
  unique_offered int,
  handled int,
  answered_in_threshold int,
  abandoned int,
  abandoned_in_5s int,
  abandoned_in_threshold int,
  failed int,
  talk_seconds bigint,
  outbound_talk_seconds bigint,
  hold_seconds bigint,
  wrap_seconds bigint,
  wait_handled_seconds bigint,
  wait_abandoned_seconds bigint,
  ready_seconds bigint,
  max_wait_handled_seconds int,
  max_wait_abandoned_seconds int
)
language sql stable parallel safe
as $$
  -- All stretches lie between p_first and p_last: known before the plan starts, they leave out the other months' partitions.
  with stretches as (
    select t.service_id, t.from_time, t.to_time,
      -- Rows that reach over an hour's edge can be beaten by, or beat, a row of the next hour.
      case when o.service_id is null then interval '0' else interval '45 minutes' end as pad
    from unnest(p_service_ids, p_from, p_to) as t (service_id, from_time, to_time)
    left join statistics.off_hour_services o on o.service_id = t.service_id
  ), members as materialized (
    select s.service_id, s.source_id, s.group_id, s.valid_from, s.valid_to,
      array_position(v.kind_precedence, s.kind) * 2 + (s.external_name <> '')::int as service_rank,
      array_position(v.kind_precedence, s.kind) * 2 as group_rank
    from org.source_spans s
    join org.service_settings v on v.service_id = s.service_id
    where s.service_id = any (p_service_ids)
      and (p_group_ids is null or 0 = any (p_group_ids) or s.group_id = any (p_group_ids))
  ), service_contests as (
    select m.service_id
    from members m
    group by m.service_id
    having min(m.service_rank) < max(m.service_rank)
  ), group_contests as (
    select m.service_id, m.group_id
    from members m
    group by m.service_id, m.group_id
    having min(m.group_rank) < max(m.group_rank)
  ), places as materialized (
    -- A source counts for its service and, if it has a name, for a queue. Where all have one rank nothing can be beaten.
    select m.service_id, m.source_id, m.valid_from, m.valid_to, 0 as group_id, m.service_rank as rank,
      m.service_id in (select c.service_id from service_contests c) as is_contested
    from members m
    where p_group_ids is null or 0 = any (p_group_ids)
    union all
    select m.service_id, m.source_id, m.valid_from, m.valid_to, m.group_id, m.group_rank,
      (m.service_id, m.group_id) in (select c.service_id, c.group_id from group_contests c)
    from members m
    where m.group_id <> 0 and (p_group_ids is null or m.group_id = any (p_group_ids))
  ), candidates as materialized (
    select p.service_id, p.group_id, p.rank, f.interval_start_time >= st.from_time and f.interval_start_time < st.to_time as is_asked,
      f.source_id, f.interval_start_time, f.interval_minutes, f.known,
      f.offered, f.unique_offered, f.handled, f.answered_in_threshold, f.abandoned, f.abandoned_in_5s, f.abandoned_in_threshold,
      f.failed, f.talk_seconds, f.outbound_talk_seconds, f.hold_seconds, f.wrap_seconds, f.wait_handled_seconds,
      f.wait_abandoned_seconds, f.ready_seconds, f.max_wait_handled_seconds, f.max_wait_abandoned_seconds
    from stretches st
    join places p on p.service_id = st.service_id and p.is_contested
    cross join lateral (
      select f.*, statistics.known_columns(f) as known
      from statistics.contact_statistics f
      where f.service_id = p.service_id and f.source_id = p.source_id
        and f.interval_start_time >= p_first - interval '45 minutes' and f.interval_start_time < p_last + interval '45 minutes'
        and f.interval_start_time >= greatest(st.from_time - st.pad, p.valid_from)
        and f.interval_start_time < least(st.to_time + st.pad, p.valid_to)
      offset 0
    ) f
  ), best as materialized (
    select c.service_id, c.group_id, c.interval_start_time + n.place * interval '15 minutes' as quarter, min(c.rank) as rank
    from candidates c
    join (values (0), (1), (2), (3)) as n (place) on n.place * 15 < c.interval_minutes
    group by 1, 2, 3
  )
  select f.service_id, p.group_id, f.source_id, f.interval_start_time, f.interval_minutes, f.known,
    f.offered, f.unique_offered, f.handled, f.answered_in_threshold, f.abandoned, f.abandoned_in_5s, f.abandoned_in_threshold,
    f.failed, f.talk_seconds, f.outbound_talk_seconds, f.hold_seconds, f.wrap_seconds, f.wait_handled_seconds,
    f.wait_abandoned_seconds, f.ready_seconds, f.max_wait_handled_seconds, f.max_wait_abandoned_seconds
  from stretches st
  join places p on p.service_id = st.service_id and not p.is_contested
  cross join lateral (
    select f.*, statistics.known_columns(f) as known
    from statistics.contact_statistics f
    where f.service_id = p.service_id and f.source_id = p.source_id
      and f.interval_start_time >= p_first and f.interval_start_time < p_last
      and f.interval_start_time >= greatest(st.from_time, p.valid_from)
      and f.interval_start_time < least(st.to_time, p.valid_to)
    offset 0
  ) f
  union all
  -- "in (…) is true" keeps the planner from turning a hash lookup into a nested loop over a set that it underestimates.
  select c.service_id, c.group_id, c.source_id, c.interval_start_time, c.interval_minutes, c.known,
    c.offered, c.unique_offered, c.handled, c.answered_in_threshold, c.abandoned, c.abandoned_in_5s, c.abandoned_in_threshold,
    c.failed, c.talk_seconds, c.outbound_talk_seconds, c.hold_seconds, c.wrap_seconds, c.wait_handled_seconds,
    c.wait_abandoned_seconds, c.ready_seconds, c.max_wait_handled_seconds, c.max_wait_abandoned_seconds
  from candidates c
  where c.is_asked
    and (c.service_id, c.group_id, c.interval_start_time, c.rank) in (select b.service_id, b.group_id, b.quarter, b.rank from best b) is true
    and (c.interval_minutes = 15
      or (c.service_id, c.group_id, c.interval_start_time + interval '15 minutes', c.rank)
        in (select b.service_id, b.group_id, b.quarter, b.rank from best b) is true)
    and (c.interval_minutes < 60
      or ((c.service_id, c.group_id, c.interval_start_time + interval '30 minutes', c.rank)
          in (select b.service_id, b.group_id, b.quarter, b.rank from best b) is true
        and (c.service_id, c.group_id, c.interval_start_time + interval '45 minutes', c.rank)
          in (select b.service_id, b.group_id, b.quarter, b.rank from best b) is true))
$$;
comment on function statistics.counted_rows(int[], timestamptz[], timestamptz[], int[], timestamptz, timestamptz) is
  'The facts that count, once per scope (queue 0 = the service itself), in stretches of time of services: no row of a better rank overlaps them.';
