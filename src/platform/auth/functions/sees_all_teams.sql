create or replace function platform.sees_all_teams()
returns boolean
language sql stable parallel safe
-- People are of no service, and nothing says which departments serve one: who is narrowed to services has those departments that are given.
return (session_user = 'qh_server' and pg_catalog.current_setting('qh.teams', true) = 'all' or platform.visible_teams() is null)
  and platform.sees_all_services();

comment on function platform.sees_all_teams() is 'Whether this session may see the people of every department: narrowed neither to departments nor to services.';
