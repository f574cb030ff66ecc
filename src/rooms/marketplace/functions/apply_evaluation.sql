create or replace function marketplace.apply_evaluation(p_request uuid, p_at timestamptz, p_data jsonb)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  update marketplace.solicitudes s set estado = 'EVALUADA', fecha_evaluacion = p_at, updated_at = platform.now()
  where s.id = p_request and s.estado = 'ABIERTA';
  perform marketplace.require_request(found, p_request, 'ABIERTA');
  insert into marketplace.evaluaciones (solicitud_id, duracion_ms, created_at) values (p_request, (p_data ->> 'duracion_ms')::int, p_at);
  insert into marketplace.adjudicaciones_repuesto (solicitud_id, oferta_id, repuesto_solicitado_id, puntaje_obtenido, created_at)
  select p_request, a.oferta_id, a.repuesto_id, coalesce(a.puntaje, 0), p_at
  from jsonb_to_recordset(p_data -> 'adjudicaciones') as a (oferta_id uuid, repuesto_id uuid, puntaje numeric);
  update marketplace.ofertas o
  set estado = case when exists (select from marketplace.adjudicaciones_repuesto a where a.oferta_id = o.id) then 'GANADORA' else 'NO_SELECCIONADA' end,
    updated_at = platform.now()
  where o.solicitud_id = p_request and o.estado = 'ENVIADA';
  update marketplace.ofertas_historicas h set adjudicada = true
  where h.solicitud_id = p_request
    and h.asesor_id in (select o.asesor_id from marketplace.ofertas o where o.solicitud_id = p_request and o.estado = 'GANADORA');
end
$$;
comment on function marketplace.apply_evaluation(uuid, timestamptz, jsonb) is 'Writes an evaluation: which parts go to which offer, which offers won and which did not.';
