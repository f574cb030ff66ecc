create or replace view marketplace.import_targets as
select v.kind, v.ordinal, v.table_name, v.key, v.fixed, v.needs
from (
  values
    ('municipalities', 1, 'municipios', '{codigo_dane}'::text[], '{}'::jsonb, null),
    ('clients', 1, 'usuarios', '{id}', '{"rol": "CLIENT"}', null),
    ('clients', 2, 'clientes', '{id}', '{}', null),
    ('advisors', 1, 'usuarios', '{id}', '{"rol": "ADVISOR"}', null),
    ('advisors', 2, 'asesores', '{id}', '{}', null),
    ('requests', 1, 'solicitudes', '{id}', '{}', null),
    ('requests', 2, 'repuestos_solicitados', '{id}', '{}', null),
    ('offers', 1, 'ofertas', '{id}', '{}', null),
    ('offers', 2, 'ofertas_detalle', '{oferta_id,repuesto_solicitado_id}', '{}', null),
    ('offers', 3, 'adjudicaciones_repuesto', '{solicitud_id,repuesto_solicitado_id}', '{}', 'puntaje_adjudicado'),
    ('offer_history', 1, 'ofertas_historicas', '{asesor_id,solicitud_id,fecha}', '{}', null),
    ('notifications', 1, 'historial_respuestas_ofertas', '{asesor_id,solicitud_id,fecha_envio}', '{}', null),
    ('audits', 1, 'auditoria_tiendas', '{asesor_id,fecha_revision}', '{}', null),
    ('evaluations', 1, 'evaluaciones_asesores_temp', '{solicitud_id,asesor_id}', '{}', null)
) as v (kind, ordinal, table_name, key, fixed, needs);
comment on view marketplace.import_targets is 'The tables that a row of each kind of import writes, in this order; by which columns a row is known; needs: only where this cell is filled.';
