create or replace function quality.set_threshold(p_rule text, p_warning numeric, p_critical numeric, p_reason text)
returns void
language plpgsql
volatile
parallel unsafe
as $$
declare
  v_rule record;
begin
  select r.* into v_rule from quality.rules() r where r.rule = p_rule;
  if not found then
    raise exception using errcode = 'QH404', message = format('there is no rule %L', p_rule),
      hint = 'The rules: ' || (select string_agg(r.rule, ', ' order by r.rule) from quality.rules() r);
  end if;
  if (p_warning is null) <> (p_critical is null) then
    raise exception using errcode = 'QH400', message = 'warning and critical belong together', hint = 'Give both, or neither for the defaults.';
  end if;
  if (v_rule.worse = 'above' and p_critical < p_warning) or (v_rule.worse = 'below' and p_critical > p_warning) then
    raise exception using errcode = 'QH400',
      message = format('critical (%s) comes before warning (%s), but of %s %s is worse', p_critical, p_warning, v_rule.rule, case v_rule.worse when 'above' then 'more' else 'less' end),
      hint = 'Exchange them.';
  end if;
  insert into quality.thresholds (rule, changed_at, warning, critical, reason, changed_by)
  values (p_rule, greatest(platform.now(), (select max(t.changed_at) + interval '1 microsecond' from quality.thresholds t where t.rule = p_rule)),
    p_warning, p_critical, p_reason, coalesce(nullif(current_setting('qh.principal', true), ''), session_user));
end
$$;
comment on function quality.set_threshold(text, numeric, numeric, text) is 'Sets the thresholds of a rule; without numbers its defaults hold again. The former ones stay as history.';
