create or replace function marketplace.use_pg_cron()
returns boolean
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_made boolean := false;
begin
  -- Where the extension is and we may use it, the refresh runs also while our own server is down. Both ask due_run(), so it is one refresh.
  if to_regprocedure('cron.schedule(text,text,text)') is not null and has_schema_privilege(current_user, 'cron', 'usage')
    and has_function_privilege(current_user, 'cron.schedule(text,text,text)', 'execute') then
    execute format('select from cron.schedule(%L, %L, %L)', 'quarterhour marketplace refresh', '* * * * *', 'select marketplace.run_due()');
    v_made := true;
  end if;
  update marketplace.settings s set uses_pg_cron = v_made where s.uses_pg_cron <> v_made;
  return v_made;
end
$$;
comment on function marketplace.use_pg_cron() is 'Lets pg_cron look every minute whether a refresh is due, where it is installed in this database and open to the owner; says whether it does.';
