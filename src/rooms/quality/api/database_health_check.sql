create or replace function api.database_health_check()
returns table (
  check_category text, check_name text, status text, details text,
  severity text, value numeric, unit text, warning numeric, critical numeric, says text, advice text, fix text
)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select c.category, c.rule, quality.seed_status(c.category, c.severity), c.evidence,
    c.severity, c.value, c.unit, c.warning, c.critical, c.says, c.advice, c.fix
  from quality.check_rules() c
  order by array_position(array['critical', 'warning', 'skipped', 'ok'], c.severity), c.category, c.rule
$$;
comment on function api.database_health_check() is
  'Every check with its status, evidence, thresholds, advice and what repairs it; the broken ones first. Reads catalogs and small tables only; what cannot be known is SKIPPED with the reason.';
