create or replace function quality.quarantined()
returns table (
  error_id bigint, batch_id uuid, filename text, service_code text, sheet text, row_number int, cell text, column_name text, rule text, value text,
  message text, hint text, put_aside_at timestamptz, outcome text, note text, settled_by text, settled_at timestamptz
)
language sql
stable
parallel safe
as $$
  select f.error_id, f.batch_id, f.filename, f.service_code, f.sheet, f.row_number, f.cell, f.column_name, f.rule, f.value,
    f.message, f.hint, f.created_at, s.outcome, s.note, s.settled_by, s.settled_at
  from ingest.standing_findings f
  left join quality.settlements s on s.error_id = f.error_id
  where f.severity = 'error'
    and (platform.visible_services() is null or f.service_id = any (platform.visible_services()))
$$;
comment on function quality.quarantined() is 'Rows that imports put aside, with what was said of them, of the services that the caller may see.';
