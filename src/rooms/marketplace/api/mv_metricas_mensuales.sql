create or replace view api.mv_metricas_mensuales as
select
  v.mes,
  v.solicitudes_creadas,
  v.solicitudes_aceptadas,
  v.solicitudes_rechazadas,
  v.solicitudes_expiradas,
  v.solicitudes_sin_ofertas,
  v.tiempo_promedio_cierre_seg,
  v.ofertas_totales,
  v.ofertas_ganadoras,
  v.ofertas_aceptadas,
  v.precio_promedio_ofertas,
  v.precio_minimo_ofertas,
  v.precio_maximo_ofertas,
  v.tiempo_entrega_promedio,
  v.garantia_promedio_meses,
  v.clientes_activos,
  v.asesores_activos,
  v.marcas_vehiculos_solicitadas,
  v.volumen_transaccional_total,
  v.tasa_aceptacion_pct,
  v.tasa_conversion_ofertas_pct,
  v.ofertas_promedio_por_solicitud,
  v.mes = marketplace.current_month() as mes_en_curso
from marketplace.mv_metricas_mensuales v
-- The figures are the nation's: who sees only some cities does not see them.
where (select platform.sees_all_cities());
comment on view api.mv_metricas_mensuales is 'Key figures of the marketplace by month, as of the last refresh; one row per month from the first request to the running month. Read by: marketplace.month_to_date, marketplace.monthly_metrics.';
comment on column api.mv_metricas_mensuales.mes is 'First day of the month (America/Bogota) in which the requests were created; everything else of a request counts in that month, whenever it happened.';
comment on column api.mv_metricas_mensuales.solicitudes_creadas is 'Requests created = count of solicitudes.';
comment on column api.mv_metricas_mensuales.solicitudes_aceptadas is 'Requests whose offers the client accepted = count with estado OFERTAS_ACEPTADAS.';
comment on column api.mv_metricas_mensuales.solicitudes_rechazadas is 'Requests whose offers the client refused = count with estado OFERTAS_RECHAZADAS.';
comment on column api.mv_metricas_mensuales.solicitudes_expiradas is 'Requests that ran out of time with offers = count with estado EXPIRADA.';
comment on column api.mv_metricas_mensuales.solicitudes_sin_ofertas is 'Requests that ran out of time without an offer = count with estado CERRADA_SIN_OFERTAS.';
comment on column api.mv_metricas_mensuales.tiempo_promedio_cierre_seg is 'Mean seconds from creation to the closing event = avg(fecha_cierre - created_at) over closed requests; null when none is closed.';
comment on column api.mv_metricas_mensuales.ofertas_totales is 'Offers made for the requests = count of ofertas.';
comment on column api.mv_metricas_mensuales.ofertas_ganadoras is 'Offers that won and were not refused by the client = count with estado GANADORA or ACEPTADA.';
comment on column api.mv_metricas_mensuales.ofertas_aceptadas is 'Offers that the client accepted = count with estado ACEPTADA.';
comment on column api.mv_metricas_mensuales.precio_promedio_ofertas is 'Mean unit price of all offer lines, COP = avg(precio_unitario); null without lines.';
comment on column api.mv_metricas_mensuales.precio_minimo_ofertas is 'Lowest unit price of all offer lines, COP = min(precio_unitario).';
comment on column api.mv_metricas_mensuales.precio_maximo_ofertas is 'Highest unit price of all offer lines, COP = max(precio_unitario).';
comment on column api.mv_metricas_mensuales.tiempo_entrega_promedio is 'Mean delivery time of the offers, days = avg(ofertas.tiempo_entrega_dias), each offer once.';
comment on column api.mv_metricas_mensuales.garantia_promedio_meses is 'Mean warranty of all offer lines, months = avg(garantia_meses).';
comment on column api.mv_metricas_mensuales.clientes_activos is 'Clients who made a request = count distinct cliente_id.';
comment on column api.mv_metricas_mensuales.asesores_activos is 'Advisors who made an offer = count distinct asesor_id of ofertas.';
comment on column api.mv_metricas_mensuales.marcas_vehiculos_solicitadas is 'Brands of vehicles asked for = count distinct marca_vehiculo, regardless of case and outer spaces.';
comment on column api.mv_metricas_mensuales.volumen_transaccional_total is 'Value of all offer lines, COP = sum(precio_unitario * cantidad), each line once.';
comment on column api.mv_metricas_mensuales.tasa_aceptacion_pct is 'Accepted of created requests, per cent = 100 * solicitudes_aceptadas / solicitudes_creadas; null without requests.';
comment on column api.mv_metricas_mensuales.tasa_conversion_ofertas_pct is 'Winning of all offers, per cent = 100 * ofertas_ganadoras / ofertas_totales; null without offers.';
comment on column api.mv_metricas_mensuales.ofertas_promedio_por_solicitud is 'Offers per request = ofertas_totales / solicitudes_creadas; null without requests.';
comment on column api.mv_metricas_mensuales.mes_en_curso is 'The month is still running: its figures will change.';
