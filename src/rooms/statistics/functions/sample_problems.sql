create or replace function statistics.sample_problems(
  p_service_id int, p_from timestamptz, p_to timestamptz, out differences bigint, out overlaps bigint, out missing_hours bigint, out hours bigint
)
language plpgsql stable parallel safe
as $$
begin
  select count(distinct date_bin('1 hour', f.interval_start_time, '2000-01-01 00:00+00')),
    coalesce(extract(epoch from max(date_bin('1 hour', f.interval_start_time, '2000-01-01 00:00+00')) - min(date_bin('1 hour', f.interval_start_time, '2000-01-01 00:00+00'))) / 3600 + 1, 0)
  into missing_hours, hours
  from statistics.contact_statistics f
  where f.service_id = p_service_id and f.interval_start_time >= p_from and f.interval_start_time < p_to;
  missing_hours := hours - missing_hours;
  select count(*) into overlaps
  from (
    select f.interval_start_time + make_interval(mins => f.interval_minutes)
      > lead(f.interval_start_time) over (partition by f.source_id order by f.interval_start_time) as is_overlap
    from statistics.contact_statistics f
    where f.service_id = p_service_id and f.interval_start_time >= p_from and f.interval_start_time < p_to
  ) o
  where o.is_overlap;
  differences := 0;
  -- Before it the facts are gone; while hours are touched, the rollups are not asked.
  if p_from < statistics.kept_from(p_service_id) or exists (
    select from statistics.touched_log l
    where l.service_id = p_service_id and l.bucket < p_to and l.bucket + l.hour_count * interval '1 hour' > p_from
  ) then
    return;
  end if;
  with stored as (
    select r.* from statistics.rollups r
    where r.service_id = p_service_id and r.grain = 60 and r.bucket >= p_from and r.bucket < p_to
  ), computed as (
    select f.* from statistics.folded_facts(array[p_service_id], array[p_from], array[p_to], null, 60, 'UTC') f
  )
  select count(*) into differences
  from (
    (select * from stored except all select * from computed)
    union all
    (select * from computed except all select * from stored)
  ) d;
end
$$;
comment on function statistics.sample_problems(int, timestamptz, timestamptz) is
  'Of some hours of a service: stored hours that differ from a recomputation, overlapping rows of one source, and hours between the first and the last row that have none.';
