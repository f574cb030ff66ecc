create or replace function api.refresh_hourly_stats()
returns void
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform statistics.refresh();
end
$$;
comment on function api.refresh_hourly_stats() is 'Folds what changed into the hours behind mv_hourly_stats; the view is exact without it.';
