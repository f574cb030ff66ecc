create or replace function api.top_advisors(p_ciudad text default null, p_metric text default null, p_limit int default null)
returns table (metric text, ciudad text, total_found int, top_advisors jsonb)
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_metric text := coalesce(p_metric, 'ofertas_ganadoras');
begin
  if v_metric not in ('ofertas_ganadoras', 'entregas_exitosas', 'tasa_respuesta_pct', 'tasa_conversion_ofertas_pct', 'monto_promedio_ofertas', 'confianza_auditada') then
    raise exception using errcode = 'QH400', message = format('metric: “%s” is not a metric', v_metric),
      hint = 'One of ofertas_ganadoras, entregas_exitosas, tasa_respuesta_pct, tasa_conversion_ofertas_pct, monto_promedio_ofertas, confianza_auditada.';
  end if;
  return query
  with best as (
    -- Only the best become JSON, not every advisor whose metric is looked at.
    select v.*, m.measured
    from api.mv_ranking_asesores v
    cross join lateral (
      select case v_metric
        when 'ofertas_ganadoras' then v.ofertas_ganadoras::numeric
        when 'entregas_exitosas' then v.entregas_exitosas::numeric
        when 'tasa_respuesta_pct' then v.tasa_respuesta_pct::numeric
        when 'tasa_conversion_ofertas_pct' then v.tasa_conversion_ofertas_pct::numeric
        when 'monto_promedio_ofertas' then v.monto_promedio_ofertas::numeric
        when 'confianza_auditada' then v.confianza_auditada::numeric
      end as measured
    ) m
    where p_ciudad is null or lower(v.ciudad) = lower(p_ciudad)
    order by m.measured desc nulls last, v.ranking_nacional nulls last, v.asesor_nombre, v.asesor_id
    limit marketplace.check_limit(p_limit, 10, 50)
  ), numbered as (
    select rank() over (order by b.measured desc nulls last) as place, to_jsonb(b) - 'measured' as advisor, b.measured, b.asesor_nombre
    from best b
  )
  select v_metric, p_ciudad, count(*)::int,
    coalesce(jsonb_agg(n.advisor || jsonb_build_object('posicion', n.place) order by n.place, (n.advisor ->> 'ranking_nacional')::bigint, n.asesor_nombre), '[]')
  from numbered n;
end
$$;
comment on function api.top_advisors(text, text, int) is 'The best of all advisors, of a city or of the nation, by one metric; equals share a position. QH400 for a metric that there is not.';
