create or replace function marketplace.fail_run(p_run_id bigint, p_message text)
returns void
language sql volatile parallel unsafe
as $$
  update marketplace.refresh_runs r
  set status = 'ERROR', finished_at = platform.now(), error_message = left(p_message, 1000)
  where r.run_id = p_run_id and r.status = 'RUNNING'
$$;
comment on function marketplace.fail_run(bigint, text) is 'Writes down why a refresh that was rolled back ended.';
