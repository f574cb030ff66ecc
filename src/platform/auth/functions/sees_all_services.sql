create or replace function platform.sees_all_services()
returns boolean
language sql stable parallel safe
-- The server's unlimited callers are answered without a call.
return session_user = 'qh_server' and pg_catalog.current_setting('qh.services', true) = 'all' or platform.visible_services() is null;

comment on function platform.sees_all_services() is 'Whether this session may see every service.';
