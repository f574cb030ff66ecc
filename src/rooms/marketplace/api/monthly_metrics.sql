create or replace function api.monthly_metrics(p_start_month text default null, p_end_month text default null, p_limit int default null)
returns table (
  mes date,
  solicitudes_creadas bigint,
  solicitudes_aceptadas bigint,
  solicitudes_rechazadas bigint,
  solicitudes_expiradas bigint,
  solicitudes_sin_ofertas bigint,
  tiempo_promedio_cierre_seg numeric,
  ofertas_totales bigint,
  ofertas_ganadoras bigint,
  ofertas_aceptadas bigint,
  precio_promedio_ofertas numeric,
  precio_minimo_ofertas numeric,
  precio_maximo_ofertas numeric,
  tiempo_entrega_promedio numeric,
  garantia_promedio_meses numeric,
  clientes_activos bigint,
  asesores_activos bigint,
  marcas_vehiculos_solicitadas bigint,
  volumen_transaccional_total numeric,
  tasa_aceptacion_pct numeric,
  tasa_conversion_ofertas_pct numeric,
  ofertas_promedio_por_solicitud numeric,
  mes_en_curso boolean
)
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_start date := marketplace.month_of(p_start_month, 'start_month');
  v_end date := marketplace.month_of(p_end_month, 'end_month');
begin
  if v_start > v_end then
    raise exception using errcode = 'QH400', message = format('start_month %s lies after end_month %s', p_start_month, p_end_month),
      hint = 'Exchange the two.';
  end if;
  return query
  select v.*
  from api.mv_metricas_mensuales v
  where (v_start is null or v.mes >= v_start) and (v_end is null or v.mes <= v_end)
  order by v.mes desc
  limit marketplace.check_limit(p_limit, 12, 60);
end
$$;
comment on function api.monthly_metrics(text, text, int) is 'The newest months of mv_metricas_mensuales from one month to another, both included (YYYY-MM); QH400 when the first lies after the last.';
