create or replace function marketplace.begin_run(p_cause text, p_scheduled_for timestamptz, p_full boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_run_id bigint;
begin
  -- The caller holds the lock, so whatever else calls itself running has died.
  update marketplace.refresh_runs r
  set status = 'ERROR', finished_at = platform.now(),
    error_message = 'The refresh ended without a word: its session or its server was stopped. What the views showed before stayed.'
  where r.status = 'RUNNING';
  insert into marketplace.refresh_runs (cause, scheduled_for, is_full, status, started_at)
  values (p_cause, p_scheduled_for, p_full, 'RUNNING', platform.now())
  returning run_id into v_run_id;
  return v_run_id;
end
$$;
comment on function marketplace.begin_run(text, timestamptz, boolean) is 'Writes down that a refresh begins, and closes runs that died; returns its id.';
