create or replace function api.month_to_date(p_month text default null)
returns table (as_of timestamptz, live jsonb, stored jsonb, differences text[])
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  with month as (select coalesce(marketplace.month_of(p_month, 'month'), marketplace.current_month()) as mes),
  found as (
    select (select to_jsonb(n) from marketplace.monthly_metrics(array[m.mes]) n where platform.sees_all_cities()) as live,
      (select to_jsonb(v) from marketplace.mv_metricas_mensuales v where v.mes = m.mes and platform.sees_all_cities()) as stored
    from month m
  )
  select platform.now(), f.live, f.stored,
    array(select l.key from jsonb_each(f.live) l where f.stored is not null and l.value is distinct from f.stored -> l.key order by l.key)
  from found f
$$;
comment on function api.month_to_date(text) is 'A month (default the running one) counted now, beside what the last refresh stored, and the names of the figures that differ.';
