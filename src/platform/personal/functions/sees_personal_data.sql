create or replace function platform.sees_personal_data()
returns boolean
language sql stable parallel safe
return session_user in ('qh_owner', 'qh_admin')
  or session_user = 'qh_server' and coalesce(pg_catalog.current_setting('qh.personal', true), '') = 'on';

comment on function platform.sees_personal_data() is 'Whether personal columns are shown whole: to the owner, and to the server''s caller with the scope people:personal (setting qh.personal).';
