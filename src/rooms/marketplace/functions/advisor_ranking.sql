create or replace function marketplace.advisor_ranking(p_now timestamptz)
returns setof marketplace.mv_ranking_asesores
language sql stable parallel safe
as $$
  -- Offers, notifications and audits are each summed by advisor before they meet: three audits do not triple a volume.
  with offers as (
    select h.asesor_id, count(*) as made, count(*) filter (where h.adjudicada) as won, count(*) filter (where h.aceptada_cliente) as accepted,
      count(*) filter (where h.entrega_exitosa) as delivered, avg(h.tiempo_respuesta_seg) as response, avg(h.monto_total) as mean_amount,
      sum(h.monto_total) as volume
    from marketplace.ofertas_historicas h
    where h.fecha > p_now - interval '30 days' and h.fecha <= p_now
    group by h.asesor_id
  ), notes as (
    select n.asesor_id, count(*) as received, count(*) filter (where n.respondio) as answered, avg(n.tiempo_respuesta_seg) as response
    from marketplace.historial_respuestas_ofertas n
    where n.fecha_envio > p_now - interval '30 days' and n.fecha_envio <= p_now
    group by n.asesor_id
  ), audits as (
    select a.asesor_id, count(*) as made, avg(a.puntaje_confianza) as score, max(a.fecha_revision) as last_at
    from marketplace.auditoria_tiendas a
    where a.fecha_revision > p_now - interval '90 days' and a.fecha_revision <= p_now
    group by a.asesor_id
  ), advisors as (
    select a.*, concat_ws(' ', u.nombre, u.apellido) as full_name, u.email, o.made, coalesce(o.won, 0) as won, o.accepted, o.delivered, o.response,
      o.mean_amount, o.volume, coalesce(o.made, 0) >= s.ranking_minimum_offers as is_ranked
    from marketplace.asesores a
    join marketplace.usuarios u on u.id = a.usuario_id
    cross join marketplace.settings s
    left join offers o on o.asesor_id = a.id
    where a.estado = 'ACTIVO'
  ), ranked as (
    select v.id, rank() over in_city as city_rank, rank() over in_nation as national_rank,
      percent_rank() over (partition by v.ciudad order by v.won) as city_share, percent_rank() over (order by v.won) as national_share,
      count(*) over (partition by v.ciudad) as in_city, count(*) over () as in_nation
    from advisors v
    where v.is_ranked
    window in_city as (partition by v.ciudad order by v.won desc, v.response nulls last, v.confianza desc),
      in_nation as (order by v.won desc, v.response nulls last, v.confianza desc)
  )
  select v.id, v.full_name, v.email, v.ciudad, v.departamento, v.punto_venta, v.confianza, l.nivel_entrega, v.estado,
    v.actividad_reciente_pct, v.desempeno_historico_pct, coalesce(v.made, 0), v.won, coalesce(v.accepted, 0), coalesce(v.delivered, 0),
    round(v.response, 2), round(v.mean_amount, 2), coalesce(v.volume, 0), round(coalesce(d.score, v.confianza), 2), coalesce(d.made, 0), d.last_at,
    coalesce(n.received, 0), coalesce(n.answered, 0), round(n.response, 2), round(100.0 * n.answered / nullif(n.received, 0), 2),
    round(100.0 * v.won / nullif(v.made, 0), 2), round(100.0 * v.delivered / nullif(v.made, 0), 2), r.city_rank, r.national_rank,
    case when r.in_city = 1 then 100 else round((100 * r.city_share)::numeric, 2) end,
    case when r.in_nation = 1 then 100 else round((100 * r.national_share)::numeric, 2) end, p_now
  from advisors v
  left join ranked r on r.id = v.id
  left join notes n on n.asesor_id = v.id
  left join audits d on d.asesor_id = v.id
  left join lateral (
    select e.nivel_entrega from marketplace.evaluaciones_asesores_temp e where e.asesor_id = v.id and e.created_at <= p_now
    order by e.created_at desc, e.id limit 1
  ) l on true
$$;
comment on function marketplace.advisor_ranking(timestamptz) is 'The advisors and their ranks as of a moment, counted from the tables: the definition of mv_ranking_asesores.';
