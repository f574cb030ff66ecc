create or replace function platform.sees_all_teams()
returns boolean
language sql stable parallel safe
-- The server's unlimited callers are answered without a call.
return session_user = 'qh_server' and pg_catalog.current_setting('qh.teams', true) = 'all' or platform.visible_teams() is null;

comment on function platform.sees_all_teams() is 'Whether this session may see the people of every department.';
