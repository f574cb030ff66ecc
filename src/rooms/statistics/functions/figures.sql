create or replace function statistics.figures(
  p_start_time timestamptz,
  p_end_time timestamptz,
  p_interval_minutes int default null,
  p_time_zone text default null,
  p_service_ids int[] default null,
  p_group_ids int[] default null,
  p_by text default null
)
returns table (
  bucket_start timestamptz,
  bucket_end timestamptz,
  service_id int,
  group_id int,
  interval_count bigint,
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
  max_wait_abandoned_seconds int,
  service_level_pct double precision,
  service_level_variant text,
  service_level_of_handled_pct double precision,
  handled_pct double precision,
  handled_less_short_abandons_pct double precision,
  abandonment_pct double precision,
  aht_seconds double precision,
  aht_without_wrap_seconds double precision,
  talk_avg_seconds double precision,
  wrap_avg_seconds double precision,
  asa_seconds double precision,
  wait_abandoned_avg_seconds double precision,
  occupancy_pct double precision,
  coverage_pct double precision,
  level_part bigint,
  level_whole bigint,
  handled_of_offered bigint,
  offered_with_handled bigint
)
language plpgsql stable parallel unsafe
set plan_cache_mode = force_generic_plan
-- As in fold(): a plan may have been made while the table was empty.
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
set work_mem = '64MB'
set jit = off
as $$
declare
  v_service_ids int[] := coalesce(p_service_ids, array(select s.service_id from org.service_settings s));
  v_is_one_piece_a_bucket boolean;
  v_zone text;
  v_stride interval;
  v_origin timestamptz;
begin
  perform statistics.check_question(p_start_time, p_end_time, p_interval_minutes, p_time_zone, p_by);
  -- No interval is shorter than a quarter, and of a service each is one piece unless it was touched.
  v_is_one_piece_a_bucket := p_interval_minutes <= 15 and 30 % p_interval_minutes = 0 and p_group_ids is null and p_by is distinct from 'queue';
  if v_is_one_piece_a_bucket then
    select coalesce(p_time_zone, case when min(s.time_zone) = max(s.time_zone) then min(s.time_zone) end) into v_zone
    from org.service_settings s
    where s.service_id = any (v_service_ids);
    v_is_one_piece_a_bucket := v_zone is not null and not statistics.is_touched(v_service_ids, p_start_time, p_end_time);
  end if;
  if v_is_one_piece_a_bucket then
    v_stride := make_interval(mins => p_interval_minutes);
    -- Before standard time clocks differed by odd minutes and seconds: a period that begins then has the midnights of today's figures.
    v_origin := statistics.local_day(greatest(p_start_time, '2000-01-01 00:00:00+00'), v_zone);
    -- To prepare some fifty sums costs more than to read a day of quarters: a piece's figures are the bucket's.
    return query
    select b.bucket_start, b.bucket_start + make_interval(mins => p.granularity_minutes),
      p.service_id, 0, p.interval_count::bigint, p.granularity_minutes,
      p.offered, p.unique_offered, p.handled, p.answered_in_threshold, p.abandoned, p.abandoned_in_5s, p.abandoned_in_threshold,
      p.failed, p.talk_seconds, p.outbound_talk_seconds, p.hold_seconds, p.wrap_seconds, p.wait_handled_seconds,
      p.wait_abandoned_seconds, p.ready_seconds, p.max_wait_handled_seconds, p.max_wait_abandoned_seconds,
      r.service_level_pct, p.service_level_variant, r.service_level_of_handled_pct, r.handled_pct, r.handled_less_short_abandons_pct,
      r.abandonment_pct, r.aht_seconds, r.aht_without_wrap_seconds, r.talk_avg_seconds, r.wrap_avg_seconds, r.asa_seconds,
      r.wait_abandoned_avg_seconds, r.occupancy_pct, r.coverage_pct,
      case when k.level_whole is not null then k.level_part end, case when k.level_part is not null then k.level_whole end,
      case when p.offered is not null then p.handled end, case when p.handled is not null then p.offered end
    from statistics.service_intervals(v_service_ids, p_start_time, p_end_time) p
    cross join lateral (select date_bin(v_stride, p.interval_start_time, v_origin) as bucket_start) b
    cross join lateral statistics.ratio_parts(p.service_level_variant, p.offered, p.handled, p.answered_in_threshold, p.abandoned_in_5s,
      p.abandoned_in_threshold, p.talk_seconds, p.outbound_talk_seconds, p.hold_seconds) k
    cross join lateral statistics.ratios(k.level_part, k.level_whole, p.answered_in_threshold, p.handled, p.handled,
      p.offered, p.handled, k.offered_less_short_abandons, p.abandoned, p.offered,
      k.handle_seconds + p.wrap_seconds, k.timed, k.handle_seconds, k.timed, p.talk_seconds, p.wrap_seconds,
      k.timed, p.wait_handled_seconds, p.handled, p.wait_abandoned_seconds, p.abandoned,
      k.handle_seconds + p.wrap_seconds, k.handle_seconds + p.wrap_seconds + p.ready_seconds,
      case when k.level_part is not null and k.level_whole is not null then p.offered end, p.offered) r
    order by b.bucket_start, p.service_id;
    return;
  end if;
  -- Null means unknown: a part and a whole are added up only over the pieces that know both.
  return query
  with settings as materialized (
    select s.service_id, s.time_zone, s.service_level_variant
    from org.service_settings s
    where s.service_id = any (v_service_ids)
  ), ends as materialized (
    -- Local midnights are dear to find, and many rows share a bucket. Buckets that divide half an hour never end early.
    select z.time_zone, e.bucket_start, e.bucket_end
    from (
      select distinct coalesce(p_time_zone, s.time_zone) as time_zone
      from settings s
      where 30 % p_interval_minutes <> 0
    ) z
    cross join lateral statistics.bucket_ends(p_start_time, p_end_time, p_interval_minutes, z.time_zone) e
  ), known as (
    select p.*, k.level_part, k.level_whole, k.offered_less_short_abandons, k.timed, k.handle_seconds,
      case
        when p_interval_minutes is null then p_end_time
        -- Data coarser than the question: the row says how far it reaches.
        when p.granularity_minutes > p_interval_minutes then p.bucket_start + make_interval(mins => p.granularity_minutes)
        else coalesce(e.bucket_end, p.bucket_start + make_interval(mins => p_interval_minutes))
      end as bucket_end
    from statistics.pieces(p_start_time, p_end_time, p_interval_minutes, p_time_zone, v_service_ids, p_group_ids, p_by) p
    join settings v on v.service_id = p.service_id
    cross join lateral statistics.ratio_parts(v.service_level_variant, p.offered, p.handled, p.answered_in_threshold, p.abandoned_in_5s,
      p.abandoned_in_threshold, p.talk_seconds, p.outbound_talk_seconds, p.hold_seconds) k
    left join ends e on e.time_zone = p.time_zone and e.bucket_start = p.bucket_start
  ), summed as (
    select k.bucket_start, k.service_id, case when p_by = 'service' then 0 else k.group_id end as group_id,
      max(k.bucket_end) as bucket_end,
      sum(k.interval_count) as interval_count,
      max(k.granularity_minutes) as granularity_minutes,
      statistics.total(k.offered) as offered, statistics.total(k.unique_offered) as unique_offered,
      statistics.total(k.handled) as handled, statistics.total(k.answered_in_threshold) as answered_in_threshold,
      statistics.total(k.abandoned) as abandoned, statistics.total(k.abandoned_in_5s) as abandoned_in_5s,
      statistics.total(k.abandoned_in_threshold) as abandoned_in_threshold, statistics.total(k.failed) as failed,
      statistics.total(k.talk_seconds) as talk_seconds, statistics.total(k.outbound_talk_seconds) as outbound_talk_seconds,
      statistics.total(k.hold_seconds) as hold_seconds, statistics.total(k.wrap_seconds) as wrap_seconds,
      statistics.total(k.wait_handled_seconds) as wait_handled_seconds,
      statistics.total(k.wait_abandoned_seconds) as wait_abandoned_seconds, statistics.total(k.ready_seconds) as ready_seconds,
      max(k.max_wait_handled_seconds) as max_wait_handled_seconds, max(k.max_wait_abandoned_seconds) as max_wait_abandoned_seconds,
      statistics.total(k.level_part) filter (where k.level_whole is not null) as level_part,
      statistics.total(k.level_whole) filter (where k.level_part is not null) as level_whole,
      statistics.total(k.offered) filter (where k.level_part is not null and k.level_whole is not null) as level_offered,
      statistics.total(k.answered_in_threshold) filter (where k.handled is not null) as answered_of_handled,
      statistics.total(k.handled) filter (where k.answered_in_threshold is not null) as handled_with_answered,
      statistics.total(k.handled) filter (where k.offered is not null) as handled_of_offered,
      statistics.total(k.offered) filter (where k.handled is not null) as offered_with_handled,
      statistics.total(k.handled) filter (where k.offered_less_short_abandons is not null) as handled_of_less,
      statistics.total(k.offered_less_short_abandons) filter (where k.handled is not null) as less_with_handled,
      statistics.total(k.abandoned) filter (where k.offered is not null) as abandoned_of_offered,
      statistics.total(k.offered) filter (where k.abandoned is not null) as offered_with_abandoned,
      statistics.total(k.handle_seconds + k.wrap_seconds) filter (where k.timed is not null) as handle_and_wrap_seconds,
      statistics.total(k.timed) filter (where k.handle_seconds + k.wrap_seconds is not null) as timed_with_wrap,
      statistics.total(k.handle_seconds) filter (where k.timed is not null) as handle_seconds,
      statistics.total(k.timed) filter (where k.handle_seconds is not null) as timed_with_handle,
      statistics.total(k.talk_seconds) filter (where k.timed is not null) as talk_of_timed,
      statistics.total(k.wrap_seconds) filter (where k.timed is not null) as wrap_of_timed,
      statistics.total(k.timed) filter (where k.wrap_seconds is not null) as timed_with_wrap_only,
      statistics.total(k.wait_handled_seconds) filter (where k.handled is not null) as wait_of_handled,
      statistics.total(k.handled) filter (where k.wait_handled_seconds is not null) as handled_with_wait,
      statistics.total(k.wait_abandoned_seconds) filter (where k.abandoned is not null) as wait_of_abandoned,
      statistics.total(k.abandoned) filter (where k.wait_abandoned_seconds is not null) as abandoned_with_wait,
      statistics.total(k.handle_seconds + k.wrap_seconds) filter (where k.ready_seconds is not null) as busy_seconds,
      statistics.total(k.handle_seconds + k.wrap_seconds + k.ready_seconds) as staffed_seconds
    from known k
    group by k.bucket_start, k.service_id, case when p_by = 'service' then 0 else k.group_id end
  )
  select s.bucket_start, s.bucket_end,
    s.service_id, s.group_id, s.interval_count, s.granularity_minutes,
    s.offered, s.unique_offered, s.handled, s.answered_in_threshold, s.abandoned, s.abandoned_in_5s, s.abandoned_in_threshold,
    s.failed, s.talk_seconds, s.outbound_talk_seconds, s.hold_seconds, s.wrap_seconds, s.wait_handled_seconds,
    s.wait_abandoned_seconds, s.ready_seconds, s.max_wait_handled_seconds, s.max_wait_abandoned_seconds,
    r.service_level_pct, v.service_level_variant, r.service_level_of_handled_pct, r.handled_pct, r.handled_less_short_abandons_pct,
    r.abandonment_pct, r.aht_seconds, r.aht_without_wrap_seconds, r.talk_avg_seconds, r.wrap_avg_seconds, r.asa_seconds,
    r.wait_abandoned_avg_seconds, r.occupancy_pct, r.coverage_pct,
    s.level_part, s.level_whole, s.handled_of_offered, s.offered_with_handled
  from summed s
  join settings v on v.service_id = s.service_id
  cross join lateral statistics.ratios(s.level_part, s.level_whole, s.answered_of_handled, s.handled_with_answered, s.handled_of_offered,
    s.offered_with_handled, s.handled_of_less, s.less_with_handled, s.abandoned_of_offered, s.offered_with_abandoned,
    s.handle_and_wrap_seconds, s.timed_with_wrap, s.handle_seconds, s.timed_with_handle, s.talk_of_timed, s.wrap_of_timed,
    s.timed_with_wrap_only, s.wait_of_handled, s.handled_with_wait, s.wait_of_abandoned, s.abandoned_with_wait, s.busy_seconds,
    s.staffed_seconds, s.level_offered, s.offered) r
  order by s.bucket_start, s.service_id, s.group_id;
end
$$;
comment on function statistics.figures(timestamptz, timestamptz, int, text, int[], int[], text) is
  'The figures of services or queues by bucket: sums, and the ratios that ratios() makes of them. p_interval_minutes null = one row for the whole stretch; p_time_zone null = each service''s own; coverage_pct = share of the offered volume whose service level is known; the last four columns are the parts and wholes by which ratios of several services are made.';
