create or replace function platform.evaluate_rule(p_measure text, p_warning numeric, p_critical numeric, p_worse text)
returns table (severity text, value numeric, evidence text, fix text)
language plpgsql
stable
parallel unsafe
as $$
begin
  -- Stable, so a measurement that writes is refused. What one measurement lacks must not take the others' answers away.
  begin
    execute p_measure into value, evidence, fix;
  exception when others then
    value := null;
    evidence := 'The measurement failed: ' || sqlerrm;
    fix := null;
  end;
  severity := case
    when value is null then 'skipped'
    when (p_worse = 'above' and value >= p_critical) or (p_worse = 'below' and value <= p_critical) then 'critical'
    when (p_worse = 'above' and value >= p_warning) or (p_worse = 'below' and value <= p_warning) then 'warning'
    else 'ok'
  end;
  if value is null then
    evidence := coalesce(evidence, 'There is nothing to measure.');
  end if;
  return next;
end
$$;
comment on function platform.evaluate_rule(text, numeric, numeric, text) is
  'The one evaluator of rules: runs a measurement (value, evidence, and SQL that fixes it where it knows) and says ok, warning, critical, or skipped when it cannot know.';
