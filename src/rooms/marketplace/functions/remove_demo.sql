create or replace function marketplace.remove_demo()
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  delete from marketplace.solicitudes s where s.es_demo;
  delete from marketplace.eventos_sistema e where e.evento_id like 'demo-%';
  delete from marketplace.eventos_metricas;
  insert into marketplace.eventos_metricas (metrica_nombre, fecha, dimensiones, valor)
  select c.metrica_nombre, c.fecha, c.dimensiones, count(*) from marketplace.event_counts c group by 1, 2, 3;
  delete from marketplace.auditoria_tiendas a using marketplace.asesores v where v.id = a.asesor_id and v.es_demo;
  delete from marketplace.notificaciones n using marketplace.usuarios u where u.id = n.usuario_id and u.es_demo;
  -- Whom somebody used for rows of their own stays.
  delete from marketplace.clientes c where c.es_demo and not exists (select from marketplace.solicitudes s where s.cliente_id = c.id);
  delete from marketplace.asesores v
  where v.es_demo and not exists (select from marketplace.ofertas o where o.asesor_id = v.id)
    and not exists (select from marketplace.ofertas_historicas h where h.asesor_id = v.id)
    and not exists (select from marketplace.historial_respuestas_ofertas n where n.asesor_id = v.id)
    and not exists (select from marketplace.evaluaciones_asesores_temp e where e.asesor_id = v.id)
    and not exists (select from marketplace.auditoria_tiendas a where a.asesor_id = v.id);
  delete from marketplace.usuarios u
  where u.es_demo and not exists (select from marketplace.clientes c where c.usuario_id = u.id)
    and not exists (select from marketplace.asesores v where v.usuario_id = u.id)
    and not exists (select from marketplace.auditoria_tiendas a where a.auditor_id = u.id);
  delete from marketplace.municipios m
  where m.id = marketplace.demo_id('municipality', m.codigo_dane::bigint)
    -- What an import said of it is needed by the import's undo.
    and not exists (select from marketplace.import_loads l where l.table_name = 'municipios' and l.row_id = m.id)
    and not exists (select from marketplace.clientes c where c.municipio_id = m.id)
    and not exists (select from marketplace.asesores v where v.municipio_id = m.id)
    and not exists (select from marketplace.solicitudes s where s.municipio_id = m.id);
end
$$;
comment on function marketplace.remove_demo() is 'Takes the demo away; people and municipalities that somebody used for rows of their own stay.';
