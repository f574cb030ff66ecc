create or replace function marketplace.check_requests(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('requests');
  update pg_temp.market_rows w
  set cells = w.cells || jsonb_build_object('cliente_acepto', case w.cells ->> 'estado' when 'OFERTAS_ACEPTADAS' then 'true' when 'OFERTAS_RECHAZADAS' then 'false' end);
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, v.name, 'ROW_CONTRADICTS', w.cells ->> v.name, v.other || ' = ' || coalesce(w.cells ->> v.other, '')
  from pg_temp.market_rows w
  cross join lateral (select coalesce(w.cells ->> 'estado', 'ABIERTA') as state) s
  cross join lateral (
    values
      ('estado', 'fecha_cierre', s.state not in ('ABIERTA', 'EVALUADA') and w.cells ->> 'fecha_cierre' is null),
      ('fecha_cierre', 'estado', s.state in ('ABIERTA', 'EVALUADA') and w.cells ->> 'fecha_cierre' is not null),
      ('estado', 'fecha_evaluacion', s.state in ('EVALUADA', 'OFERTAS_ACEPTADAS', 'OFERTAS_RECHAZADAS') and w.cells ->> 'fecha_evaluacion' is null),
      ('fecha_evaluacion', 'created_at', w.cells ->> 'fecha_evaluacion' < w.cells ->> 'created_at'),
      ('fecha_cierre', 'created_at', w.cells ->> 'fecha_cierre' < w.cells ->> 'created_at'),
      ('fecha_cierre', 'fecha_evaluacion', w.cells ->> 'fecha_cierre' < w.cells ->> 'fecha_evaluacion')
  ) as v (name, other, is_broken)
  -- A cell that is no moment or state is told already.
  where v.is_broken and not exists (select from pg_temp.found f where f.place = w.place and f.name in (v.name, v.other));
  insert into pg_temp.found (place, name, rule, value)
  select w.place, 'estado', 'REQUEST_HAS_OFFERS', w.cells ->> 'solicitud_id'
  from pg_temp.market_rows w
  where w.cells ->> 'estado' = 'CERRADA_SIN_OFERTAS'
    and exists (select from marketplace.ofertas o where o.solicitud_id = (w.cells ->> 'solicitud_id')::uuid);
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'repuesto_id', 'PART_ELSEWHERE', p.id::text, p.solicitud_id::text
  from pg_temp.market_rows w
  join marketplace.repuestos_solicitados p on p.id = (w.cells ->> 'repuesto_id')::uuid and p.solicitud_id <> (w.cells ->> 'solicitud_id')::uuid;
  return marketplace.check_import('requests');
end
$$;
comment on function marketplace.check_requests(boolean) is 'Finds what keeps rows of an import of requests, a row per part, out, and returns how many rows repeat another one.';
