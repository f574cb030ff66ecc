create or replace function platform.erase_user(p_user_id text)
returns jsonb
language plpgsql volatile parallel unsafe
as $$
declare
  v_login text;
  v_done jsonb;
begin
  select u.login into v_login from platform.users u where u.user_id = p_user_id for update;
  if v_login is null then
    raise exception using errcode = 'QH404', message = format('There is no user %s.', p_user_id), hint = 'List them with: qh users list';
  end if;
  v_done := platform.erase_columns('login', v_login);
  delete from platform.sign_in_failures f where f.subject = 'login:' || v_login;
  delete from platform.sessions s where s.user_id = p_user_id;
  delete from platform.invitations i where i.user_id = p_user_id;
  -- The id stays: the audit refers to it, and to nothing else of the person.
  update platform.users u
  set login = 'erased-' || p_user_id, display_name = 'erased', email = null, password_hash = null, status = 'disabled'
  where u.user_id = p_user_id;
  perform platform.announce_access();
  return v_done || jsonb_build_object('table', 'platform.users', 'column', 'login, display_name, email, password_hash', 'rows', 1);
end
$$;
comment on function platform.erase_user(text) is 'Erases somebody who signs in: name, login, address, sessions, and their login where they wrote something; returns what was replaced.';
