create or replace function api.threshold_history(p_rule text default null)
returns table (rule text, changed_at timestamptz, warning numeric, critical numeric, reason text, changed_by text)
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select t.rule, t.changed_at, t.warning, t.critical, t.reason, t.changed_by
  from quality.thresholds t
  where p_rule is null or t.rule = p_rule
$$;
comment on function api.threshold_history(text) is 'Every change of a threshold, of one rule or of all; without numbers: back to the default.';
