create or replace function quality.check_rules(p_rules text[] default null, p_categories text[] default null)
returns table (
  rule text, category text, says text, severity text, value numeric, unit text, warning numeric, critical numeric, evidence text, advice text, fix text
)
language sql
stable
parallel unsafe
as $$
  select r.rule, r.category, r.says, e.severity, e.value, r.unit, r.warning, r.critical, e.evidence,
    case when e.severity in ('warning', 'critical') then r.advice end,
    case when e.severity in ('warning', 'critical') then coalesce(e.fix, r.fix) end
  from quality.rules() r
  cross join lateral platform.evaluate_rule(r.measure, r.warning, r.critical, r.worse) e
  where (p_rules is null or r.rule = any (p_rules)) and (p_categories is null or r.category = any (p_categories))
$$;
comment on function quality.check_rules(text[], text[]) is 'Measures rules (null: all) and says how each stands, with evidence, advice and the SQL or command that repairs it.';
