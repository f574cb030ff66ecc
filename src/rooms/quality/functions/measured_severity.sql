create or replace function quality.measured_severity(p_value numeric, p_target numeric, p_higher_is_better boolean default false)
returns text
language sql
immutable
parallel safe
as $$
  select case
    when p_value is null then 'skipped'
    when p_higher_is_better then case when p_value <= p_target then 'critical' when p_value * 0.75 <= p_target then 'warning' else 'ok' end
    else case when p_value >= p_target then 'critical' when p_value >= p_target * 0.75 then 'warning' else 'ok' end
  end
$$;
comment on function quality.measured_severity(numeric, numeric, boolean) is 'How a measured value stands to what was promised: ok with a quarter to spare, warning within it, critical when missed, skipped when it was not measured.';
