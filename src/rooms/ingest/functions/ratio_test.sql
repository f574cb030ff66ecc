create or replace function ingest.ratio_test(p_name text, p_numerator text, p_denominator text)
returns text
language plpgsql volatile parallel unsafe
as $$
begin
  -- |reported - numerator / denominator| > half a unit of the last printed place, as whole numbers: a numeric division
  -- would cost ten times as much. A printed 0 of nothing does not differ.
  return format('case when %3$s > 0 then abs(2 * ((r.%1$I * %4$s)::bigint * %3$s - %2$s * %4$s)) > %3$s else r.%1$I <> 0 end',
    p_name, p_numerator, p_denominator, (10 ^ ingest.decimals_of(p_name))::bigint);
end
$$;
comment on function ingest.ratio_test(text, text, text) is 'SQL that tells whether a printed ratio of a staged row r is further from its parts than its printed rounding.';
