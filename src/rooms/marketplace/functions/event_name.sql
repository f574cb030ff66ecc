create or replace function marketplace.event_name(p_type text)
returns text
language sql immutable parallel safe
return case pg_catalog.lower(p_type)
    when 'solicitud.created' then 'solicitud.creada'
    when 'oferta.submitted' then 'oferta.creada'
    when 'evaluacion.completed' then 'evaluacion.completada'
    when 'oferta.accepted' then 'cliente.acepto'
    when 'oferta.rejected' then 'cliente.rechazo'
    when 'cliente.registered' then 'cliente.registrado'
    else pg_catalog.lower(p_type)
  end;

comment on function marketplace.event_name(text) is 'The one name of a type of event; the English names of the older collector are understood.';
