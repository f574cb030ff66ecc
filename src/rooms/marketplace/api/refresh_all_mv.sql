create or replace function api.refresh_all_mv(p_full boolean default false)
returns table (
  view_name text,
  refresh_status text,
  refresh_time_ms numeric,
  error_message text,
  rows_affected bigint,
  rows_changed bigint,
  is_incremental boolean
)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_run_id bigint;
begin
  perform marketplace.lock_refresh(true);
  v_run_id := marketplace.begin_run('sql', null, coalesce(p_full, false));
  perform marketplace.refresh_views(v_run_id, coalesce(p_full, false));
  return query
  select l.view_name, l.status, l.duration_ms, l.error_message, l.row_count, l.changed_count, l.is_incremental
  from marketplace.refresh_log l
  where l.run_id = v_run_id
  order by l.view_name;
end
$$;
comment on function api.refresh_all_mv(boolean) is
  'Refreshes every view of key figures, one refresh at a time, and says how each went: SUCCESS or ERROR, milliseconds, rows (0 on error). Only what changed is counted anew unless p_full.';
