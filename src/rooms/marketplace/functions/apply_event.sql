create or replace function marketplace.apply_event(p_type text, p_at timestamptz, p_data jsonb)
returns void
language plpgsql volatile parallel unsafe
as $$
declare
  v_request uuid := (p_data ->> 'solicitud_id')::uuid;
begin
  case p_type
    when 'cliente.registrado' then
      insert into marketplace.usuarios (id, email, telefono, nombre, rol, created_at, updated_at)
      values ((p_data ->> 'cliente_id')::uuid, p_data ->> 'email', p_data ->> 'telefono', p_data ->> 'nombre', 'CLIENT', p_at, platform.now());
      insert into marketplace.clientes (id, usuario_id, ciudad, departamento, created_at, updated_at)
      values ((p_data ->> 'cliente_id')::uuid, (p_data ->> 'cliente_id')::uuid, p_data ->> 'ciudad', p_data ->> 'departamento', p_at, platform.now());
    when 'solicitud.creada' then
      insert into marketplace.solicitudes (id, cliente_id, ciudad_origen, departamento_origen, created_at, updated_at)
      values (v_request, (p_data ->> 'cliente_id')::uuid, p_data ->> 'ciudad', p_data ->> 'departamento', p_at, platform.now());
      insert into marketplace.repuestos_solicitados (id, solicitud_id, nombre, codigo, marca_vehiculo, linea_vehiculo, anio_vehiculo, cantidad)
      select coalesce(r.repuesto_id, gen_random_uuid()), v_request, r.nombre, r.codigo, r.marca, coalesce(r.linea, ''), r.anio, coalesce(r.cantidad, 1)
      from jsonb_to_recordset(p_data -> 'repuestos') as r (repuesto_id uuid, nombre text, codigo text, marca text, linea text, anio int, cantidad int);
    when 'oferta.creada' then
      perform marketplace.apply_offer(v_request, p_at, p_data);
    when 'evaluacion.completada' then
      perform marketplace.apply_evaluation(v_request, p_at, p_data);
    when 'cliente.acepto', 'cliente.rechazo' then
      update marketplace.solicitudes s
      set estado = case p_type when 'cliente.acepto' then 'OFERTAS_ACEPTADAS' else 'OFERTAS_RECHAZADAS' end,
        cliente_acepto = p_type = 'cliente.acepto', fecha_cierre = p_at, updated_at = platform.now()
      where s.id = v_request and s.estado = 'EVALUADA';
      perform marketplace.require_request(found, v_request, 'EVALUADA');
      update marketplace.ofertas o
      set estado = case p_type when 'cliente.acepto' then 'ACEPTADA' else 'RECHAZADA' end, updated_at = platform.now()
      where o.solicitud_id = v_request and o.estado = 'GANADORA';
      update marketplace.ofertas_historicas h set aceptada_cliente = p_type = 'cliente.acepto' where h.solicitud_id = v_request and h.adjudicada;
    when 'solicitud.expirada' then
      update marketplace.solicitudes s
      set estado = case when exists (select from marketplace.ofertas o where o.solicitud_id = s.id) then 'EXPIRADA' else 'CERRADA_SIN_OFERTAS' end,
        fecha_cierre = p_at, updated_at = platform.now()
      where s.id = v_request and s.estado in ('ABIERTA', 'EVALUADA');
      perform marketplace.require_request(found, v_request, 'ABIERTA or EVALUADA');
      update marketplace.ofertas o set estado = 'EXPIRADA', updated_at = platform.now()
      where o.solicitud_id = v_request and o.estado in ('ENVIADA', 'GANADORA');
    when 'entrega.confirmada' then
      update marketplace.ofertas_historicas h set entrega_exitosa = true
      where h.solicitud_id = v_request and h.asesor_id = (p_data ->> 'asesor_id')::uuid and h.aceptada_cliente;
      perform marketplace.require_request(found, v_request, 'accepted from this advisor');
  end case;
end
$$;
comment on function marketplace.apply_event(text, timestamptz, jsonb) is 'Writes what an event says into the tables; what cannot be is refused by their constraints.';
