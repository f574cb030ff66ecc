create or replace function quality.seed_status(p_category text, p_severity text)
returns text
language sql
immutable
parallel safe
as $$
  select case
    when p_severity = 'skipped' then 'SKIPPED'
    when p_severity = 'ok' then case when p_category = 'resources' then 'OK' else 'HEALTHY' end
    when p_category = 'performance' then 'DEGRADED'
    when p_severity = 'critical' and p_category not in ('resources', 'throughput') then 'CRITICAL'
    else 'WARNING'
  end
$$;
comment on function quality.seed_status(text, text) is 'A severity in the words of seed 001: HEALTHY, DEGRADED, WARNING, CRITICAL, OK, and SKIPPED for what cannot be known.';
