create or replace function ingest.found_json(p_severities text[])
returns jsonb
language plpgsql volatile parallel unsafe
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('row', f.row_number, 'column', f.column_name, 'error', f.message, 'value', f.value,
      'rule', f.rule, 'severity', f.severity, 'hint', f.hint) order by f.ordinal), '[]')
    from ingest.told_findings() f
    where f.severity = any (p_severities));
end
$$;
comment on function ingest.found_json(text[]) is 'What was found in rows that came as JSON, as an array of {row, column, error, value, rule, severity, hint}.';
