create or replace function marketplace.apply_offer(p_request uuid, p_at timestamptz, p_data jsonb)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_offer uuid := (p_data ->> 'oferta_id')::uuid;
  v_advisor uuid := (p_data ->> 'asesor_id')::uuid;
begin
  insert into marketplace.ofertas (id, solicitud_id, asesor_id, tiempo_entrega_dias, origen, created_at, updated_at)
  values (v_offer, p_request, v_advisor, (p_data ->> 'tiempo_entrega_dias')::int, coalesce(p_data ->> 'origen', 'FORM'), p_at, platform.now());
  insert into marketplace.ofertas_detalle (oferta_id, solicitud_id, repuesto_solicitado_id, precio_unitario, cantidad, garantia_meses, tiempo_entrega_dias)
  select v_offer, p_request, d.repuesto_id, d.precio_unitario, coalesce(d.cantidad, 1), d.garantia_meses,
    coalesce(d.tiempo_entrega_dias, (p_data ->> 'tiempo_entrega_dias')::int)
  from jsonb_to_recordset(p_data -> 'detalle')
    as d (repuesto_id uuid, precio_unitario numeric, cantidad int, garantia_meses int, tiempo_entrega_dias int);
  insert into marketplace.ofertas_historicas (asesor_id, solicitud_id, fecha, monto_total, tiempo_respuesta_seg)
  select v_advisor, p_request, p_at, (select sum(d.precio_unitario * d.cantidad) from marketplace.ofertas_detalle d where d.oferta_id = v_offer),
    (p_data ->> 'tiempo_respuesta_seg')::int;
end
$$;
comment on function marketplace.apply_offer(uuid, timestamptz, jsonb) is 'Writes an offer with its lines, and that the advisor made it.';
