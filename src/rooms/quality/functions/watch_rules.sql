create or replace function quality.watch_rules()
returns table (rule text, former text, severity text, evidence text)
language plpgsql
volatile
parallel unsafe
as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock(5390006, 1);
  return query
  with checked as materialized (
    select c.* from quality.check_rules() c
  ), changed as (
    select c.rule, s.severity as former, c.severity, c.value, coalesce(c.evidence, '') as evidence
    from checked c
    left join quality.rule_states s on s.rule = c.rule
    where c.severity is distinct from s.severity
  ), noted as (
    insert into quality.rule_changes (rule, changed_at, former, severity, value, evidence)
    select c.rule, platform.now(), c.former, c.severity, c.value, c.evidence from changed c
    on conflict (rule, changed_at) do nothing
  ), stated as (
    insert into quality.rule_states as s (rule, severity, value, evidence, since, checked_at)
    select c.rule, c.severity, c.value, coalesce(c.evidence, ''), platform.now(), platform.now() from checked c
    on conflict on constraint rule_states_pkey do update set
      since = case when s.severity = excluded.severity then s.since else excluded.since end,
      severity = excluded.severity, value = excluded.value, evidence = excluded.evidence, checked_at = excluded.checked_at
  )
  select c.rule, c.former, c.severity, c.evidence
  from changed c
  -- The first look is no news, and neither is a check that begins or ceases to know.
  where c.former is not null and (c.severity in ('warning', 'critical') or c.former in ('warning', 'critical'));
  delete from quality.rule_changes r where r.changed_at < platform.now() - interval '400 days';
end
$$;
comment on function quality.watch_rules() is 'Looks at every rule, keeps how it stands and since when, and answers those that broke, got worse, or recovered.';
