create or replace function api.city_summary()
returns table (total_cities int, cities jsonb, generated_at timestamptz)
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select count(*)::int, coalesce(jsonb_agg(to_jsonb(c) order by c.ofertas_ganadoras_total desc, c.ciudad), '[]'), max(c.calculado_at)
  from (
    select v.ciudad, count(*) as total_asesores, sum(v.ofertas_ganadoras) as ofertas_ganadoras_total, sum(v.entregas_exitosas) as entregas_exitosas_total,
      sum(v.volumen_total_ofertas) as volumen_total,
      round(100 * sum(v.notificaciones_respondidas) / nullif(sum(v.notificaciones_recibidas), 0), 2) as tasa_respuesta_promedio,
      round(avg(v.confianza), 2) as confianza_promedio, sum(v.ofertas_historicas_total) as ofertas_totales,
      round(100 * sum(v.ofertas_ganadoras) / nullif(sum(v.ofertas_historicas_total), 0), 2) as tasa_conversion_pct, max(v.calculado_at) as calculado_at
    from api.mv_ranking_asesores v
    group by v.ciudad
  ) c
$$;
comment on function api.city_summary() is 'Each city over its advisors. Rates are of the sums (an advisor with 200 notifications weighs 200 times one with one); confianza_promedio is the mean over the advisors.';
