create or replace function api.scheduler_status()
returns table (is_running boolean, scheduler_state text, jobs jsonb, last_refresh_result jsonb, checked_at timestamptz, error text)
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  with last as (select r.run_id, r.error_message from marketplace.refresh_runs r where r.status <> 'RUNNING' order by r.run_id desc limit 1)
  select h.is_running, case when h.is_running then 'running' else 'stopped' end,
    jsonb_build_array(jsonb_build_object('id', 'marketplace.refresh', 'name', 'Daily refresh of the views of key figures',
      'next_run_time', marketplace.next_run_at(),
      'trigger', format('daily at %s:%s %s', lpad(s.refresh_hour::text, 2, '0'), lpad(s.refresh_minute::text, 2, '0'), s.refresh_time_zone),
      'uses_pg_cron', s.uses_pg_cron or coalesce(s.cron_ticked_at > platform.now() - interval '5 minutes', false), 'pg_cron', marketplace.pg_cron_advice(), 'is_due', marketplace.due_run() is not null)),
    (select marketplace.run_result(l.run_id) from last l), platform.now(), (select l.error_message from last l)
  from marketplace.settings s
  cross join lateral (select coalesce(greatest(s.ticked_at, s.cron_ticked_at) > platform.now() - interval '5 minutes', false) as is_running) h
$$;
comment on function api.scheduler_status() is 'Whether the scheduler runs (it looks every minute), when the next refresh is planned, and what the last one came to.';
