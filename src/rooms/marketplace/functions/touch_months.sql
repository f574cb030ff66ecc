create or replace function marketplace.touch_months()
returns trigger
language plpgsql volatile parallel unsafe
as $$
begin
  if tg_op in ('DELETE', 'UPDATE') then
    insert into marketplace.touched_months (mes) select distinct o.mes from old_rows o;
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    insert into marketplace.touched_months (mes) select distinct n.mes from new_rows n;
  end if;
  return null;
end
$$;
comment on function marketplace.touch_months() is 'Notes the months in which a statement wrote requests, parts, offers or lines, so that the next refresh counts them anew.';

create or replace trigger touch_months_insert after insert on marketplace.solicitudes
referencing new table as new_rows for each statement execute function marketplace.touch_months();

create or replace trigger touch_months_update after update on marketplace.solicitudes
referencing old table as old_rows new table as new_rows for each statement execute function marketplace.touch_months();

create or replace trigger touch_months_delete after delete on marketplace.solicitudes
referencing old table as old_rows for each statement execute function marketplace.touch_months();

create or replace trigger touch_months_insert after insert on marketplace.repuestos_solicitados
referencing new table as new_rows for each statement execute function marketplace.touch_months();

create or replace trigger touch_months_update after update on marketplace.repuestos_solicitados
referencing old table as old_rows new table as new_rows for each statement execute function marketplace.touch_months();

create or replace trigger touch_months_delete after delete on marketplace.repuestos_solicitados
referencing old table as old_rows for each statement execute function marketplace.touch_months();

create or replace trigger touch_months_insert after insert on marketplace.ofertas
referencing new table as new_rows for each statement execute function marketplace.touch_months();

create or replace trigger touch_months_update after update on marketplace.ofertas
referencing old table as old_rows new table as new_rows for each statement execute function marketplace.touch_months();

create or replace trigger touch_months_delete after delete on marketplace.ofertas
referencing old table as old_rows for each statement execute function marketplace.touch_months();

create or replace trigger touch_months_insert after insert on marketplace.ofertas_detalle
referencing new table as new_rows for each statement execute function marketplace.touch_months();

create or replace trigger touch_months_update after update on marketplace.ofertas_detalle
referencing old table as old_rows new table as new_rows for each statement execute function marketplace.touch_months();

create or replace trigger touch_months_delete after delete on marketplace.ofertas_detalle
referencing old table as old_rows for each statement execute function marketplace.touch_months();
