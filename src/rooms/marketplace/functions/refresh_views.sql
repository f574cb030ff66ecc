create or replace function marketplace.refresh_views(p_run_id bigint, p_full boolean)
returns void
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_view record;
  v_done record;
  v_started timestamptz;
  v_failed text;
begin
  for v_view in select k.view_name, k.is_materialized from marketplace.kpi_views k order by k.view_name loop
    v_started := platform.stopwatch();
    begin
      if v_view.is_materialized then
        select r.row_count, r.changed_count, r.is_incremental into v_done from marketplace.refresh_materialized(v_view.view_name) r;
      else
        execute format('select r.row_count, r.changed_count, r.is_incremental from marketplace.%I($1) r', 'refresh_' || v_view.view_name)
        into v_done using p_full;
      end if;
      insert into marketplace.refresh_log (run_id, view_name, status, duration_ms, row_count, changed_count, is_incremental, finished_at)
      values (p_run_id, v_view.view_name, 'SUCCESS', extract(epoch from platform.stopwatch() - v_started) * 1000, v_done.row_count,
        v_done.changed_count, v_done.is_incremental, platform.now());
    exception when others then
      -- What this view did is rolled back: it shows what it showed before, and the others are refreshed all the same.
      v_failed := concat_ws('; ', v_failed, v_view.view_name || ': ' || sqlerrm);
      insert into marketplace.refresh_log (run_id, view_name, status, duration_ms, row_count, changed_count, is_incremental, error_message, finished_at)
      values (p_run_id, v_view.view_name, 'ERROR', extract(epoch from platform.stopwatch() - v_started) * 1000, 0, 0, not p_full, sqlerrm, platform.now());
    end;
  end loop;
  update marketplace.refresh_runs r
  set status = case when v_failed is null then 'SUCCESS' else 'ERROR' end, error_message = v_failed,
    finished_at = platform.now()
  where r.run_id = p_run_id;
  delete from marketplace.refresh_runs r where r.run_id <= p_run_id - 5000;
end
$$;
comment on function marketplace.refresh_views(bigint, boolean) is 'Refreshes every view of key figures as one run and logs each; the caller holds the lock. A view that fails keeps what it had.';
