create or replace function api.rule_changes(p_rule text default null)
returns table (rule text, changed_at timestamptz, former text, severity text, value numeric, evidence text)
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select c.rule, c.changed_at, c.former, c.severity, c.value, c.evidence
  from quality.rule_changes c
  where p_rule is null or c.rule = p_rule
$$;
comment on function api.rule_changes(text) is 'When rules broke and when they recovered, as the job that looks every five minutes saw it.';
