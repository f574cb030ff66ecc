create or replace function statistics.announce_retention(p_keep_months int, p_effective_on date, p_reason text)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_today date := (platform.now() at time zone 'UTC')::date;
  v_notice_days int := coalesce((select (s.value #>> '{}')::int from platform.settings s where s.name = 'statistics.retention_notice_days'), 7);
begin
  if p_keep_months < 13 then
    raise exception using errcode = 'QH400', message = format('keep_months is %s; at least 13 whole months of detail stay', p_keep_months),
      hint = 'Leave keep_months out to keep everything.';
  end if;
  if p_keep_months is not null and p_effective_on < v_today + v_notice_days then
    raise exception using errcode = 'QH400',
      message = format('effective_on %s is sooner than the notice of %s days allows (%s)', p_effective_on, v_notice_days, v_today + v_notice_days),
      hint = 'Detail that is gone cannot be brought back: give people time to object or to export. The setting statistics.retention_notice_days says how long.';
  end if;
  insert into statistics.retention_policies (announced_at, keep_months, effective_on, reason, announced_by)
  values (greatest(platform.now(), (select max(r.announced_at) + interval '1 microsecond' from statistics.retention_policies r)), p_keep_months,
    coalesce(p_effective_on, case when p_keep_months is null then v_today else v_today + v_notice_days end), p_reason,
    coalesce(nullif(current_setting('qh.principal', true), ''), session_user));
  perform pg_notify('qh', json_build_object('topic', 'retention.announced', 'keep_months', p_keep_months)::text);
end
$$;
comment on function statistics.announce_retention(int, date, text) is 'Announces for how many whole months detail is kept (null: for good) and from which day on the rest may go; replaces what was announced before.';
