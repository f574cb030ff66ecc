create or replace function api.post_agent_activity(p_rows jsonb, p_source text default 'api')
returns table (
  batch_id uuid,
  inserted_count bigint,
  updated_count bigint,
  unchanged_count bigint,
  error_count bigint,
  errors jsonb
)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_batch_id uuid := gen_random_uuid();
  v_posted record;
begin
  if jsonb_typeof(p_rows) is distinct from 'array' then
    raise exception using errcode = 'QH400',
      message = format('rows must be a list of objects, not %s', coalesce(jsonb_typeof(p_rows), 'null')),
      hint = 'For instance [{"agent_code": "A-1002", "service": "SUPPORT", "interval_start_time": "2025-03-01T09:15:00+03:00", "login_seconds": 900, "ready_seconds": 900}].';
  end if;
  v_posted := statistics.post_agent_rows(v_batch_id, p_rows, coalesce(nullif(p_source, ''), 'api'));
  return query
  select v_batch_id, v_posted.rows_inserted, v_posted.rows_updated, v_posted.rows_unchanged,
    jsonb_array_length(v_posted.errors)::bigint, v_posted.errors;
end
$$;
comment on function api.post_agent_activity(jsonb, text) is 'Takes posted quarters of agents; a wrong row is reported and does not stop the others; the same rows again change nothing.';
