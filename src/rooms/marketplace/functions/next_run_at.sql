create or replace function marketplace.next_run_at()
returns timestamptz
language sql stable parallel safe
as $$
  select ((marketplace.due_at() at time zone s.refresh_time_zone)::date + 1 + make_time(s.refresh_hour, s.refresh_minute, 0)) at time zone s.refresh_time_zone
  from marketplace.settings s
$$;
comment on function marketplace.next_run_at() is 'The next moment for which a refresh is planned.';
