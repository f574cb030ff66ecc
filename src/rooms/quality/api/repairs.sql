create or replace function api.repairs(p_batch_id uuid default null)
returns table (
  error_id bigint, batch_id uuid, filename text, kind text, rule text, column_name text, occurrences bigint, what text, repaired_by text,
  repaired_at timestamptz
)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  -- What an import changes in order to understand it (digits as text, stray spaces …) is told as an info.
  select f.error_id, f.batch_id, f.filename, 'import', f.rule, f.column_name, f.occurrences, f.message, 'import', f.created_at
  from ingest.standing_findings f
  where f.severity = 'info' and (p_batch_id is null or f.batch_id = p_batch_id)
    and (platform.visible_services() is null or f.service_id = any (platform.visible_services()))
  union all
  select q.error_id, q.batch_id, q.filename, 'person', q.rule, q.column_name, 1, concat_ws(': ', q.outcome, q.note), q.settled_by, q.settled_at
  from quality.quarantined() q
  where q.outcome is not null and (p_batch_id is null or q.batch_id = p_batch_id)
$$;
comment on function api.repairs(uuid) is 'What imports put right by themselves and what people settled, of batches that stand.';
