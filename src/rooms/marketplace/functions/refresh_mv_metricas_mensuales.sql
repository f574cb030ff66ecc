create or replace function marketplace.refresh_mv_metricas_mensuales(
  p_full boolean,
  out row_count bigint,
  out changed_count bigint,
  out is_incremental boolean
)
language plpgsql volatile parallel unsafe
as $$
declare
  v_touched date[];
  v_months date[];
  v_first date;
  v_last date;
  v_gone bigint;
begin
  -- First the touched months, then in a statement of its own, which sees what those who touched them wrote, the counting.
  with gone as (delete from marketplace.touched_months t returning t.mes)
  select coalesce(array_agg(distinct g.mes), '{}') into v_touched from gone g;
  select min(s.mes), greatest(max(s.mes), marketplace.current_month()) into v_first, v_last from marketplace.solicitudes s;
  select coalesce(array_agg(m.mes), '{}') into v_months
  from (select g.mes::date as mes from generate_series(v_first::timestamp, v_last, interval '1 month') as g (mes)) m
  where p_full or m.mes = any (v_touched) or not exists (select from marketplace.mv_metricas_mensuales v where v.mes = m.mes);
  insert into marketplace.mv_metricas_mensuales as v select n.* from marketplace.monthly_metrics(v_months) n
  on conflict (mes) do update
  set (solicitudes_creadas, solicitudes_aceptadas, solicitudes_rechazadas, solicitudes_expiradas, solicitudes_sin_ofertas, tiempo_promedio_cierre_seg,
      ofertas_totales, ofertas_ganadoras, ofertas_aceptadas, precio_promedio_ofertas, precio_minimo_ofertas, precio_maximo_ofertas,
      tiempo_entrega_promedio, garantia_promedio_meses, clientes_activos, asesores_activos, marcas_vehiculos_solicitadas,
      volumen_transaccional_total, tasa_aceptacion_pct, tasa_conversion_ofertas_pct, ofertas_promedio_por_solicitud)
    = (excluded.solicitudes_creadas, excluded.solicitudes_aceptadas, excluded.solicitudes_rechazadas, excluded.solicitudes_expiradas,
      excluded.solicitudes_sin_ofertas, excluded.tiempo_promedio_cierre_seg, excluded.ofertas_totales, excluded.ofertas_ganadoras,
      excluded.ofertas_aceptadas, excluded.precio_promedio_ofertas, excluded.precio_minimo_ofertas, excluded.precio_maximo_ofertas,
      excluded.tiempo_entrega_promedio, excluded.garantia_promedio_meses, excluded.clientes_activos, excluded.asesores_activos,
      excluded.marcas_vehiculos_solicitadas, excluded.volumen_transaccional_total, excluded.tasa_aceptacion_pct,
      excluded.tasa_conversion_ofertas_pct, excluded.ofertas_promedio_por_solicitud)
  where v is distinct from excluded;
  get diagnostics changed_count = row_count;
  delete from marketplace.mv_metricas_mensuales v where v_first is null or v.mes not between v_first and v_last;
  get diagnostics v_gone = row_count;
  changed_count := changed_count + v_gone;
  is_incremental := not p_full;
  select count(*) into row_count from marketplace.mv_metricas_mensuales;
end
$$;
comment on function marketplace.refresh_mv_metricas_mensuales(boolean) is 'Brings mv_metricas_mensuales to its definition: the months that were touched, or all of them; writes only rows that differ.';
