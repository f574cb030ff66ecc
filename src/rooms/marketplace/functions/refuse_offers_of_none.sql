create or replace function marketplace.refuse_offers_of_none()
returns trigger
language plpgsql volatile parallel unsafe
as $$
declare
  v_id uuid;
begin
  if tg_table_name = 'ofertas' then
    select s.id into v_id from new_rows n join marketplace.solicitudes s on s.id = n.solicitud_id where s.estado = 'CERRADA_SIN_OFERTAS' limit 1;
  else
    select n.id into v_id from new_rows n where n.estado = 'CERRADA_SIN_OFERTAS'
      and exists (select from marketplace.ofertas o where o.solicitud_id = n.id) limit 1;
  end if;
  if v_id is not null then
    raise exception using errcode = '23514', constraint = 'sin_ofertas',
      message = format('the request %s is CERRADA_SIN_OFERTAS and has an offer; a request that ran out with offers is EXPIRADA', v_id),
      hint = 'Correct the state of the request, or leave the offer out.';
  end if;
  return null;
end
$$;
comment on function marketplace.refuse_offers_of_none() is 'A request that was closed without offers has none: the two ways to run out are never mixed.';

create or replace trigger refuse_offers_of_none after insert on marketplace.ofertas
referencing new table as new_rows for each statement execute function marketplace.refuse_offers_of_none();
create or replace trigger refuse_offers_of_none after update on marketplace.solicitudes
referencing new table as new_rows for each statement execute function marketplace.refuse_offers_of_none();
