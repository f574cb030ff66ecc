-- marketplace: the rows are reached only by functions and views of api. A refresh counts them all, whoever asks for it, so the tables are
-- open to it; what is shown is narrowed there: advisors to the cities that the caller may see, national figures to those who see them all.

select platform.leave_open('marketplace.' || t.name, 'only functions and views of api reach it, which narrow what they show by city')
from unnest('{usuarios,clientes,asesores,solicitudes,repuestos_solicitados,ofertas,ofertas_detalle,evaluaciones,evaluaciones_asesores_temp,adjudicaciones_repuesto,historial_respuestas_ofertas,ofertas_historicas,auditoria_tiendas,notificaciones,eventos_sistema,eventos_metricas,mv_metricas_mensuales,mv_ranking_asesores,ranking_history,import_loads}'::text[]) as t (name);

select platform.leave_open('marketplace.' || t.name, 'nobody''s: municipalities, settings, and when what was refreshed')
from unnest('{municipios,settings,refresh_runs,refresh_log,touched_months}'::text[]) as t (name);

select platform.audit_sql_writes('marketplace.settings');
