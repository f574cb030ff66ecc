create or replace function marketplace.note_alerts(p_states jsonb)
returns table (name text, was text)
language plpgsql volatile parallel unsafe
as $$
declare
  v_before jsonb;
begin
  -- One node after the other, so that a change is told once.
  select s.alerts into v_before from marketplace.settings s for update;
  update marketplace.settings s set alerts = v_before || p_states where s.alerts <> v_before || p_states;
  return query
    select e.key, coalesce(v_before ->> e.key, 'ok') from jsonb_each_text(p_states) e where e.value <> coalesce(v_before ->> e.key, 'ok') order by e.key;
end
$$;
comment on function marketplace.note_alerts(jsonb) is 'Keeps how the rules stand, {rule: severity}, and returns those that stood otherwise before, with how; a rule that was never told held.';
