create or replace function api.set_ranking_minimum(p_minimum_offers int)
returns table (minimum_offers int, advisors bigint, ranked bigint)
language plpgsql volatile parallel unsafe security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if p_minimum_offers is null or p_minimum_offers not between 0 and 10000 then
    raise exception using errcode = 'QH400', message = format('%s is no number of offers', coalesce(p_minimum_offers::text, 'null')), hint = 'minimum_offers 0 to 10000.';
  end if;
  update marketplace.settings s set ranking_minimum_offers = p_minimum_offers;
  return query select m.* from api.ranking_minimum() m;
end
$$;
comment on function api.set_ranking_minimum(int) is 'Sets how many offers in 30 days an advisor needs for a rank, from the next refresh on; QH400 outside 0 to 10000.';
