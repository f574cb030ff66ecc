create or replace function api.api_refresh_all_views()
returns table (view_name text, status text, row_count bigint, duration_ms numeric)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_started timestamptz := platform.stopwatch();
  v_view record;
begin
  -- mv_hourly_stats is a plain view over the rollups: folding them refreshes it.
  select 'mv_hourly_stats', 'SUCCESS', r.rows_written into view_name, status, row_count
  from statistics.refresh() r;
  duration_ms := round((extract(epoch from platform.stopwatch() - v_started) * 1000)::numeric, 3);
  return next;
  for v_view in
    select m.schemaname, m.matviewname from pg_catalog.pg_matviews m
    where m.matviewowner = current_user
    order by m.schemaname, m.matviewname
  loop
    v_started := platform.stopwatch();
    execute format('refresh materialized view %I.%I', v_view.schemaname, v_view.matviewname);
    execute format('select count(*) from %I.%I', v_view.schemaname, v_view.matviewname) into row_count;
    view_name := v_view.matviewname;
    duration_ms := round((extract(epoch from platform.stopwatch() - v_started) * 1000)::numeric, 3);
    return next;
  end loop;
end
$$;
comment on function api.api_refresh_all_views() is 'Folds what changed into the rollups and refreshes every materialized view; one row per view with its rows and milliseconds.';
