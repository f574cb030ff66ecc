create or replace function api.api_batch_insert_calls(p_calls jsonb, p_source text default 'ui_upload')
returns table (
  batch_id uuid,
  inserted_count bigint,
  error_count bigint,
  duration_ms numeric,
  errors jsonb,
  updated_count bigint,
  unchanged_count bigint
)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
set jit = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_started timestamptz := platform.stopwatch();
  v_posted record;
begin
  if jsonb_typeof(p_calls) is distinct from 'array' then
    raise exception using errcode = 'QH400',
      message = format('calls must be a list of objects, not %s', coalesce(jsonb_typeof(p_calls), 'null')),
      hint = 'For instance [{"interval_start_time": "2025-03-01T09:15:00+03:00", "service_id": 1, "received_calls": 12}].';
  end if;
  v_posted := statistics.post_calls(gen_random_uuid(), p_calls, coalesce(nullif(p_source, ''), 'ui_upload'));
  return query
  select v_posted.batch_id, v_posted.rows_inserted, jsonb_array_length(v_posted.errors)::bigint,
    round((extract(epoch from platform.stopwatch() - v_started) * 1000)::numeric, 3),
    v_posted.errors, v_posted.rows_updated, v_posted.rows_unchanged;
end
$$;
comment on function api.api_batch_insert_calls(jsonb, text) is 'Takes posted figures of intervals; a wrong row is reported and does not stop the others; the same rows again change nothing. Averages in ms per treated call.';
