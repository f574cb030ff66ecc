create or replace function statistics.agent_period(
  p_agent_ids int[],
  p_start_time timestamptz,
  p_end_time timestamptz,
  out start_time timestamptz,
  out end_time timestamptz
)
language plpgsql stable parallel safe
as $$
begin
  end_time := coalesce(p_end_time, greatest(
    date_bin('1 hour', coalesce((
      select max(s.last_start_time) from statistics.agents_seen s where p_agent_ids is null or s.agent_id = any (p_agent_ids)
    ), platform.now()) + interval '59 minutes 59 seconds', '2000-01-01 00:00+00'), p_start_time));
  start_time := coalesce(p_start_time, end_time - interval '24 hours');
  if start_time > end_time then
    raise exception using errcode = 'QH400',
      message = format('the period ends (%s) before it begins (%s)', end_time, start_time),
      hint = 'end_time is the moment after the period and lies after start_time.';
  end if;
end
$$;
comment on function statistics.agent_period(int[], timestamptz, timestamptz) is 'The period asked for; without dates the last 24 hours in which any of these agents has activity.';
