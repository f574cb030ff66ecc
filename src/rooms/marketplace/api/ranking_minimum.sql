create or replace function api.ranking_minimum()
returns table (minimum_offers int, advisors bigint, ranked bigint)
language sql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
as $$
  select s.ranking_minimum_offers, count(v.asesor_id), count(v.asesor_id) filter (where v.ofertas_historicas_total >= s.ranking_minimum_offers)
  from marketplace.settings s
  left join api.mv_ranking_asesores v on true
  group by s.ranking_minimum_offers
$$;
comment on function api.ranking_minimum() is 'How many offers in 30 days an advisor needs for a rank, and how many of those that the caller sees have them.';
