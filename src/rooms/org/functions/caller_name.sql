create or replace function org.caller_name()
returns text
language sql stable parallel safe
as $$
  -- Only the server says for whom it acts; any other login is itself, whatever it sets.
  select coalesce(
    case when session_user = 'qh_server' then
      coalesce(nullif(pg_catalog.current_setting('qh.principal', true), ''), nullif(pg_catalog.current_setting('qh.user', true), ''))
    end,
    session_user::text)
$$;
comment on function org.caller_name() is 'Who makes this change: of the server''s sessions the settings qh.principal or qh.user of the transaction, else the login.';
