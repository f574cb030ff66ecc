create or replace function api.thresholds()
returns table (
  rule text, category text, says text, warning numeric, critical numeric, worse text, unit text, default_warning numeric, default_critical numeric,
  changed_at timestamptz, changed_by text, reason text
)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select r.rule, r.category, r.says, r.warning, r.critical, r.worse, r.unit, r.default_warning, r.default_critical, r.changed_at, r.changed_by, r.reason
  from quality.rules() r
$$;
comment on function api.thresholds() is 'The rules of health with the thresholds in force, the defaults, and who changed them last.';
