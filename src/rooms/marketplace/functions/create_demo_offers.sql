create or replace function marketplace.create_demo_offers(p_count int)
returns void
language sql volatile parallel unsafe
as $$
  insert into marketplace.ofertas (id, solicitud_id, mes, asesor_id, tiempo_entrega_dias, estado, created_at)
  select marketplace.demo_id('offer', n * 10 + k), s.id, s.mes, marketplace.demo_id('advisor', 1 + (marketplace.demo_draw(n, 20, 48) + k * 7) % 48),
    marketplace.demo_draw(n * 10 + k, 21, 12),
    case s.estado when 'EXPIRADA' then 'EXPIRADA' when 'ABIERTA' then 'ENVIADA'
      else case when k > 1 then 'NO_SELECCIONADA' when s.estado = 'EVALUADA' then 'GANADORA' when s.cliente_acepto then 'ACEPTADA' else 'RECHAZADA' end end,
    s.created_at + k * interval '4 minutes'
  from generate_series(1, p_count) n
  join marketplace.solicitudes s on s.id = marketplace.demo_id('request', n) and s.estado <> 'CERRADA_SIN_OFERTAS'
  cross join lateral generate_series(1, 1 + marketplace.demo_draw(n, 22, 4)) k
  on conflict do nothing;
  insert into marketplace.ofertas_detalle (id, oferta_id, solicitud_id, mes, repuesto_solicitado_id, precio_unitario, cantidad, garantia_meses)
  select md5(o.id::text || r.id::text)::uuid, o.id, o.solicitud_id, o.mes, r.id, 20000 + 1000 * (hashtext(o.id::text || r.nombre) & 255), r.cantidad,
    1 + (hashtext(o.id::text) & 15)
  from marketplace.ofertas o
  join marketplace.solicitudes s on s.id = o.solicitud_id and s.es_demo
  join marketplace.repuestos_solicitados r on r.solicitud_id = o.solicitud_id
  on conflict do nothing;
  insert into marketplace.evaluaciones (id, solicitud_id, duracion_ms, created_at)
  select md5('evaluation ' || s.id)::uuid, s.id, 20 + (hashtext(s.id::text) & 127), s.fecha_evaluacion
  from marketplace.solicitudes s
  where s.es_demo and s.fecha_evaluacion is not null
  on conflict do nothing;
  insert into marketplace.adjudicaciones_repuesto (solicitud_id, oferta_id, repuesto_solicitado_id, puntaje_obtenido, created_at)
  select d.solicitud_id, d.oferta_id, d.repuesto_solicitado_id, 80, s.fecha_evaluacion
  from marketplace.solicitudes s
  join marketplace.ofertas o on o.solicitud_id = s.id and o.estado in ('GANADORA', 'ACEPTADA', 'RECHAZADA')
  join marketplace.ofertas_detalle d on d.oferta_id = o.id
  where s.es_demo
  on conflict do nothing;
$$;
comment on function marketplace.create_demo_offers(int) is 'The offers of the demo with their lines, and what was awarded.';
