create or replace function platform.sees_all_cities()
returns boolean
language sql stable parallel safe
-- The server's unlimited callers are answered without a call.
return session_user = 'qh_server' and pg_catalog.current_setting('qh.cities', true) = 'all' or platform.visible_cities() is null;

comment on function platform.sees_all_cities() is 'Whether this session may see the places and people of every city.';
