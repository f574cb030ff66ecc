create or replace function statistics.pieces(
  p_start_time timestamptz,
  p_end_time timestamptz,
  p_interval_minutes int,
  p_time_zone text,
  p_service_ids int[],
  p_group_ids int[],
  p_by text
)
returns table (
  service_id int,
  group_id int,
  bucket_start timestamptz,
  time_zone text,
  interval_count int,
  granularity_minutes smallint,
  offered bigint,
  unique_offered bigint,
  handled bigint,
  answered_in_threshold bigint,
  abandoned bigint,
  abandoned_in_5s bigint,
  abandoned_in_threshold bigint,
  failed bigint,
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
-- How it is planned, figures() sets, once for both.
language plpgsql stable parallel safe
as $$
declare
  v_service_zone text;
  v_zone text;
  v_ids int[];
  v_single_ids int[];
  v_is_own boolean;
  v_is_rolled boolean;
  v_is_touched boolean;
  v_services int[];
  v_groups int[];
  v_bounds record;
  v_is_plain boolean;
  v_stride interval;
  v_origin timestamptz;
  v_touched record;
  v_base_ids int[];
  v_from_times timestamptz[];
  v_to_times timestamptz[];
  v_base_groups int[];
begin
  for v_service_zone, v_ids, v_single_ids in
    select z.time_zone, array_agg(z.service_id), coalesce(array_agg(z.service_id) filter (where z.source_count = 1), '{}')
    from (
      select s.time_zone, s.service_id,
        (select count(*) from (select from org.source_names n where n.service_id = s.service_id limit 2) n) as source_count
      from org.service_settings s
      where s.service_id = any (p_service_ids)
    ) z
    group by z.time_zone
  loop
    v_zone := coalesce(p_time_zone, v_service_zone);
    v_bounds := statistics.bucket_bounds(p_start_time, p_end_time, p_interval_minutes, v_zone, v_service_zone);
    -- Where all midnights lie on one grid, a bucket is one division away.
    v_is_plain := p_interval_minutes < 1440 and (30 % p_interval_minutes = 0 or (p_interval_minutes = 60 and v_bounds.has_hours));
    v_stride := make_interval(mins => least(p_interval_minutes, 1440));
    -- Before standard time clocks differed by odd minutes and seconds: a period that begins then has the midnights of today's figures.
    v_origin := statistics.local_day(greatest(p_start_time, '2000-01-01 00:00:00+00'), v_zone);
    if p_group_ids is null and p_by is distinct from 'queue' then
      v_services := v_ids;
      v_groups := array_fill(0, array[cardinality(v_ids)]);
    else
      select array_agg(k.service_id), array_agg(k.group_id)
      into v_services, v_groups
      from statistics.scopes(v_ids, p_group_ids, p_by) k;
      continue when v_services is null;
    end if;
    -- Facts of a single source are the service's intervals: nothing beats them, and no rollup repeats them.
    v_is_own := v_services <@ v_single_ids and 0 = all (v_groups);
    v_is_rolled := v_bounds.has_hours or v_bounds.has_days or not v_is_own;
    v_is_touched := false;
    if v_is_rolled then
      v_touched := statistics.touched(v_ids, v_service_zone, p_start_time, p_end_time);
      v_is_touched := v_touched.is_touched;
    end if;

    -- "offset 0" keeps each probe of the primary key a probe: the planner cannot know how few keys are asked.
    if v_bounds.month_from < v_bounds.month_to then
      return query
      select r.service_id, r.group_id, coalesce(case when p_interval_minutes = 43200 then r.bucket end, p_start_time), v_zone,
        r.interval_count, r.granularity_minutes,
        r.offered, r.unique_offered, r.handled, r.answered_in_threshold, r.abandoned, r.abandoned_in_5s, r.abandoned_in_threshold,
        r.failed, r.talk_seconds, r.outbound_talk_seconds, r.hold_seconds, r.wrap_seconds, r.wait_handled_seconds,
        r.wait_abandoned_seconds, r.ready_seconds, r.max_wait_handled_seconds, r.max_wait_abandoned_seconds
      from unnest(v_services, v_groups) as k (service_id, group_id)
      cross join lateral (
        select r.*
        from statistics.rollups r
        where r.service_id = k.service_id and r.group_id = k.group_id and r.grain = 43200
          and r.bucket >= v_bounds.month_from and r.bucket < v_bounds.month_to
        offset 0
      ) r
      where not v_is_touched
        or (r.service_id, r.group_id, r.bucket) not in (
          select * from unnest(v_touched.month_services, v_touched.month_groups, v_touched.months));
    end if;

    if v_bounds.has_days and (v_is_touched or v_bounds.day_from < v_bounds.month_from or v_bounds.month_to < v_bounds.day_to) then
      return query
      select r.service_id, r.group_id,
        case
          when p_interval_minutes is null then p_start_time
          when p_interval_minutes = 1440 then r.bucket
          else statistics.bucket_start(r.bucket, p_interval_minutes, v_zone)
        end,
        v_zone, r.interval_count, r.granularity_minutes,
        r.offered, r.unique_offered, r.handled, r.answered_in_threshold, r.abandoned, r.abandoned_in_5s, r.abandoned_in_threshold,
        r.failed, r.talk_seconds, r.outbound_talk_seconds, r.hold_seconds, r.wrap_seconds, r.wait_handled_seconds,
        r.wait_abandoned_seconds, r.ready_seconds, r.max_wait_handled_seconds, r.max_wait_abandoned_seconds
      from (values
        (v_bounds.day_from, case when v_is_touched then v_bounds.day_to else v_bounds.month_from end),
        (case when v_is_touched then v_bounds.day_to else v_bounds.month_to end, v_bounds.day_to)
      ) as e (from_time, to_time)
      cross join unnest(v_services, v_groups) as k (service_id, group_id)
      cross join lateral (
        select r.*
        from statistics.rollups r
        where r.service_id = k.service_id and r.group_id = k.group_id and r.grain = 1440
          and r.bucket >= e.from_time and r.bucket < e.to_time
        offset 0
      ) r
      where not v_is_touched
        or (
          (r.service_id, r.group_id, r.bucket) not in (
            select * from unnest(v_touched.day_services, v_touched.day_groups, v_touched.days))
          and (r.bucket < v_bounds.month_from or r.bucket >= v_bounds.month_to
            or (r.service_id, r.group_id, statistics.bucket_start(r.bucket, 43200, v_service_zone)) in (
              select * from unnest(v_touched.month_services, v_touched.month_groups, v_touched.months)) is true));
    end if;

    if v_bounds.has_hours and (v_is_touched or v_bounds.hour_from < v_bounds.day_from or v_bounds.day_to < v_bounds.hour_to) then
      return query
      select r.service_id, r.group_id,
        case
          when p_interval_minutes is null then p_start_time
          when v_is_plain then r.bucket
          else statistics.bucket_start(r.bucket, p_interval_minutes, v_zone)
        end,
        v_zone, r.interval_count, r.granularity_minutes,
        r.offered, r.unique_offered, r.handled, r.answered_in_threshold, r.abandoned, r.abandoned_in_5s, r.abandoned_in_threshold,
        r.failed, r.talk_seconds, r.outbound_talk_seconds, r.hold_seconds, r.wrap_seconds, r.wait_handled_seconds,
        r.wait_abandoned_seconds, r.ready_seconds, r.max_wait_handled_seconds, r.max_wait_abandoned_seconds
      from (values
        (v_bounds.hour_from, case when v_is_touched then v_bounds.hour_to else v_bounds.day_from end),
        (case when v_is_touched then v_bounds.hour_to else v_bounds.day_to end, v_bounds.hour_to)
      ) as e (from_time, to_time)
      cross join unnest(v_services, v_groups) as k (service_id, group_id)
      cross join lateral (
        select r.*
        from statistics.rollups r
        where r.service_id = k.service_id and r.group_id = k.group_id and r.grain = 60
          and r.bucket >= e.from_time and r.bucket < e.to_time
        offset 0
      ) r
      where not v_is_touched
        or (
          (r.service_id, r.group_id, r.bucket) not in (
            select * from unnest(v_touched.hour_services, v_touched.hour_groups, v_touched.hours))
          and (r.bucket < v_bounds.day_from or r.bucket >= v_bounds.day_to
            or (r.service_id, r.group_id, statistics.local_day(r.bucket, v_service_zone)) in (
              select * from unnest(v_touched.day_services, v_touched.day_groups, v_touched.days)) is true));
    end if;

    if p_start_time < v_bounds.hour_from or v_bounds.hour_to < p_end_time or v_is_touched then
      if not v_is_own and (p_start_time < v_bounds.hour_from or v_bounds.hour_to < p_end_time) then
        return query
        select r.service_id, r.group_id,
          case
            when p_interval_minutes is null then p_start_time
            when v_is_plain then date_bin(v_stride, r.bucket, v_origin)
            else statistics.bucket_start(r.bucket, p_interval_minutes, v_zone)
          end,
          v_zone, r.interval_count, r.granularity_minutes,
          r.offered, r.unique_offered, r.handled, r.answered_in_threshold, r.abandoned, r.abandoned_in_5s,
          r.abandoned_in_threshold, r.failed, r.talk_seconds, r.outbound_talk_seconds, r.hold_seconds, r.wrap_seconds,
          r.wait_handled_seconds, r.wait_abandoned_seconds, r.ready_seconds, r.max_wait_handled_seconds,
          r.max_wait_abandoned_seconds
        from (values (p_start_time, v_bounds.hour_from), (v_bounds.hour_to, p_end_time)) as e (from_time, to_time)
        cross join unnest(v_services, v_groups) as k (service_id, group_id)
        cross join lateral (
          select r.*
          from statistics.rollups r
          where r.service_id = k.service_id and r.group_id = k.group_id and r.grain = 0
            and r.bucket >= e.from_time and r.bucket < e.to_time
          offset 0
        ) r
        where k.group_id = 0
          and k.service_id <> all (v_single_ids)
          and (not v_is_touched
            or (r.service_id, r.group_id, date_bin('1 hour', r.bucket, '2000-01-01 00:00:00+00')) not in (
              select * from unnest(v_touched.hour_services, v_touched.hour_groups, v_touched.hours)));
      end if;

      -- What no rollup can say is read from the facts: beyond whole hours, and what was touched since.
      if v_is_rolled then
        select b.service_ids, b.from_times, b.to_times, b.group_ids
        into v_base_ids, v_from_times, v_to_times, v_base_groups
        from statistics.base_stretches(p_start_time, p_end_time, v_services, v_groups, v_single_ids,
          v_bounds.hour_from, v_bounds.hour_to, v_bounds.has_hours, v_service_zone, v_is_touched) b;
      else
        v_base_ids := v_services;
        v_from_times := array_fill(p_start_time, array[cardinality(v_services)]);
        v_to_times := array_fill(p_end_time, array[cardinality(v_services)]);
      end if;
      if v_base_ids is not null and v_is_own then
        return query
        select c.service_id, 0,
          case
            when p_interval_minutes is null then p_start_time
            when v_is_plain then date_bin(v_stride, c.interval_start_time, v_origin)
            else statistics.bucket_start(c.interval_start_time, p_interval_minutes, v_zone)
          end,
          v_zone, 1, c.interval_minutes,
          c.offered::bigint, c.unique_offered::bigint, c.handled::bigint, c.answered_in_threshold::bigint, c.abandoned::bigint,
          c.abandoned_in_5s::bigint, c.abandoned_in_threshold::bigint, c.failed::bigint, c.talk_seconds, c.outbound_talk_seconds,
          c.hold_seconds, c.wrap_seconds, c.wait_handled_seconds, c.wait_abandoned_seconds, c.ready_seconds,
          c.max_wait_handled_seconds, c.max_wait_abandoned_seconds
        from unnest(v_base_ids, v_from_times, v_to_times) as t (service_id, from_time, to_time)
        join org.source_names n on n.service_id = t.service_id
        cross join lateral (
          select f.*
          from statistics.contact_statistics f
          where f.service_id = t.service_id and f.source_id = n.source_id
            and f.interval_start_time >= p_start_time and f.interval_start_time < p_end_time
            and f.interval_start_time >= t.from_time and f.interval_start_time < t.to_time
          offset 0
        ) c;
      elsif v_base_ids is not null then
        return query
        select c.service_id, c.group_id,
          case
            when p_interval_minutes is null then p_start_time
            when v_is_plain then date_bin(v_stride, c.interval_start_time, v_origin)
            else statistics.bucket_start(c.interval_start_time, p_interval_minutes, v_zone)
          end,
          v_zone, 1, c.interval_minutes,
          c.offered::bigint, c.unique_offered::bigint, c.handled::bigint, c.answered_in_threshold::bigint, c.abandoned::bigint,
          c.abandoned_in_5s::bigint, c.abandoned_in_threshold::bigint, c.failed::bigint, c.talk_seconds, c.outbound_talk_seconds,
          c.hold_seconds, c.wrap_seconds, c.wait_handled_seconds, c.wait_abandoned_seconds, c.ready_seconds,
          c.max_wait_handled_seconds, c.max_wait_abandoned_seconds
        from statistics.counted_rows(v_base_ids, v_from_times, v_to_times, v_base_groups, p_start_time, p_end_time) c
        where (c.service_id, c.group_id) in (select k.service_id, k.group_id from unnest(v_services, v_groups) as k (service_id, group_id)) is true
          and case
            when c.interval_start_time >= v_bounds.hour_from and c.interval_start_time < v_bounds.hour_to and not v_bounds.has_hours
              then (c.service_id, c.group_id, statistics.local_day(c.interval_start_time, v_service_zone)) in (
                select * from unnest(v_touched.day_services, v_touched.day_groups, v_touched.days)) is true
            when (c.interval_start_time < v_bounds.hour_from or c.interval_start_time >= v_bounds.hour_to)
              and (c.group_id <> 0 or c.service_id = any (v_single_ids))
              then true
            else (c.service_id, c.group_id, date_bin('1 hour', c.interval_start_time, '2000-01-01 00:00:00+00')) in (
              select * from unnest(v_touched.hour_services, v_touched.hour_groups, v_touched.hours)) is true
          end;
      end if;
    end if;
  end loop;
end
$$;
comment on function statistics.pieces(timestamptz, timestamptz, int, text, int[], int[], text) is
  'What adds up to the figures of a stretch of time: each piece from the coarsest rollup that lies inside one bucket and is not touched, the rest from the facts.';
