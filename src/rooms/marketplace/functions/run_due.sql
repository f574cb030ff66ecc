create or replace function marketplace.run_due(p_is_pg_cron boolean default false)
returns bigint
language plpgsql volatile parallel unsafe
as $$
declare
  v_due timestamptz;
  v_run_id bigint;
begin
  if p_is_pg_cron then
    update marketplace.settings s set cron_ticked_at = platform.now();
  end if;
  -- Asked again under the lock: another node may have made it while we came here.
  if marketplace.due_run() is null or not marketplace.lock_refresh(false) then
    return null;
  end if;
  v_due := marketplace.due_run();
  if v_due is null then
    return null;
  end if;
  v_run_id := marketplace.begin_run('scheduled', v_due, false);
  perform marketplace.refresh_views(v_run_id, false);
  return v_run_id;
end
$$;
comment on function marketplace.run_due(boolean) is 'Makes the refresh that is due, if one is and nobody else makes it; what pg_cron calls. Returns the run.';
