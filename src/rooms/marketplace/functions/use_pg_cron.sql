create or replace function marketplace.use_pg_cron()
returns boolean
language plpgsql volatile parallel unsafe
as $$
declare
  v_name text := 'quarterhour marketplace refresh';
  v_is_open boolean := false;
  v_is_made boolean := false;
begin
  -- Where the extension is and we may use it, the refresh runs also while our own server is down. Both ask due_run(), so it is one refresh.
  -- pg_cron logs in as whoever schedules: that must be the server's own login, not the owner, who has none.
  -- One after the other: looking into a schema that is not open is an error.
  if to_regnamespace('cron') is not null then
    if has_schema_privilege('cron', 'usage') then
      v_is_open := coalesce(has_function_privilege(to_regprocedure('cron.schedule(text,text,text)'), 'execute'), false)
        and exists (select from pg_roles r where r.rolname = current_user and r.rolcanlogin);
    end if;
  end if;
  if v_is_open then
    -- A job that is there as it should be is left alone: each writing makes pg_cron read all its jobs anew.
    execute 'select exists (select from cron.job j where j.jobname = $1 and j.username = current_user and j.database = current_database() '
      'and j.schedule = $2 and j.command = $3 and j.active)'
    into v_is_made using v_name, '* * * * *', marketplace.pg_cron_command();
    if not v_is_made then
      execute 'select cron.schedule($1, $2, $3)' using v_name, '* * * * *', marketplace.pg_cron_command();
      v_is_made := true;
    end if;
  end if;
  update marketplace.settings s set uses_pg_cron = v_is_made where s.uses_pg_cron <> v_is_made;
  return v_is_made;
end
$$;
comment on function marketplace.use_pg_cron() is 'Lets pg_cron look every minute whether a refresh is due, where it is installed in this database and open to the server''s login; says whether it does.';
