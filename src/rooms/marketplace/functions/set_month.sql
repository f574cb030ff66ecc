create or replace function marketplace.set_month()
returns trigger
language plpgsql volatile parallel unsafe
as $$
begin
  select s.mes into new.mes from marketplace.solicitudes s where s.id = new.solicitud_id;
  if new.mes is null then
    raise exception using errcode = '23503', message = format('there is no request %s', new.solicitud_id), constraint = 'solicitud_id',
      hint = 'Send the request before its parts and offers.';
  end if;
  return new;
end
$$;
comment on function marketplace.set_month() is 'Gives a part, an offer or a line the month of its request, where the writer did not.';

create or replace trigger set_month before insert on marketplace.repuestos_solicitados
for each row when (new.mes is null) execute function marketplace.set_month();
create or replace trigger set_month before insert on marketplace.ofertas
for each row when (new.mes is null) execute function marketplace.set_month();
create or replace trigger set_month before insert on marketplace.ofertas_detalle
for each row when (new.mes is null) execute function marketplace.set_month();
