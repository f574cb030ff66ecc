create or replace function marketplace.refuse_early_offers()
returns trigger
language plpgsql volatile parallel unsafe
as $$
declare
  v_found record;
begin
  if tg_table_name = 'solicitudes' then
    select o.id, o.created_at, n.id as request, n.created_at as asked_at into v_found
    from new_rows n
    join old_rows b on b.id = n.id and n.created_at > b.created_at
    join marketplace.ofertas o on o.solicitud_id = n.id and o.created_at < n.created_at
    limit 1;
  elsif tg_op = 'UPDATE' then
    select n.id, n.created_at, s.id as request, s.created_at as asked_at into v_found
    from new_rows n
    join old_rows b on b.id = n.id and (n.created_at < b.created_at or n.solicitud_id <> b.solicitud_id)
    join marketplace.solicitudes s on s.id = n.solicitud_id and n.created_at < s.created_at
    limit 1;
  else
    select n.id, n.created_at, s.id as request, s.created_at as asked_at into v_found
    from new_rows n
    join marketplace.solicitudes s on s.id = n.solicitud_id and n.created_at < s.created_at
    limit 1;
  end if;
  if found then
    raise exception using errcode = '23514', constraint = 'oferta_tras_solicitud',
      message = format('the offer %s is of %s, before its request %s of %s', v_found.id, marketplace.moment_text(v_found.created_at), v_found.request,
        marketplace.moment_text(v_found.asked_at)),
      hint = 'Nothing is offered before it was asked for: correct one of the two moments.';
  end if;
  return null;
end
$$;
comment on function marketplace.refuse_early_offers() is 'No offer is made before its request.';

create or replace trigger refuse_early_offers_insert after insert on marketplace.ofertas
referencing new table as new_rows for each statement execute function marketplace.refuse_early_offers();
create or replace trigger refuse_early_offers_update after update on marketplace.ofertas
referencing old table as old_rows new table as new_rows for each statement execute function marketplace.refuse_early_offers();
create or replace trigger refuse_early_offers_update after update on marketplace.solicitudes
referencing old table as old_rows new table as new_rows for each statement execute function marketplace.refuse_early_offers();
