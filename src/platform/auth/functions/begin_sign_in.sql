create or replace function platform.begin_sign_in(p_login text, p_address text)
returns int
language plpgsql volatile parallel unsafe
as $$
declare
  v_subjects text[] := array['address:' || p_address, 'login:' || p_login];
  -- An office may share one address, so it has more attempts than a login.
  v_limits int[] := array[20, 5];
  -- Minutes without a further attempt after the last allowed failure, and after each that follows.
  v_minutes int[] := array[1, 5, 15, 60];
  v_wait int;
begin
  insert into platform.sign_in_failures (subject, failed_count, last_failed_at)
  select s.subject, 0, platform.now() from unnest(v_subjects) as s (subject)
  order by s.subject
  on conflict do nothing;
  -- Attempts at the same moment are counted one after the other.
  perform from platform.sign_in_failures f where f.subject = any (v_subjects) order by f.subject for update;
  select ceil(extract(epoch from max(f.locked_until) - platform.now()))::int into v_wait
  from platform.sign_in_failures f
  where f.subject = any (v_subjects) and f.locked_until > platform.now();
  if v_wait > 0 then
    return v_wait;
  end if;
  update platform.sign_in_failures f
  set failed_count = n.failed_count, last_failed_at = platform.now(),
    locked_until = case
        when n.failed_count >= n.max_count then
          platform.now() + make_interval(mins => v_minutes[least(cardinality(v_minutes), n.failed_count - n.max_count + 1)])
      end
  from (
    select g.subject, v_limits[array_position(v_subjects, g.subject)] as max_count,
      case when g.last_failed_at < platform.now() - interval '24 hours' then 0 else g.failed_count end + 1 as failed_count
    from platform.sign_in_failures g
    where g.subject = any (v_subjects)
  ) n
  where n.subject = f.subject;
  return 0;
end
$$;
comment on function platform.begin_sign_in(text, text) is 'Counts an attempt to sign in per login and per address before the password is looked at; returns the seconds to wait when no attempt is taken now, else 0.';
