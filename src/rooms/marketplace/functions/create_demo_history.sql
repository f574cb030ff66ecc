create or replace function marketplace.create_demo_history()
returns void
language sql volatile parallel unsafe
as $$
  insert into marketplace.ofertas_historicas
    (id, asesor_id, solicitud_id, fecha, monto_total, tiempo_respuesta_seg, adjudicada, aceptada_cliente, entrega_exitosa)
  select md5('history ' || o.id)::uuid, o.asesor_id, o.solicitud_id, o.created_at, sum(d.precio_unitario * d.cantidad),
    60 + (hashtext(o.id::text) & 1023), o.estado in ('GANADORA', 'ACEPTADA', 'RECHAZADA'), o.estado = 'ACEPTADA',
    o.estado = 'ACEPTADA' and (hashtext(o.id::text) & 7) > 0
  from marketplace.ofertas o
  join marketplace.solicitudes s on s.id = o.solicitud_id and s.es_demo
  join marketplace.ofertas_detalle d on d.oferta_id = o.id
  group by o.id
  on conflict do nothing;
  insert into marketplace.historial_respuestas_ofertas (id, asesor_id, solicitud_id, fecha_envio, fecha_vista, respondio, tiempo_respuesta_seg)
  select md5('notice ' || s.id || a.id)::uuid, a.id, s.id, s.created_at, s.created_at + interval '1 minute', o.id is not null,
    case when o.id is not null then 60 + (hashtext(o.id::text) & 1023) end
  from marketplace.solicitudes s
  join marketplace.asesores a on a.es_demo and (hashtext(s.id::text || a.id) & 15) = 0 or exists (
    select from marketplace.ofertas x where x.solicitud_id = s.id and x.asesor_id = a.id)
  left join marketplace.ofertas o on o.solicitud_id = s.id and o.asesor_id = a.id
  where s.es_demo and s.created_at > platform.now() - interval '60 days'
  on conflict do nothing;
  insert into marketplace.evaluaciones_asesores_temp (id, solicitud_id, asesor_id, puntaje_total, nivel_entrega, created_at)
  select md5('level ' || n.id)::uuid, n.solicitud_id, n.asesor_id, hashtext(n.id::text) & 63, 1 + abs(hashtext(n.asesor_id::text) % 5), n.fecha_envio
  from marketplace.historial_respuestas_ofertas n
  join marketplace.solicitudes s on s.id = n.solicitud_id and s.es_demo
  on conflict do nothing;
  insert into marketplace.notificaciones (id, usuario_id, tipo, titulo, mensaje, leida, fecha_leida, datos_adicionales, created_at)
  select md5('message ' || s.id)::uuid, c.usuario_id, 'oferta', 'Su solicitud fue evaluada', 'Responda para cerrar la compra.', s.fecha_cierre is not null,
    s.fecha_cierre, jsonb_build_object('solicitud_id', s.id), s.fecha_evaluacion
  from marketplace.solicitudes s
  join marketplace.clientes c on c.id = s.cliente_id
  where s.es_demo and s.fecha_evaluacion > platform.now() - interval '60 days'
  on conflict do nothing;
  -- Yesterday's ranks, so that there is movement to see.
  insert into marketplace.ranking_history (ranked_on, asesor_id, ranking_ciudad, ranking_nacional)
  select (platform.now() at time zone 'America/Bogota')::date - 1, r.asesor_id, r.ranking_ciudad, r.ranking_nacional
  from marketplace.advisor_ranking(platform.now() - interval '1 day') r
  on conflict do nothing;
$$;
comment on function marketplace.create_demo_history() is 'What became of the offers of the demo, the notifications and messages of its last 60 days, and the ranks of the day before.';
