create or replace function marketplace.check_requests(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('requests');
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, v.name, 'ROW_CONTRADICTS', v.value, v.other || ' = ' || coalesce(v.other_value, '')
  from (
    select r.*, coalesce(r.estado, 'ABIERTA') as state
    from pg_temp.market_rows r
    -- Most rows are told from the others here.
    where (coalesce(r.estado, 'ABIERTA') in ('ABIERTA', 'EVALUADA')) = (r.fecha_cierre is not null)
      or r.fecha_evaluacion is null and coalesce(r.estado, 'ABIERTA') in ('EVALUADA', 'OFERTAS_ACEPTADAS', 'OFERTAS_RECHAZADAS')
      or r.fecha_evaluacion < r.created_at or r.fecha_cierre < r.created_at or r.fecha_cierre < r.fecha_evaluacion
  ) w
  cross join lateral (
    select marketplace.moment_text(w.created_at) as made, marketplace.moment_text(w.fecha_evaluacion) as evaluated,
      marketplace.moment_text(w.fecha_cierre) as closed
  ) t
  cross join lateral (
    values
      ('estado', w.estado, 'fecha_cierre', t.closed, w.state not in ('ABIERTA', 'EVALUADA') and w.fecha_cierre is null),
      ('fecha_cierre', t.closed, 'estado', w.estado, w.state in ('ABIERTA', 'EVALUADA') and w.fecha_cierre is not null),
      ('estado', w.estado, 'fecha_evaluacion', t.evaluated,
        w.state in ('EVALUADA', 'OFERTAS_ACEPTADAS', 'OFERTAS_RECHAZADAS') and w.fecha_evaluacion is null),
      ('fecha_evaluacion', t.evaluated, 'created_at', t.made, w.fecha_evaluacion < w.created_at),
      ('fecha_cierre', t.closed, 'created_at', t.made, w.fecha_cierre < w.created_at),
      ('fecha_cierre', t.closed, 'fecha_evaluacion', t.evaluated, w.fecha_cierre < w.fecha_evaluacion)
  ) as v (name, value, other, other_value, is_broken)
  -- A cell that is no moment or state is told already.
  where v.is_broken and not exists (select from pg_temp.found f where f.place = w.place and f.name in (v.name, v.other));
  insert into pg_temp.found (place, name, rule, value)
  select w.place, 'estado', 'REQUEST_HAS_OFFERS', w.solicitud_id::text
  from pg_temp.market_rows w
  where w.estado = 'CERRADA_SIN_OFERTAS' and exists (select from marketplace.ofertas o where o.solicitud_id = w.solicitud_id);
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'estado', 'ROW_CONTRADICTS', coalesce(w.estado, 'ABIERTA'), min(o.estado || ' (oferta ' || o.id || ')')
  from pg_temp.market_rows w
  join marketplace.ofertas o on o.solicitud_id = w.solicitud_id
    and (o.estado = 'ACEPTADA' and coalesce(w.estado, 'ABIERTA') <> 'OFERTAS_ACEPTADAS'
      or o.estado = 'RECHAZADA' and coalesce(w.estado, 'ABIERTA') <> 'OFERTAS_RECHAZADAS')
  group by w.place, w.estado;
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'created_at', 'ROW_CONTRADICTS', marketplace.moment_text(w.created_at),
    min('created_at = ' || marketplace.moment_text(o.created_at) || ' (oferta ' || o.id || ')')
  from pg_temp.market_rows w
  join marketplace.ofertas o on o.solicitud_id = w.solicitud_id and o.created_at < w.created_at
  group by w.place, w.created_at;
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'repuesto_id', 'PART_ELSEWHERE', p.id::text, p.solicitud_id::text
  from pg_temp.market_rows w
  join marketplace.repuestos_solicitados p on p.id = w.repuesto_id and p.solicitud_id <> w.solicitud_id;
  return marketplace.check_import('requests');
end
$$;
comment on function marketplace.check_requests(boolean) is 'Finds what keeps rows of an import of requests, a row per part, out, and returns how many rows repeat another one.';
