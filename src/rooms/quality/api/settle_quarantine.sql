create or replace function api.settle_quarantine(p_error_id bigint, p_outcome text, p_note text default null)
returns table (
  error_id bigint, batch_id uuid, filename text, service_code text, sheet text, row_number int, cell text, column_name text, rule text, value text,
  message text, hint text, put_aside_at timestamptz, outcome text, note text, settled_by text, settled_at timestamptz
)
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  if not exists (select from quality.quarantined() q where q.error_id = p_error_id) then
    raise exception using errcode = 'QH404', message = format('there is no quarantined row %s', p_error_id), hint = 'quality.quarantine lists them.';
  end if;
  insert into quality.settlements as s (error_id, outcome, note, settled_by, settled_at)
  values (p_error_id, p_outcome, p_note, org.caller_name(), platform.now())
  on conflict (error_id) do update
  set outcome = excluded.outcome, note = excluded.note, settled_by = excluded.settled_by, settled_at = excluded.settled_at;
  return query select * from quality.quarantined() q where q.error_id = p_error_id;
end
$$;
comment on function api.settle_quarantine(bigint, text, text) is 'Says what became of a rejected row: repaired, or accepted as lost.';
