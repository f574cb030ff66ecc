create or replace function api.advisor_rankings(p_ciudad text default null, p_limit int default null)
returns table (
  asesor_id uuid,
  asesor_nombre text,
  asesor_email text,
  ciudad text,
  departamento text,
  punto_venta text,
  confianza numeric,
  nivel_actual int,
  estado_asesor text,
  actividad_reciente_pct numeric,
  desempeno_historico_pct numeric,
  ofertas_historicas_total bigint,
  ofertas_ganadoras bigint,
  ofertas_aceptadas_cliente bigint,
  entregas_exitosas bigint,
  tiempo_promedio_respuesta_seg numeric,
  monto_promedio_ofertas numeric,
  volumen_total_ofertas numeric,
  confianza_auditada numeric,
  auditorias_realizadas bigint,
  ultima_auditoria timestamptz,
  notificaciones_recibidas bigint,
  notificaciones_respondidas bigint,
  tiempo_promedio_respuesta_notif_seg numeric,
  tasa_respuesta_pct numeric,
  tasa_conversion_ofertas_pct numeric,
  tasa_exito_completo_pct numeric,
  ranking_ciudad bigint,
  ranking_nacional bigint,
  percentil_ofertas_ganadoras_ciudad numeric,
  percentil_ofertas_ganadoras_nacional numeric,
  calculado_at timestamptz,
  ranking_ciudad_anterior bigint,
  ranking_nacional_anterior bigint
)
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select r.*, h.ranking_ciudad, h.ranking_nacional
  from (
    select v.*
    from api.mv_ranking_asesores v
    where p_ciudad is null or lower(v.ciudad) = lower(p_ciudad)
    order by case when p_ciudad is null then v.ranking_nacional else v.ranking_ciudad end nulls last, v.asesor_nombre, v.asesor_id
    limit marketplace.check_limit(p_limit, 50, 500)
  ) r
  left join lateral (
    select g.ranking_ciudad, g.ranking_nacional
    from marketplace.ranking_history g
    where g.asesor_id = r.asesor_id and g.ranked_on < (r.calculado_at at time zone 'America/Bogota')::date
    order by g.ranked_on desc
    limit 1
  ) h on true
  order by case when p_ciudad is null then r.ranking_nacional else r.ranking_ciudad end nulls last, r.asesor_nombre, r.asesor_id
$$;
comment on function api.advisor_rankings(text, int) is 'The best advisors of a city, or of the nation, in the order of their rank, with the ranks that they had at the refresh of a day before.';
