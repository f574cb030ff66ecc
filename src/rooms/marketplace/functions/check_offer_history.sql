create or replace function marketplace.check_offer_history(p_is_whole boolean)
returns bigint
language plpgsql volatile parallel unsafe
as $$
begin
  perform marketplace.read_import('offer_history');
  insert into pg_temp.found (place, name, rule, value, expected)
  select w.place, v.name, 'ROW_CONTRADICTS', 'true', v.expected || ' = false'
  from pg_temp.market_rows w
  cross join lateral (
    values ('aceptada_cliente', 'adjudicada', w.aceptada_cliente and not coalesce(w.adjudicada, false)),
      ('entrega_exitosa', 'aceptada_cliente', w.entrega_exitosa and not coalesce(w.aceptada_cliente, false))
  ) as v (name, expected, is_broken)
  where v.is_broken;
  return marketplace.check_import('offer_history');
end
$$;
comment on function marketplace.check_offer_history(boolean) is 'Finds what keeps rows of an import of what became of offers out, and returns how many rows repeat another one.';
