create or replace function marketplace.refuse_answers()
returns trigger
language plpgsql volatile parallel unsafe
as $$
declare
  v_found record;
begin
  -- Commissions are paid on accepted offers: none is accepted or refused where the client did not say so.
  if tg_table_name = 'ofertas' then
    select n.id, n.estado, s.id as request, s.estado as request_state into v_found
    from new_rows n
    join marketplace.solicitudes s on s.id = n.solicitud_id
    where n.estado = 'ACEPTADA' and s.estado <> 'OFERTAS_ACEPTADAS' or n.estado = 'RECHAZADA' and s.estado <> 'OFERTAS_RECHAZADAS'
    limit 1;
  else
    select o.id, o.estado, n.id as request, n.estado as request_state into v_found
    from new_rows n
    join marketplace.ofertas o on o.solicitud_id = n.id
    where o.estado = 'ACEPTADA' and n.estado <> 'OFERTAS_ACEPTADAS' or o.estado = 'RECHAZADA' and n.estado <> 'OFERTAS_RECHAZADAS'
    limit 1;
  end if;
  if found then
    raise exception using errcode = '23514', constraint = 'respuesta_de_oferta',
      message = format('the offer %s is %s and its request %s is %s', v_found.id, v_found.estado, v_found.request, v_found.request_state),
      hint = 'An offer is ACEPTADA where the request is OFERTAS_ACEPTADAS, and RECHAZADA where it is OFERTAS_RECHAZADAS.';
  end if;
  return null;
end
$$;
comment on function marketplace.refuse_answers() is 'An offer is accepted or refused only where the client accepted or refused the offers of its request.';

create or replace trigger refuse_answers_insert after insert on marketplace.ofertas
referencing new table as new_rows for each statement execute function marketplace.refuse_answers();
create or replace trigger refuse_answers_update after update on marketplace.ofertas
referencing new table as new_rows for each statement execute function marketplace.refuse_answers();
create or replace trigger refuse_answers_update after update on marketplace.solicitudes
referencing new table as new_rows for each statement execute function marketplace.refuse_answers();
