create or replace function api.set_threshold(p_rule text, p_warning numeric default null, p_critical numeric default null, p_reason text default null)
returns table (
  rule text, category text, says text, warning numeric, critical numeric, worse text, unit text, default_warning numeric, default_critical numeric,
  changed_at timestamptz, changed_by text, reason text
)
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform quality.set_threshold(p_rule, p_warning, p_critical, p_reason);
  return query select t.* from api.thresholds() t where t.rule = p_rule;
end
$$;
comment on function api.set_threshold(text, numeric, numeric, text) is 'Sets from which value on a rule warns and is critical; without numbers the defaults hold again.';
