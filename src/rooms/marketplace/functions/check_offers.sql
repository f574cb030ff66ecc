create or replace function marketplace.check_offers(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('offers');
  update pg_temp.market_rows w
  set cells = w.cells || jsonb_build_object('adjudicado_at', coalesce(
    to_char(s.fecha_evaluacion at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), w.cells ->> 'created_at'))
  from marketplace.solicitudes s
  where s.id = (w.cells ->> 'solicitud_id')::uuid and w.cells ->> 'adjudicado_at' is null;
  insert into pg_temp.found (place, name, rule, value)
  select w.place, 'solicitud_id', 'OFFER_OF_NONE', s.id::text
  from pg_temp.market_rows w
  join marketplace.solicitudes s on s.id = (w.cells ->> 'solicitud_id')::uuid and s.estado = 'CERRADA_SIN_OFERTAS';
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'repuesto_id', 'PART_ELSEWHERE', p.id::text, p.solicitud_id::text
  from pg_temp.market_rows w
  join marketplace.repuestos_solicitados p on p.id = (w.cells ->> 'repuesto_id')::uuid and p.solicitud_id <> (w.cells ->> 'solicitud_id')::uuid;
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'solicitud_id', 'ROW_CONTRADICTS', w.cells ->> 'solicitud_id', o.solicitud_id || ' (oferta ' || o.id || ')'
  from pg_temp.market_rows w
  join marketplace.ofertas o on o.id = (w.cells ->> 'oferta_id')::uuid and o.solicitud_id <> (w.cells ->> 'solicitud_id')::uuid;
  insert into pg_temp.found (place, name, rule, value, expected)
  select a.place, 'puntaje_adjudicado', 'AWARDED_TWICE', a.part, a.other
  from (
    select w.place, w.cells ->> 'repuesto_id' as part, w.cells ->> 'oferta_id' as offer, coalesce(d.oferta_id::text,
      first_value(w.cells ->> 'oferta_id') over (partition by w.cells ->> 'repuesto_id' order by w.place)) as other
    from pg_temp.market_rows w
    left join marketplace.adjudicaciones_repuesto d
      on d.solicitud_id = (w.cells ->> 'solicitud_id')::uuid and d.repuesto_solicitado_id = (w.cells ->> 'repuesto_id')::uuid
    where w.cells ->> 'puntaje_adjudicado' is not null
  ) a
  where a.other <> a.offer;
  return marketplace.check_import('offers');
end
$$;
comment on function marketplace.check_offers(boolean) is 'Finds what keeps rows of an import of offers, a row per line, out, and returns how many rows repeat another one.';
