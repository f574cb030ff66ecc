create or replace function api.quarantine(p_batch_id uuid default null, p_is_open boolean default null)
returns table (
  error_id bigint, batch_id uuid, filename text, service_code text, sheet text, row_number int, cell text, column_name text, rule text, value text,
  message text, hint text, put_aside_at timestamptz, outcome text, note text, settled_by text, settled_at timestamptz
)
language sql
stable
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
  select * from quality.quarantined() q
  where (p_batch_id is null or q.batch_id = p_batch_id) and (p_is_open is null or (q.outcome is null) = p_is_open)
$$;
comment on function api.quarantine(uuid, boolean) is 'Rows that imports rejected, of batches that stand; open, settled or both.';
