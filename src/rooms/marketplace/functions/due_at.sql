create or replace function marketplace.due_at()
returns timestamptz
language sql stable parallel safe
as $$
  -- The newest planned moment that is not in the future.
  select case when t.today <= platform.now() then t.today else (t.local_day - 1 + t.at) at time zone t.zone end
  from (
    select s.refresh_time_zone as zone, (platform.now() at time zone s.refresh_time_zone)::date as local_day,
      make_time(s.refresh_hour, s.refresh_minute, 0) as at,
      ((platform.now() at time zone s.refresh_time_zone)::date + make_time(s.refresh_hour, s.refresh_minute, 0)) at time zone s.refresh_time_zone as today
    from marketplace.settings s
  ) t
$$;
comment on function marketplace.due_at() is 'The last moment for which a refresh was planned.';
