create or replace function marketplace.metric_name(p_type text)
returns text
language sql immutable parallel safe
return case p_type
    when 'solicitud.creada' then 'solicitudes_creadas'
    when 'oferta.creada' then 'ofertas_enviadas'
    when 'evaluacion.completada' then 'evaluaciones_completadas'
    when 'cliente.acepto' then 'ofertas_aceptadas'
    when 'cliente.rechazo' then 'ofertas_rechazadas'
    when 'solicitud.expirada' then 'solicitudes_expiradas'
    when 'entrega.confirmada' then 'entregas_confirmadas'
    when 'cliente.registrado' then 'clientes_registrados'
  end;

comment on function marketplace.metric_name(text) is 'The live counter that a type of event moves; null for a type that there is not.';
