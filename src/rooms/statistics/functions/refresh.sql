create or replace function statistics.refresh(out buckets_folded bigint, out rows_written bigint)
language plpgsql volatile parallel unsafe
set enable_seqscan = off
-- What may not be read whole counts as dear, and dear plans would be compiled.
set jit = off
as $$
declare
  v_touched record;
  v_zone text;
  v_days tstzmultirange;
  v_months tstzmultirange;
begin
  buckets_folded := 0;
  rows_written := 0;
  -- A statement of its own: what follows must see what the refresh before this one committed.
  perform statistics.lock_rollups();
  for v_touched in
    with claimed as (
      delete from statistics.touched_log l
      returning l.service_id, l.group_id, l.bucket, l.hour_count
    ), per_scope as (
      select c.service_id, c.group_id,
        range_agg(tstzrange(c.bucket, c.bucket + c.hour_count * interval '1 hour')) as spans
      from claimed c
      group by c.service_id, c.group_id
    ), per_service as (
      select p.service_id, coalesce(s.time_zone, 'UTC') as time_zone,
        array_agg(p.group_id order by p.group_id) as group_ids,
        range_agg(p.spans) as spans,
        sum((select sum(extract(epoch from upper(s.span) - lower(s.span)) / 3600) from unnest(p.spans) as s (span)))::bigint as hours
      from per_scope p
      left join org.service_settings s on s.service_id = p.service_id
      group by p.service_id, s.time_zone
    )
    -- Services of one zone that were touched alike, as by one file, are folded in one go; long histories one by one, for memory.
    select p.time_zone, p.group_ids, p.spans, array_agg(p.service_id) as service_ids, sum(p.hours)::bigint as hours
    from per_service p
    group by p.time_zone, p.group_ids, p.spans, case when p.hours > 200 then p.service_id end
  loop
    buckets_folded := buckets_folded + v_touched.hours;
    v_zone := v_touched.time_zone;
    select range_agg(tstzrange(
      statistics.local_day(lower(s.span), v_zone),
      statistics.bucket_end(statistics.local_day(upper(s.span) - interval '1 microsecond', v_zone), 1440, v_zone)))
    into v_days
    from unnest(v_touched.spans) as s (span);
    select range_agg(tstzrange(
      statistics.bucket_start(lower(s.span), 43200, v_zone),
      statistics.bucket_end(statistics.bucket_start(upper(s.span) - interval '1 microsecond', 43200, v_zone), 43200, v_zone)))
    into v_months
    from unnest(v_days) as s (span);
    if 0 = any (v_touched.group_ids) and (
      cardinality(statistics.single_source_services(v_touched.service_ids)) < cardinality(v_touched.service_ids)
      or exists (select from statistics.rollups r where r.service_id = any (v_touched.service_ids) and r.group_id = 0 and r.grain = 0)
    ) then
      rows_written := rows_written + statistics.fold(v_touched.service_ids, v_touched.spans, '{0}', 0, v_zone, true);
    end if;
    rows_written := rows_written
      + statistics.fold(v_touched.service_ids, v_touched.spans, v_touched.group_ids, 60, v_zone, true)
      -- The days of zones that are not whole hours from UTC do not consist of hours: they come from the facts.
      + statistics.fold(v_touched.service_ids, v_days, v_touched.group_ids, 1440, v_zone,
        not statistics.has_whole_hours(v_zone, lower(v_days), upper(v_days)))
      + statistics.fold(v_touched.service_ids, v_months, v_touched.group_ids, 43200, v_zone, false);
  end loop;
  perform statistics.refresh_agents();
end
$$;
comment on function statistics.refresh() is
  'Folds every touched hour into the rollups, and their days and months; writes no row version where nothing differs. Answers how many hours it looked at and how many rows it wrote.';
