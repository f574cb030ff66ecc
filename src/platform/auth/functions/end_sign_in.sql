create or replace function platform.end_sign_in(p_login text, p_address text)
returns void
language sql volatile parallel unsafe
as $$
  delete from platform.sign_in_failures f where f.subject = 'login:' || p_login;
  update platform.sign_in_failures f
  set failed_count = greatest(f.failed_count - 1, 0), locked_until = case when f.failed_count > 20 then f.locked_until end
  where f.subject = 'address:' || p_address;
$$;
comment on function platform.end_sign_in(text, text) is 'Takes a counted attempt back that succeeded; the failures of others from the same address stay counted.';
