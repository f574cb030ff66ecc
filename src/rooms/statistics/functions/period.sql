create or replace function statistics.period(
  p_service_ids int[],
  p_start_time timestamptz,
  p_end_time timestamptz,
  out start_time timestamptz,
  out end_time timestamptz
)
language plpgsql stable parallel safe
as $$
declare
  v_last_hour timestamptz;
  v_last_row timestamptz;
begin
  start_time := p_start_time;
  end_time := p_end_time;
  if end_time is null then
    select max(l.bucket) into v_last_hour
    from org.service_settings s
    cross join lateral (
      select max(r.bucket) as bucket from statistics.rollups r
      where r.service_id = s.service_id and r.group_id = 0 and r.grain = 60
    ) l
    where p_service_ids is null or s.service_id = any (p_service_ids);
    -- What the rollups have not folded yet lies in the facts from there on.
    select max(f.interval_start_time + make_interval(mins => f.interval_minutes)) into v_last_row
    from statistics.contact_statistics f
    where f.interval_start_time >= coalesce(v_last_hour, '-infinity')
      and (p_service_ids is null or f.service_id = any (p_service_ids));
    end_time := date_bin('1 hour', coalesce(v_last_row, v_last_hour + interval '1 hour', platform.now())
      + interval '59 minutes 59 seconds', '2000-01-01 00:00+00');
    end_time := greatest(end_time, start_time);
  end if;
  start_time := coalesce(start_time, end_time - interval '24 hours');
  if start_time > end_time then
    raise exception using errcode = 'QH400',
      message = format('the period ends (%s) before it begins (%s)', end_time, start_time),
      hint = 'end_time is the moment after the period and lies after start_time.';
  end if;
end
$$;
comment on function statistics.period(int[], timestamptz, timestamptz) is 'The period asked for; without dates the last 24 hours that have data of these services (null: of all), with an end alone the 24 hours before it.';
