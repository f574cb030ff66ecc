create or replace function api.mv_health()
returns table (status text, views_count int, scheduler_running boolean, last_refresh timestamptz, checked_at timestamptz, reasons text[])
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  with found as (
    select (select count(*) from marketplace.kpi_views)::int as views_count, coalesce(greatest(s.ticked_at, s.cron_ticked_at) > platform.now() - interval '5 minutes', false) as is_running,
      (select max(r.finished_at) from marketplace.refresh_runs r where r.status = 'SUCCESS') as last_refresh,
      array_remove(array[
        case when not exists (select from marketplace.refresh_runs r where r.status = 'SUCCESS') then 'no refresh has ended well yet' end,
        case when coalesce(greatest(s.ticked_at, s.cron_ticked_at), '-infinity') <= platform.now() - interval '5 minutes' then 'the scheduler does not run' end,
        case when marketplace.due_at() < platform.now() - interval '15 minutes' and marketplace.due_at() >= s.scheduled_since
          and not exists (select from marketplace.refresh_runs r where r.status = 'SUCCESS' and r.finished_at >= marketplace.due_at())
          then format('the refresh that was due at %s is late', marketplace.due_at()) end], null)
      || array(select v.view_name || ': ' || v.last_error from marketplace.view_states v where v.last_error is not null order by v.view_name)
      || array(select v.view_name || ' has no data' from marketplace.view_states v where not v.is_populated order by v.view_name) as reasons
    from marketplace.settings s
  )
  select case when f.last_refresh is null then 'unhealthy' when cardinality(f.reasons) > 0 then 'degraded' else 'healthy' end, f.views_count, f.is_running,
    f.last_refresh, platform.now(), f.reasons
  from found f
$$;
comment on function api.mv_health() is 'healthy, degraded (with the reasons), or unhealthy when no refresh ever ended well.';
