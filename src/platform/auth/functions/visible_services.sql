create or replace function platform.visible_services()
returns int[]
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select case
      when session_user = 'qh_server' then
        case coalesce(current_setting('qh.services', true), '')
          when 'all' then null
          when '' then '{}'::int[]
          else string_to_array(current_setting('qh.services', true), ',')::int[]
        end
      when exists (select from platform.sql_logins l where l.login = session_user) then
        (select l.service_ids from platform.sql_logins l where l.login = session_user)
      -- Who may become the owner, as qh_admin and superusers may, sees what the owner sees.
      when pg_has_role(session_user, 'qh_owner', 'member') then null
      else '{}'::int[]
    end
$$;
comment on function platform.visible_services() is 'The services that this session may see, null for all: the server by the setting of its caller, any other login by platform.sql_logins, which it cannot change.';
