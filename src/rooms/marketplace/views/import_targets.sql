create or replace view marketplace.import_targets as
select v.kind, v.ordinal, v.table_name, v.key, v.fixed, v.needs, v.gone_by,
  v.table_name not in ('ofertas_historicas', 'historial_respuestas_ofertas', 'auditoria_tiendas', 'evaluaciones') as is_unique
from (
  values
    ('municipalities', 1, 'municipios', '{codigo_dane}'::text[], '{}'::jsonb, null, null::text[]),
    ('clients', 1, 'usuarios', '{id}', '{"rol": "CLIENT"}', null, null),
    ('clients', 2, 'clientes', '{id}', '{}', null, null),
    ('advisors', 1, 'usuarios', '{id}', '{"rol": "ADVISOR"}', null, null),
    ('advisors', 2, 'asesores', '{id}', '{}', null, null),
    ('requests', 1, 'solicitudes', '{id}', '{}', null, null),
    ('requests', 2, 'repuestos_solicitados', '{id}', '{}', null, null),
    ('offers', 1, 'ofertas', '{id}', '{}', null, null),
    ('offers', 2, 'ofertas_detalle', '{oferta_id,repuesto_solicitado_id}', '{}', null, null),
    ('offers', 3, 'adjudicaciones_repuesto', '{solicitud_id,repuesto_solicitado_id}', '{}', 'puntaje_adjudicado',
      '{solicitud_id,repuesto_solicitado_id,oferta_id}'),
    ('offer_history', 1, 'ofertas_historicas', '{asesor_id,solicitud_id,fecha}', '{}', null, null),
    ('notifications', 1, 'historial_respuestas_ofertas', '{asesor_id,solicitud_id,fecha_envio}', '{}', null, null),
    ('messages', 1, 'notificaciones', '{id}', '{}', null, null),
    ('audits', 1, 'auditoria_tiendas', '{asesor_id,fecha_revision}', '{}', null, null),
    ('evaluations', 1, 'evaluaciones_asesores_temp', '{solicitud_id,asesor_id}', '{}', null, null),
    ('request_evaluations', 1, 'evaluaciones', '{solicitud_id,created_at}', '{}', null, null)
) as v (kind, ordinal, table_name, key, fixed, needs, gone_by);
comment on view marketplace.import_targets is 'The tables that a row of each kind of import writes, in this order; by which columns a row is known; needs: only where this cell is filled; gone_by: where it is not, a row with these columns goes; is_unique: the table has one row of a key.';
