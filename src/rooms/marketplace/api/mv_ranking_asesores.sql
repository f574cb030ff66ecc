create or replace view api.mv_ranking_asesores as
select
  v.asesor_id,
  v.asesor_nombre,
  case when platform.sees_personal_data() then v.asesor_email else platform.masked(v.asesor_email, 'email') end as asesor_email,
  v.ciudad,
  v.departamento,
  v.punto_venta,
  v.confianza,
  v.nivel_actual,
  v.estado_asesor,
  v.actividad_reciente_pct,
  v.desempeno_historico_pct,
  v.ofertas_historicas_total,
  v.ofertas_ganadoras,
  v.ofertas_aceptadas_cliente,
  v.entregas_exitosas,
  v.tiempo_promedio_respuesta_seg,
  v.monto_promedio_ofertas,
  v.volumen_total_ofertas,
  v.confianza_auditada,
  v.auditorias_realizadas,
  v.ultima_auditoria,
  v.notificaciones_recibidas,
  v.notificaciones_respondidas,
  v.tiempo_promedio_respuesta_notif_seg,
  v.tasa_respuesta_pct,
  v.tasa_conversion_ofertas_pct,
  v.tasa_exito_completo_pct,
  v.ranking_ciudad,
  v.ranking_nacional,
  v.percentil_ofertas_ganadoras_ciudad,
  v.percentil_ofertas_ganadoras_nacional,
  v.calculado_at
from marketplace.mv_ranking_asesores v
where (select platform.sees_all_cities()) or v.ciudad = any ((select platform.visible_cities())::text[]);
comment on view api.mv_ranking_asesores is 'Active advisors with what made their ranks, by city and in the nation, as of the last refresh. Read by: marketplace.advisor_rankings, marketplace.city_summary, marketplace.top_advisors.';
comment on column api.mv_ranking_asesores.asesor_id is 'The advisor.';
comment on column api.mv_ranking_asesores.asesor_nombre is 'Name and surname of the advisor.';
comment on column api.mv_ranking_asesores.asesor_email is 'E-mail of the advisor, masked for callers without the right to personal data.';
comment on column api.mv_ranking_asesores.ciudad is 'City of the advisor.';
comment on column api.mv_ranking_asesores.departamento is 'Department of the advisor.';
comment on column api.mv_ranking_asesores.punto_venta is 'Point of sale of the advisor.';
comment on column api.mv_ranking_asesores.confianza is 'Trust that the advisor has, 1 to 5 = asesores.confianza.';
comment on column api.mv_ranking_asesores.nivel_actual is 'Level at which the last evaluation of the advisor put them, 1 to 5 = nivel_entrega of their newest evaluaciones_asesores_temp; null without one.';
comment on column api.mv_ranking_asesores.estado_asesor is 'State of the advisor; only those with ACTIVO are ranked.';
comment on column api.mv_ranking_asesores.actividad_reciente_pct is 'Recent activity, per cent = asesores.actividad_reciente_pct.';
comment on column api.mv_ranking_asesores.desempeno_historico_pct is 'Historical performance, per cent = asesores.desempeno_historico_pct.';
comment on column api.mv_ranking_asesores.ofertas_historicas_total is 'Offers of the last 30 days = count of ofertas_historicas by fecha.';
comment on column api.mv_ranking_asesores.ofertas_ganadoras is 'Of these, awarded = count where adjudicada.';
comment on column api.mv_ranking_asesores.ofertas_aceptadas_cliente is 'Of these, accepted by the client = count where aceptada_cliente.';
comment on column api.mv_ranking_asesores.entregas_exitosas is 'Of these, delivered = count where entrega_exitosa.';
comment on column api.mv_ranking_asesores.tiempo_promedio_respuesta_seg is 'Mean seconds to make these offers = avg(tiempo_respuesta_seg).';
comment on column api.mv_ranking_asesores.monto_promedio_ofertas is 'Mean amount of these offers, COP = avg(monto_total) of those that have one; null without any.';
comment on column api.mv_ranking_asesores.volumen_total_ofertas is 'Sum of the amounts of these offers, COP = sum(monto_total).';
comment on column api.mv_ranking_asesores.confianza_auditada is 'Mean score of the audits of the last 90 days, 1 to 5 = avg(puntaje_confianza); confianza where there was none.';
comment on column api.mv_ranking_asesores.auditorias_realizadas is 'Audits of the last 90 days = count of auditoria_tiendas by fecha_revision.';
comment on column api.mv_ranking_asesores.ultima_auditoria is 'The newest of these audits = max(fecha_revision).';
comment on column api.mv_ranking_asesores.notificaciones_recibidas is 'Notifications of the last 30 days = count of historial_respuestas_ofertas by fecha_envio.';
comment on column api.mv_ranking_asesores.notificaciones_respondidas is 'Of these, answered = count where respondio.';
comment on column api.mv_ranking_asesores.tiempo_promedio_respuesta_notif_seg is 'Mean seconds to answer = avg(tiempo_respuesta_seg) of those answered.';
comment on column api.mv_ranking_asesores.tasa_respuesta_pct is 'Answered of received notifications, per cent = 100 * notificaciones_respondidas / notificaciones_recibidas; null without any.';
comment on column api.mv_ranking_asesores.tasa_conversion_ofertas_pct is 'Awarded of all offers, per cent = 100 * ofertas_ganadoras / ofertas_historicas_total; null without offers.';
comment on column api.mv_ranking_asesores.tasa_exito_completo_pct is 'Delivered of all offers, per cent = 100 * entregas_exitosas / ofertas_historicas_total; null without offers.';
comment on column api.mv_ranking_asesores.ranking_ciudad is 'Rank in the city: by ofertas_ganadoras (most first), tiempo_promedio_respuesta_seg (least first, unknown last), confianza (most first); equals share a rank. Null below the minimum of offers (setting).';
comment on column api.mv_ranking_asesores.ranking_nacional is 'Rank in the nation, by the same.';
comment on column api.mv_ranking_asesores.percentil_ofertas_ganadoras_ciudad is 'Share of the other ranked advisors of the city with fewer ofertas_ganadoras, per cent = 100 * percent_rank; 100 for one who is alone.';
comment on column api.mv_ranking_asesores.percentil_ofertas_ganadoras_nacional is 'The same in the nation.';
comment on column api.mv_ranking_asesores.calculado_at is 'Moment as of which the row was calculated.';
