create or replace function platform.visible_cities()
returns text[]
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select case
      when session_user = 'qh_server' then
        case coalesce(current_setting('qh.cities', true), '')
          when 'all' then null
          when '' then '{}'::text[]
          else array(select c.city from jsonb_array_elements_text(current_setting('qh.cities', true)::jsonb) as c (city))
        end
      when exists (select from platform.sql_logins l where l.login = session_user) then
        (select l.cities from platform.sql_logins l where l.login = session_user)
      -- Who may become the owner, as qh_admin and superusers may, sees what the owner sees.
      when pg_has_role(session_user, 'qh_owner', 'member') then null
      else '{}'::text[]
    end
$$;
comment on function platform.visible_cities() is 'The cities whose places and people this session may see, null for all; decided like platform.visible_services(), from a JSON array.';
