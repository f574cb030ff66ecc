create or replace function org.check_person(p_middle_name text, p_email text, p_phone text, p_user_id text, p_employee_id int)
returns void
language plpgsql stable parallel safe
as $$
declare
  v_errors jsonb;
begin
  select jsonb_agg(jsonb_build_object('path', c.path, 'rule', c.rule, 'value', null, 'hint', c.hint)) into v_errors
  from (values
    ('middle_name', 'has at most 100 characters', null, length(p_middle_name) > 100),
    ('email', 'is an e-mail address', 'For instance anna@example.com.', p_email <> '' and not org.is_email(p_email)),
    ('phone', 'is a phone number', 'Digits, spaces, brackets and a leading plus.', p_phone <> '' and not org.is_phone(p_phone))
  ) as c (path, rule, hint, is_broken)
  where c.is_broken;
  if v_errors is not null then
    raise exception using errcode = 'QH400',
      message = format('%s %s', v_errors -> 0 ->> 'path', v_errors -> 0 ->> 'rule'),
      detail = v_errors::text;
  end if;
  if p_user_id <> '' and not exists (select from platform.users u where u.user_id = p_user_id) then
    raise exception using errcode = 'QH404', message = format('there is no user %L', p_user_id), hint = 'List them with: qh admin users';
  end if;
  if exists (select from org.employees e where e.user_id = p_user_id and e.employee_id <> p_employee_id) then
    raise exception using errcode = 'QH409', message = format('user %L is another employee', p_user_id), hint = 'Take the user from them first.';
  end if;
end
$$;
comment on function org.check_person(text, text, text, text, int) is 'QH400 for an address or phone that cannot be one (without repeating it), QH404 for a user whom there is not, QH409 for one who is another employee; nulls are not checked.';
