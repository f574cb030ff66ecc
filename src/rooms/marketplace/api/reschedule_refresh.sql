create or replace function api.reschedule_refresh(p_hour int, p_minute int default 0)
returns table (success boolean, message text, new_schedule text, rescheduled_at timestamptz, next_run_time timestamptz)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_schedule text;
begin
  if p_hour is null or p_minute is null or p_hour not between 0 and 23 or p_minute not between 0 and 59 then
    raise exception using errcode = 'QH400', message = format('%s:%s is no time of the day', p_hour, p_minute), hint = 'hour 0 to 23, minute 0 to 59.';
  end if;
  v_schedule := lpad(p_hour::text, 2, '0') || ':' || lpad(p_minute::text, 2, '0');
  update marketplace.settings s set refresh_hour = p_hour, refresh_minute = p_minute, scheduled_since = platform.now();
  return query
  select true, format('The views are refreshed daily at %s %s.', v_schedule, s.refresh_time_zone), v_schedule, platform.now(), marketplace.next_run_at()
  from marketplace.settings s;
end
$$;
comment on function api.reschedule_refresh(int, int) is 'Sets the time of the daily refresh, America/Bogota, for all nodes and for good; QH400 for what is no time.';
