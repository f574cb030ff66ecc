create or replace function org.caller_name()
returns text
language sql stable parallel safe
as $$
  select coalesce(nullif(pg_catalog.current_setting('qh.principal', true), ''), nullif(pg_catalog.current_setting('qh.user', true), ''),
    session_user::text)
$$;
comment on function org.caller_name() is 'Who makes this change: the settings qh.principal or qh.user of the transaction, else the login.';
