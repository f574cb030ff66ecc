create or replace function marketplace.monthly_metrics(p_months date[])
returns setof marketplace.mv_metricas_mensuales
language sql stable parallel safe
as $$
  -- Each table is summed by itself before anything is joined: a request of three parts with two offers is one request.
  with requests as (
    select t.mes, sum(t.created) as created, sum(t.accepted) as accepted, sum(t.refused) as refused, sum(t.expired) as expired,
      sum(t.without_offers) as without_offers, sum(t.closing_seconds) as closing_seconds, sum(t.closed) as closed, count(*) as clients
    from (
      select s.mes, s.cliente_id, count(*) as created, count(*) filter (where s.estado = 'OFERTAS_ACEPTADAS') as accepted,
        count(*) filter (where s.estado = 'OFERTAS_RECHAZADAS') as refused, count(*) filter (where s.estado = 'EXPIRADA') as expired,
        count(*) filter (where s.estado = 'CERRADA_SIN_OFERTAS') as without_offers,
        sum(extract(epoch from s.fecha_cierre - s.created_at)) as closing_seconds, count(s.fecha_cierre) as closed
      from marketplace.solicitudes s
      where s.mes = any (p_months)
      group by s.mes, s.cliente_id
    ) t
    group by t.mes
  ), offers as (
    select t.mes, sum(t.made) as made, sum(t.won) as won, sum(t.accepted) as accepted, sum(t.delivery_days) as delivery_days, count(*) as advisors
    from (
      select o.mes, o.asesor_id, count(*) as made, count(*) filter (where o.estado in ('GANADORA', 'ACEPTADA')) as won,
        count(*) filter (where o.estado = 'ACEPTADA') as accepted, sum(o.tiempo_entrega_dias) as delivery_days
      from marketplace.ofertas o
      where o.mes = any (p_months)
      group by o.mes, o.asesor_id
    ) t
    group by t.mes
  ), lines as (
    select d.mes, avg(d.precio_unitario) as mean_price, min(d.precio_unitario) as lowest, max(d.precio_unitario) as highest,
      avg(d.garantia_meses) as warranty, sum(d.precio_unitario * d.cantidad) as volume
    from marketplace.ofertas_detalle d
    where d.mes = any (p_months)
    group by d.mes
  ), brands as (
    select t.mes, count(*) as brands
    from (select distinct r.mes, lower(btrim(r.marca_vehiculo)) as brand from marketplace.repuestos_solicitados r where r.mes = any (p_months)) t
    group by t.mes
  )
  select m.mes, coalesce(r.created, 0)::bigint, coalesce(r.accepted, 0)::bigint, coalesce(r.refused, 0)::bigint, coalesce(r.expired, 0)::bigint,
    coalesce(r.without_offers, 0)::bigint, round(r.closing_seconds / nullif(r.closed, 0), 2), coalesce(o.made, 0)::bigint, coalesce(o.won, 0)::bigint,
    coalesce(o.accepted, 0)::bigint, round(l.mean_price, 2), l.lowest, l.highest, round(o.delivery_days / nullif(o.made, 0), 2), round(l.warranty, 2),
    coalesce(r.clients, 0), coalesce(o.advisors, 0), coalesce(b.brands, 0), coalesce(l.volume, 0),
    round(100 * r.accepted / nullif(r.created, 0), 2), round(100 * o.won / nullif(o.made, 0), 2), round(coalesce(o.made, 0) / nullif(r.created, 0), 2)
  from (select distinct u.mes from unnest(p_months) as u (mes)) m
  left join requests r on r.mes = m.mes
  left join offers o on o.mes = m.mes
  left join lines l on l.mes = m.mes
  left join brands b on b.mes = m.mes
$$;
comment on function marketplace.monthly_metrics(date[]) is 'The key figures of some months, counted from the tables now: the definition of mv_metricas_mensuales. A month without requests is there with zeros.';
