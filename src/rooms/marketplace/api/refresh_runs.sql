create or replace function api.refresh_runs()
returns table (
  run_id bigint,
  cause text,
  scheduled_for timestamptz,
  is_full boolean,
  status text,
  error_message text,
  started_at timestamptz,
  finished_at timestamptz,
  details jsonb
)
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select r.run_id, r.cause, r.scheduled_for, r.is_full, r.status, r.error_message, r.started_at, r.finished_at,
    marketplace.run_result(r.run_id) -> 'details'
  from marketplace.refresh_runs r
$$;
comment on function api.refresh_runs() is 'The log: every refresh with its duration, rows, changed rows and error by view.';
