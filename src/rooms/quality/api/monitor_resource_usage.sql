create or replace function api.monitor_resource_usage()
returns table (
  resource_type text, metric_name text, current_value numeric, threshold numeric, status text, recommendation text,
  unit text, severity text, evidence text, fix text
)
language sql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select c.category, split_part(c.rule, '.', 2), c.value, c.warning,
    case c.severity when 'ok' then 'OK' when 'skipped' then 'SKIPPED' else 'WARNING' end,
    coalesce(c.advice, case c.severity when 'ok' then 'Nothing to do.' else 'It cannot be known: ' || c.evidence end),
    c.unit, c.severity, c.evidence, c.fix
  from quality.check_rules(null, '{resources,storage,connections,partitions}') c
  order by c.category, c.rule
$$;
comment on function api.monitor_resource_usage() is 'Indexes, memory, disk, locks, connections and partitions by the rules of health: one row each, also when all is well.';
