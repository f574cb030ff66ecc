create or replace function api.validation_runs(p_start_time timestamptz default null)
returns table (run_at timestamptz, test_name text, value numeric, target numeric, unit text, higher_is_better boolean, severity text, evidence text)
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select r.run_at, r.test_name, r.value, r.target, r.unit, r.higher_is_better, r.severity, r.evidence
  from quality.validation_runs r
  where r.run_at >= coalesce(p_start_time, platform.now() - interval '90 days')
$$;
comment on function api.validation_runs(timestamptz) is 'What the nightly validations measured since a moment (null: in 90 days): the figures of the SLA over time.';
