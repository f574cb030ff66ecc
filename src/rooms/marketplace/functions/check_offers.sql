create or replace function marketplace.check_offers(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('offers');
  insert into pg_temp.found (place, name, rule, value)
  select w.place, 'solicitud_id', 'OFFER_OF_NONE', s.id::text
  from pg_temp.market_rows w
  join marketplace.solicitudes s on s.id = w.solicitud_id and s.estado = 'CERRADA_SIN_OFERTAS';
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'estado', 'ROW_CONTRADICTS', w.estado, s.estado || ' (solicitud ' || s.id || ')'
  from pg_temp.market_rows w
  join marketplace.solicitudes s on s.id = w.solicitud_id
  where w.estado = 'ACEPTADA' and s.estado <> 'OFERTAS_ACEPTADAS' or w.estado = 'RECHAZADA' and s.estado <> 'OFERTAS_RECHAZADAS';
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'created_at', 'ROW_CONTRADICTS', marketplace.moment_text(w.created_at),
    'created_at = ' || marketplace.moment_text(s.created_at) || ' (solicitud ' || s.id || ')'
  from pg_temp.market_rows w
  join marketplace.solicitudes s on s.id = w.solicitud_id and w.created_at < s.created_at;
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'repuesto_id', 'PART_ELSEWHERE', p.id::text, p.solicitud_id::text
  from pg_temp.market_rows w
  join marketplace.repuestos_solicitados p on p.id = w.repuesto_id and p.solicitud_id <> w.solicitud_id;
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, 'solicitud_id', 'ROW_CONTRADICTS', w.solicitud_id::text, o.solicitud_id || ' (oferta ' || o.id || ')'
  from pg_temp.market_rows w
  join marketplace.ofertas o on o.id = w.oferta_id and o.solicitud_id <> w.solicitud_id;
  insert into pg_temp.found (place, name, rule, value, expected)
  select a.place, 'puntaje_adjudicado', 'AWARDED_TWICE', a.part::text, a.other::text
  from (
    select w.place, w.repuesto_id as part, w.oferta_id as offer, coalesce(case when b.oferta_id is null then d.oferta_id end,
      first_value(w.oferta_id) over (partition by w.repuesto_id order by w.place)) as other
    from pg_temp.market_rows w
    left join marketplace.adjudicaciones_repuesto d on d.solicitud_id = w.solicitud_id and d.repuesto_solicitado_id = w.repuesto_id
    -- An award that the file takes back from another line does not stand in the way.
    left join (
      select distinct r.oferta_id, r.repuesto_id from pg_temp.market_rows r
      where r.puntaje_adjudicado is null and not exists (select from pg_temp.found f where f.place = r.place)
    ) b on b.oferta_id = d.oferta_id and b.repuesto_id = d.repuesto_solicitado_id
    where w.puntaje_adjudicado is not null
  ) a
  where a.other <> a.offer;
  return marketplace.check_import('offers');
end
$$;
comment on function marketplace.check_offers(boolean) is 'Finds what keeps rows of an import of offers, a row per line, out, and returns how many rows repeat another one.';
