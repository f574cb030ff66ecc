create or replace function marketplace.make_rows(p_kept text, p_odd text, p_parsed text)
returns void
language plpgsql volatile parallel unsafe
as $$
begin
  -- Offset 0 keeps a cell from being read once for its test and once for its value.
  execute format(
    $query$create temp table market_rows on commit drop as
      select (r.sheet::int << 21) | r.row_number as place, %s, %s as is_odd
      from pg_temp.staged_rows r cross join lateral (select %s offset 0) p$query$, p_kept, p_odd, p_parsed);
end
$$;
comment on function marketplace.make_rows(text, text, text) is 'Makes pg_temp.market_rows of the staged rows: cells read by p_parsed, kept by p_kept, with a mark where one breaks a rule (p_odd).';
