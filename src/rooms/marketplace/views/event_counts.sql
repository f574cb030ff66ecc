create or replace view marketplace.event_counts as
select marketplace.metric_name(e.tipo_evento) as metrica_nombre, (e.ocurrido_at at time zone 'America/Bogota')::date as fecha,
  pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('ciudad', e.datos_evento -> 'ciudad', 'canal', e.datos_evento -> 'canal',
    'asesor_id', e.datos_evento -> 'asesor_id')) as dimensiones, e.evento_id
from marketplace.eventos_sistema e;
comment on view marketplace.event_counts is 'Which counter each event moved: the live counters are the number of these rows.';
